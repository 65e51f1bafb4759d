// The share in a real browser: Alice gives number and code, machines that follow links open nothing, Sato opens it once.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, startBrowser, startDemo, story } from './demo.js';

test('Alice gives a share away by keyboard alone, scanners open nothing, and Sato opens it once', async () => {
  const demo = await startDemo('en');
  const browser = await startBrowser();
  try {
    const alice = await (await browser.newContext({ locale: 'en' })).newPage();
    await logIn(alice, demo, 'alice');
    await alice.goto(`${demo.base}${await story(alice, demo)}/shares/new`);
    await alice.focus('[name=call]');
    await alice.keyboard.press('Control+A');
    await alice.keyboard.type('Midorino, general affairs, 03-5550-0100');
    await alice.keyboard.press('Enter');
    await alice.waitForURL(/\/shares\/[0-9a-f-]{36}$/);
    const page = alice.url();
    const [number, code] = await alice.locator('.big.tnum').allTextContents();
    assert.match(number, /^\d{4}-\d{4}$/);
    assert.match(code, /^\d{4}-\d{4}$/);
    assert.match(await alice.locator('.say').textContent(), /zero|one|two|three|four|five|six|seven|eight|nine/);
    const link = await alice.locator('textarea.copy').last().inputValue();

    for (let n = 0; n < 5; n += 1) {
      const scanner = await (await browser.newContext()).newPage();
      for (const address of [link, `${demo.base}/s`, `${demo.base}/s/view/${number.replace('-', '')}`]) {
        await scanner.goto(address);
        assert.ok(!(await scanner.content()).includes('port 25'), address);
      }
      await scanner.context().close();
    }
    await alice.goto(page);
    assert.match(await alice.textContent('main'), /Nobody has opened it yet/);

    // Sato has a telephone, and types the code in groups as it was spoken.
    const sato = await (await browser.newContext({ locale: 'en', viewport: { width: 360, height: 780 } })).newPage();
    await sato.goto(`${demo.base}/s`);
    for (const [name, value] of Object.entries({ number, code, name: 'Sato', department: 'technical desk' })) {
      await sato.focus(`[name=${name}]`);
      await sato.keyboard.type(value.replace('-', ' '));
    }
    await sato.keyboard.press('Enter');
    await sato.waitForURL(/\/s\/view\//);
    assert.match(await sato.textContent('h1'), /port 25/);
    const paper = await sato.request.get(new URL(await sato.getAttribute('a[href*="report.pdf"]', 'href'), demo.base).href);
    assert.equal(paper.status(), 200);
    assert.ok((await paper.body()).subarray(0, 5).toString() === '%PDF-');

    await alice.goto(page);
    const log = await alice.textContent('main');
    assert.match(log, /technical desk\s*Sato/);
    assert.equal(await alice.locator('ul.items li').count(), 1);
  } finally {
    await browser.close();
    demo.stop();
  }
});
