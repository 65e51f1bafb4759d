// The meeting on screen by keyboard alone: on, back, and a decision with who does what, in both languages, wide and on a phone.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, startBrowser, startDemo, story } from './demo.js';

const AGENDA = { ja: 'プロバイダを替えるか', en: 'Whether we change the provider' };

for (const lang of ['ja', 'en']) {
  for (const width of [1280, 360]) {
    test(`the meeting goes on by keys, and what is decided is recorded there, in ${lang} at ${width} px`, async () => {
      const demo = await startDemo(lang);
      const browser = await startBrowser();
      try {
        const bob = await (await browser.newContext({ locale: lang, viewport: { width, height: 740 } })).newPage();
        bob.setDefaultTimeout(15_000);
        await logIn(bob, demo, 'bob');
        const incident = await story(bob, demo);
        await bob.goto(`${demo.base}${incident}/entries/new?kind=agenda`);
        await bob.selectOption('[name=kind]', 'agenda');
        await bob.fill('[name=title]', AGENDA[lang]);
        await bob.fill('[name=occurred]', '2006-11-23T18:00');
        await bob.click('main form button[type=submit]');
        await bob.waitForURL((url) => url.pathname === incident);

        await bob.goto(`${demo.base}${incident}/meeting`);
        const heads = [await bob.textContent('h1')];
        while (await bob.locator('[rel=next]').count()) {
          const [before] = heads.slice(-1);
          await bob.keyboard.press(heads.length % 2 ? 'ArrowRight' : 'PageDown');
          await bob.waitForFunction((head) => document.querySelector('h1').textContent !== head, before);
          heads.push(await bob.textContent('h1'));
        }
        assert.equal(heads.at(-2), AGENDA[lang]);
        assert.equal(new Set(heads).size, heads.length, heads.join(' · '));
        await bob.keyboard.press('ArrowLeft');
        await bob.waitForFunction((head) => document.querySelector('h1').textContent === head, AGENDA[lang]);

        await bob.keyboard.press('d');
        await bob.waitForURL(/\/decisions\/new/);
        assert.equal(await bob.locator('[name=agenda] option:checked').textContent(), AGENDA[lang]);
        await bob.fill('[name=title]', 'OK');
        await bob.fill('[name=step1_words]', '<b>&');
        await bob.selectOption('[name=step1_owner]', { index: 1 });
        await bob.press('[name=title]', 'Enter');
        await bob.waitForURL(/\/meeting\?on=/);
        assert.match(await bob.textContent('.item'), /OK/);
        const sideways = await bob.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(sideways, 0);
      } finally {
        await browser.close();
        demo.stop();
      }
    });
  }
}
