// Every page is for everybody: axe-core finds nothing wrong with it, in both languages, light and dark, wide and on a phone.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import axe from 'axe-core';
import { logIn, startBrowser, startDemo, story } from './demo.js';
import { pagesOfTheHouse } from './pages.js';

const SIZES = [{ width: 1280, height: 900 }, { width: 360, height: 780 }];

// What is wrong with the page as it stands, a line for each rule and place.
async function violations(page) {
  const found = await page.evaluate(`${axe.source}; axe.run(document, { resultTypes: ['violations'] })`);
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary.split('\n')[1]?.trim()}`));
}

async function inEveryLook(page, path, wrong) {
  for (const size of SIZES) {
    for (const colorScheme of ['light', 'dark']) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const line of await violations(page)) {
        wrong.push(`${path} ${size.width} ${colorScheme}: ${line}`);
      }
    }
  }
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (sideways > 0) {
    const widest = await page.evaluate(() => {
      const right = (element) => element.getBoundingClientRect().right;
      const all = [...document.querySelectorAll('body *')].filter((element) => right(element) > document.documentElement.clientWidth);
      return all.map((element) => `${element.tagName.toLowerCase()}.${element.className}`).slice(0, 4).join(', ');
    });
    wrong.push(`${path}: ${sideways} px are cut off at ${SIZES.at(-1).width}: ${widest}`);
  }
}

// The desk, from the first tap to the page on which the call is checked.
async function everyStateOfTheDesk(alice, demo, wrong) {
  await alice.goto(`${demo.base}${await story(alice, demo)}/desk`);
  const states = { ringing: ['d'], talking: ['a', 'Enter', 'k', 'Enter', 'Escape', 'r'], 'choosing a clause': ['7'], 'with the keys': ['Escape', '?'], holding: ['h'], transferring: ['t'] };
  for (const [state, keys] of Object.entries(states)) {
    for (const key of keys) await alice.keyboard.press(key);
    await inEveryLook(alice, `desk, ${state}`, wrong);
  }
  await alice.keyboard.press('e');
  await alice.waitForURL(/\/desk\/calls\//);
  await inEveryLook(alice, 'the call to be checked', wrong);
  await alice.goto(`${alice.url()}/withdrawal`);
  await inEveryLook(alice, 'the call to be dropped', wrong);
  await alice.click('main button[type=submit]');
  await alice.waitForURL(/\/desk$/);
  await alice.keyboard.press('d');
  await alice.keyboard.press('n');
  await inEveryLook(alice, 'desk, a failed attempt', wrong);
  await alice.context().clearCookies();
  await alice.keyboard.press('d');
  await alice.waitForSelector('[data-login]:not([hidden])');
  await inEveryLook(alice, 'desk, the session ended', wrong);
}

for (const lang of ['ja', 'en']) {
  test(`nothing is wrong with any page in ${lang}`, async () => {
    const demo = await startDemo(lang);
    const browser = await startBrowser();
    const wrong = [];
    try {
      const alice = await (await browser.newContext({ locale: lang })).newPage();
      await logIn(alice, demo, 'alice');
      const paths = await pagesOfTheHouse(alice, demo);
      assert.ok(paths.length > 40, `only ${paths.length} pages: ${paths}`);
      for (const path of paths) {
        const answer = await alice.goto(demo.base + path);
        assert.equal(answer.status(), 200, path);
        await inEveryLook(alice, path, wrong);
      }
      await everyStateOfTheDesk(alice, demo, wrong);
      const sato = await (await browser.newContext({ locale: lang })).newPage();
      for (const path of ['/login', '/s', '/nowhere']) {
        await sato.goto(demo.base + path);
        await inEveryLook(sato, path, wrong);
      }
      await sato.goto(`${demo.base}/s`);
      await sato.click('main button[type=submit]', { noWaitAfter: true });
      for (const [name, value] of Object.entries({ number: demo.number, code: '12345678', name: 'Sato', department: 'desk' })) {
        await sato.fill(`[name=${name}]`, value);
      }
      await sato.click('main button[type=submit]');
      await sato.waitForSelector('.field-error');
      await inEveryLook(sato, '/s refused', wrong);
      await sato.fill('[name=code]', demo.code);
      await sato.click('main button[type=submit]');
      await sato.waitForURL(/\/s\/view\//);
      await inEveryLook(sato, '/s/view', wrong);
    } finally {
      await browser.close();
      demo.stop();
    }
    assert.equal(wrong.length, 0, `\n${wrong.join('\n')}\n`);
  });
}
