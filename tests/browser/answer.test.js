// The way an answer takes, in a real browser: Alice gives number and code, Sato corrects one thing, confirms the agreement and commits
// to a time; Alice sees it at once, accepts it, and timeline, verdict, paper and ledger have it as theirs. On a desk and on a phone,
// with a script and without.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { logIn, startBrowser, startDemo, story } from './demo.js';
import { picture } from './pictures.js';

const WORDS = {
  ja: {
    name: '佐藤 加', department: '技術部', corrected: '担当が違います。書面では送っていません。加', message: '原因を調べています。', call: '総務 03-5550-0100',
    reply: '共有ページでの回答', takesOver: '担当を引き受け', fresh: 'まだ誰も見ていません', waits: 'まだ誰も見ていない回答', open: '判断できない', breached: '条項に合わない',
    because: '変わったもの: 特約', corrects: 'を訂正', yes: 'はい、この特約のとおりです。', receipt: '回答の控え', left: '共有リンクの閲覧者', noted: 'に確認',
  },
  en: {
    name: 'Sato', department: 'technical desk', corrected: 'That was another desk: nothing was sent on paper.', message: 'I look into the cause.', call: 'General affairs 03-5550-0100',
    reply: 'Reply on the shared page', takesOver: 'takes it over', fresh: 'nobody has looked at it yet', waits: 'Replies that nobody has looked at yet', open: 'cannot be determined', breached: 'not as the clause says',
    because: 'changed by Agreement', corrects: 'Corrects “', yes: 'Yes, this was agreed.', receipt: 'Receipt of your reply', left: 'a reader of the share link', noted: 'taken note of',
  },
};

// Each language on both screens, with a script and without, in light or in dark.
const WAYS = ['ja', 'en'].flatMap((lang, l) => [1280, 360].flatMap((width, w) => [true, false].map((script, s) => ({ lang, width, script, colorScheme: (l + w + s) % 2 ? 'dark' : 'light' }))));

// One who sits before a screen of that kind, and looks at every step of theirs: nothing may stick out of it.
function person(page, name) {
  const step = async (what) => {
    const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(wide <= screen, `${what} is ${wide} wide on a screen of ${screen}`);
    await picture(page, `answer-${name}-${what}`, { fullPage: true });
  };
  const shows = async (place, ...all) => {
    const text = (await page.locator(place).first().innerText()).replace(/\s+/g, ' ');
    for (const words of all) assert.ok(text.includes(words), `${words}: ${text}`);
  };
  // By the keyboard: a browser without a script never finds that a button stands still.
  const key = async (place, name) => {
    await (typeof place === 'string' ? page.locator(place) : place).first().focus();
    await page.keyboard.press(name);
  };
  const press = async (place) => Promise.all([page.waitForEvent('load'), key(place, 'Enter')]);
  return { page, step, shows, key, press };
}

// Alice gives Sato a number and a code, from the page of the incident.
async function give(alice, incident, words) {
  await alice.page.goto(incident);
  await alice.press('a[href$="/shares"]');
  await alice.press('a[href$="/shares/new"]');
  await alice.page.fill('[name=call]', words.call);
  await alice.press('main form button.main');
  await alice.step('1-share');
  return alice.page.locator('.big.tnum').allTextContents();
}

// Sato opens the record by number and code, and answers; gives the words of what he corrected.
async function answer(sato, base, lang, [number, code], words) {
  const { page } = sato;
  await page.goto(`${base}/s?lang=${lang}`);
  for (const [field, value] of Object.entries({ number, code, name: words.name, department: words.department })) await page.fill(`[name=${field}]`, value);
  await sato.step('2-door');
  await sato.press('main button[type=submit]');
  await sato.step('3-record');
  await sato.press('a[href*="/answer"]');
  await sato.key('[name=takes_over]', 'Space');
  await sato.key('fieldset.subject input[type=radio][value=yes]', 'Space');
  const said = page.locator('fieldset.subject:has(details)').first();
  await sato.key(said.locator('summary'), 'Enter');
  await said.locator('textarea').fill(words.corrected);
  await page.fill('[name="commit-at"]', '15:00');
  await page.fill('[name=message]', words.message);
  await sato.step('4-answer');
  await sato.press('main form button.main');
  await sato.shows('main', words.receipt, words.name, words.department, words.yes, words.corrected, words.message, '15:00');
  await sato.step('5-receipt');
}

