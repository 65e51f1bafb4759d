// The minute: whoever opens the record at the provider finds the answers to their ten questions (tests/fixtures/one-minute.md) without
// scrolling, and needs no script, no other host and no good eyes for it. At the door, a digit misheard is said before it is sent.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { startBrowser, startDemo } from './demo.js';

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };
const KILOBYTES = 40;

// The ten questions, with what answers each in `lang`.
function questions(lang) {
  const table = readFileSync(fileURLToPath(new URL('../fixtures/one-minute.md', import.meta.url)), 'utf8');
  const rows = table.split('\n').filter((line) => /^\| \d/.test(line)).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
  return rows.map(([n, question, , en, ja, first]) => ({ n, question, answers: (lang === 'ja' ? ja : en).split(' + '), first: first === 'yes' }));
}

async function knock(page, demo, lang, code = demo.code) {
  await page.goto(`${demo.base}/s?lang=${lang}`);
  for (const [name, value] of Object.entries({ number: demo.number, code, name: 'Sato', department: 'desk' })) await page.fill(`[name=${name}]`, value);
}

// Sato opens the record; gives the page, and what was fetched for it.
async function open(browser, demo, lang, viewport, javaScriptEnabled = true) {
  const page = await (await browser.newContext({ locale: lang, viewport, javaScriptEnabled })).newPage();
  await knock(page, demo, lang);
  const fetched = [];
  page.on('response', (response) => fetched.push(response));
  await page.click('main button[type=submit]');
  await page.waitForURL(/\/s\/view\//);
  await page.waitForLoadState('networkidle');
  return { page, fetched };
}

// Which of `answers` cannot be read on the screen as it is, and why: each has to stand there in one piece, in 16 px or more, with
// nothing over it.
function unreadable(page, answers) {
  return page.evaluate((answers) => {
    const flat = (text) => text.replace(/\s+/g, ' ');
    const why = (node, answer) => {
      const start = node.data.indexOf(answer);
      if (start < 0) return 'it is broken up';
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, start + answer.length);
      const parent = node.parentElement;
      const { fontSize } = getComputedStyle(parent);
      if (parseFloat(fontSize) < 16) return `it is set in ${fontSize}`;
      if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return 'it is hidden';
      for (const box of range.getClientRects()) {
        if (box.left < 0 || box.right > innerWidth || box.top < 0 || box.bottom > innerHeight) return `it ends at ${Math.round(box.right)}, ${Math.round(box.bottom)}`;
        const top = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
        if (!top || !(parent.contains(top) || top.contains(parent))) return `${top?.tagName} covers it`;
      }
      return null;
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = new Map(answers.map((answer) => [answer, 'it is not there']));
    while (walker.nextNode()) {
      for (const answer of found.keys()) {
        // The nearest to being readable counts: most answers stand again further down.
        if (found.get(answer) === null || !flat(walker.currentNode.data).includes(answer)) continue;
        const reason = why(walker.currentNode, answer);
        if (reason === null || found.get(answer) === 'it is not there') found.set(answer, reason);
      }
    }
    return [...found].filter(([, reason]) => reason !== null).map(([answer, reason]) => `${answer}: ${reason}`);
  }, answers);
}

// What is not readable of the ten answers, a line each; on a phone the first screen has to hold six.
async function missing(page, lang) {
  const wrong = [];
  const asked = questions(lang);
  const { width, height } = page.viewportSize();
  const look = async (some, screens) => {
    // What lies on the second screen is looked at on a screen of twice the height: that is what a thumb sees in one stroke.
    await page.setViewportSize({ width, height: height * screens });
    for (const { n, question, answers } of some) {
      for (const line of await unreadable(page, answers)) wrong.push(`${width}×${height}, ${screens} screens: ${n}. ${question} ${line}`);
    }
    await page.setViewportSize({ width, height });
  };
  if (width === WIDE.width) {
    await look(asked, 1);
  } else {
    await look(asked.filter(({ first }) => first), 1);
    await look(asked, 2);
  }
  return wrong;
}

async function smallText(page) {
  return page.evaluate(() => {
    const small = [...document.querySelectorAll('body *')].filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
    return small.filter((element) => parseFloat(getComputedStyle(element).fontSize) < 16).map((element) => element.textContent.trim());
  });
}

test('the fixture asks ten questions, six of which are answered at once on a phone', () => {
  assert.equal(questions('en').length, 10);
  assert.equal(questions('en').filter(({ first }) => first).length, 6);
  for (const { n, answers } of questions('ja')) assert.equal(answers.length, questions('en')[n - 1].answers.length, n);
});

for (const lang of ['ja', 'en']) {
  test(`in ${lang}, ten answers stand on the first screen, with and without script`, async () => {
    const demo = await startDemo(lang);
    const browser = await startBrowser();
    const wrong = [];
    try {
      for (const viewport of [WIDE, PHONE]) {
        for (const script of [true, false]) {
          const { page, fetched } = await open(browser, demo, lang, viewport, script);
          wrong.push(...(await missing(page, lang)), ...(await smallText(page)).map((text) => `too small: ${text}`));
          let bytes = 0;
          for (const response of fetched) {
            assert.ok(response.url().startsWith(demo.base), response.url());
            const isText = /html|css/.test(response.headers()['content-type'] ?? '');
            if (isText && response.status() === 200) bytes += (await response.body()).length;
          }
          assert.ok(bytes > 10_000 && bytes <= KILOBYTES * 1024, `${bytes} bytes of HTML and CSS`);
          await page.context().close();
        }
      }
    } finally {
      await browser.close();
      demo.stop();
    }
    assert.equal(wrong.length, 0, `\n${wrong.join('\n')}\n`);
  });

  test(`in ${lang}, everybody can read it, and paper keeps all of it`, async () => {
    const demo = await startDemo(lang);
    const browser = await startBrowser();
    try {
      const { page } = await open(browser, demo, lang, WIDE);
      for (const viewport of [WIDE, PHONE]) {
        for (const colorScheme of ['light', 'dark']) {
          await page.setViewportSize(viewport);
          await page.emulateMedia({ colorScheme });
          const found = await page.evaluate(`${axe.source}; axe.run(document, { resultTypes: ['violations'] })`);
          assert.deepEqual(found.violations.map((rule) => `${rule.id}: ${rule.nodes[0].target}`), [], `${viewport.width} ${colorScheme}`);
          const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert.equal(sideways, 0, `${viewport.width}: wider than the screen`);
        }
      }
      // What a printer leaves out are the links to answer by: paper has none.
      const shown = () => page.evaluate(() => {
        const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
        const texts = [];
        while (walker.nextNode()) {
          const { data, parentElement } = walker.currentNode;
          if (data.trim() && !parentElement.closest('a') && parentElement.checkVisibility({ opacityProperty: true, visibilityProperty: true })) texts.push(data.trim());
        }
        return texts;
      });
      await page.setViewportSize(WIDE);
      const onScreen = await shown();
      await page.emulateMedia({ media: 'print' });
      assert.deepEqual(await shown(), onScreen);
      assert.ok(onScreen.length > 100, `only ${onScreen.length} texts`);
    } finally {
      await browser.close();
      demo.stop();
    }
  });
}

test('at the door a wrong digit is said at its field without being sent, in both languages', async () => {
  const demo = await startDemo('en');
  const browser = await startBrowser();
  try {
    const wrong = demo.code.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));
    for (const [lang, words] of [['en', /One of the digits seems to be wrong/], ['ja', /どこか1桁が違うようです/]]) {
      const page = await (await browser.newContext({ locale: lang })).newPage();
      await knock(page, demo, lang, wrong);
      const sent = [];
      page.on('request', (request) => sent.push(request.method()));
      await page.click('main button[type=submit]');
      assert.match(await page.textContent('#code-problem'), words);
      assert.equal(await page.locator('#number-problem').count(), 0, 'the number was right');
      assert.equal(await page.evaluate(() => document.activeElement.name), 'code');
      await page.fill('[name=number]', '12345678');
      await page.fill('[name=code]', '4827');
      await page.click('main button[type=submit]');
      assert.match(await page.textContent('#number-problem'), words);
      assert.match(await page.textContent('#code-problem'), lang === 'en' ? /eight digits/ : /8桁/);
      assert.deepEqual(sent, []);
      // Full-width and in groups, as the server takes it; what was said goes, and the door opens.
      const fullWidth = (digits) => digits.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
      await page.fill('[name=number]', fullWidth(demo.number).replace('-', 'ー'));
      await page.fill('[name=code]', demo.code.replace('-', ' '));
      assert.equal(await page.locator('.field-error').count(), 0);
      await page.click('main button[type=submit]');
      await page.waitForURL(/\/s\/view\//);
      await page.context().close();
    }
    // Without script the server says the same.
    const plain = await (await browser.newContext({ locale: 'en', javaScriptEnabled: false })).newPage();
    await knock(plain, demo, 'en', wrong);
    await plain.click('main button[type=submit]');
    assert.match(await plain.textContent('#code-problem'), /One of the digits seems to be wrong/);
  } finally {
    await browser.close();
    demo.stop();
  }
});