// What Alice finds of it: at once where she has a script, else when she looks again.
async function hear(alice, incident, script, words) {
  const { page } = alice;
  if (script) {
    const live = page.locator('[data-live] a');
    await live.waitFor({ state: 'visible' });
    await alice.shows('[data-live]', words.reply);
    await alice.step('6-live');
    await alice.press('[data-live] a');
  } else {
    await page.goto(incident);
  }
  const entry = page.locator('li[id^="e-"]', { has: page.locator('.acts') });
  const id = await entry.getAttribute('id');
  await alice.shows(`#${id}`, words.reply, words.department, words.name, words.takesOver, words.corrected, words.corrects, words.fresh, '15:00');
  await alice.step('7-timeline');
  return id;
}

// A call goes on at her desk: she is told there too, and the reply opens apart from it.
async function heardAtTheDesk(desk, words) {
  const link = desk.locator('[data-live] a');
  await link.waitFor({ state: 'visible' });
  const line = await desk.locator('[data-live]').innerText();
  assert.ok(line.includes(words.reply) && line.includes(words.name), line);
  assert.equal(await link.getAttribute('target'), '_blank');
  await desk.close();
}

// She accepts it: the verdict follows, in its own time.
async function accept(alice, incident, id, words) {
  const { page } = alice;
  assert.ok((await page.locator('.verdict .result > p').first().textContent()).includes(words.open));
  await alice.press(`#${id} form[action$="/acceptance"] button`);
  const since = page.locator('.verdict .since').first();
  for (let tries = 0; tries < 40 && !(await since.textContent()).includes(words.because); tries += 1) {
    await page.waitForTimeout(300);
    await page.goto(incident);
  }
  assert.ok((await since.textContent()).includes(words.because), await since.textContent());
  assert.ok((await page.locator('.verdict .result > p').first().textContent()).includes(words.breached));
  await alice.shows(`#${id}`, words.noted);
  assert.ok(!(await page.locator(`#${id}`).innerText()).includes(words.fresh));
  await alice.step('8-accepted');
}

// The paper for the meeting, and the ledger.
async function papers(alice, incident, id, lang, words) {
  const { page } = alice;
  const paper = await page.request.get(`${incident}/report.pdf?audience=meeting&lang=${lang}`);
  const text = execFileSync('pdftotext', ['-', '-'], { input: await paper.body() }).toString().replace(/\s+/g, lang === 'ja' ? '' : ' ');
  for (const says of [words.reply, words.corrected, words.corrects, words.yes, '15:00']) {
    assert.ok(text.includes(lang === 'ja' ? says.replace(/\s+/g, '') : says), `${says}: ${text}`);
  }
  await alice.press(`#${id} a[href^="/history/entry/"]`);
  await alice.shows('main', words.left, words.name, words.department, words.corrected);
  await alice.step('9-ledger');
}

for (const { lang, width, script, colorScheme } of WAYS) {
  const way = `${lang}-${width}-${script ? 'script' : 'plain'}`;
  test(`what Sato answers is theirs on every page, ${way}`, async () => {
    const words = WORDS[lang];
    const demo = await startDemo(lang);
    const browser = await startBrowser();
    try {
      const sits = async (name) => {
        const viewport = { width, height: width > 500 ? 900 : 740 };
        const page = await (await browser.newContext({ locale: lang, viewport, javaScriptEnabled: script, colorScheme })).newPage();
        page.setDefaultTimeout(15_000);
        return person(page, `${way}-${name}`);
      };
      const [alice, sato] = [await sits('alice'), await sits('sato')];
      await logIn(alice.page, demo, 'alice');
      const incident = demo.base + (await story(alice.page, demo));
      const given = await give(alice, incident, words);
      await alice.page.goto(incident);
      const desk = script ? await alice.page.context().newPage() : null;
      await desk?.goto(`${incident}/desk`);
      await answer(sato, demo.base, lang, given, words);
      const id = await hear(alice, incident, script, words);
      if (desk) await heardAtTheDesk(desk, words);
      await alice.page.goto(demo.base);
      await alice.shows('#replies', words.waits, words.name, words.department);
      await alice.step('7b-today');
      await alice.press('#replies a');
      await accept(alice, incident, id, words);
      await papers(alice, incident, id, lang, words);
      await alice.page.goto(demo.base);
      assert.equal(await alice.page.locator('#replies').count(), 0, 'somebody has looked at it');
    } finally {
      await browser.close();
      demo.stop();
    }
  });
}
