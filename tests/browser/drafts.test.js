// What is being typed in a form is kept by the browser until it has been taken, and not a moment longer.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, startBrowser, startDemo, story } from './demo.js';

const TITLE = 'Somebody else answered, and knew nothing';

test('what Bob types outlives his tab, and what was taken never comes back, though the page that said so was left in haste', async () => {
  const demo = await startDemo('en');
  const browser = await startBrowser();
  try {
    const context = await browser.newContext({ locale: 'en' });
    const bob = await context.newPage();
    await logIn(bob, demo, 'bob');
    const incident = await story(bob, demo);
    const form = `${demo.base}${incident}/entries/new`;
    await bob.goto(form);
    await bob.fill('[name=title]', TITLE);
    await bob.waitForTimeout(600);
    await bob.close();

    const again = await context.newPage();
    await again.goto(form);
    assert.equal(await again.inputValue('[name=title]'), TITLE);
    await again.fill('[name=occurred]', '2006-11-23 10:20');
    await again.route('**/*.js', (route) => route.abort());
    await again.click('main form button[type=submit]');
    await again.waitForURL((url) => url.pathname === incident);
    await again.unroute('**/*.js');

    await again.goto(form);
    await again.waitForTimeout(600);
    assert.equal(await again.inputValue('[name=title]'), '');
    await again.goto(`${demo.base}${incident}`);
    assert.equal(await again.locator('main', { hasText: TITLE }).count(), 1);

    // What never arrived is put back.
    await again.goto(form);
    await again.fill('[name=title]', TITLE);
    await again.fill('[name=occurred]', '2006-11-23 10:30');
    await again.route(form, (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
    await again.click('main form button[type=submit]');
    await again.waitForTimeout(600);
    await again.unroute(form);
    await again.goto(form);
    await again.waitForFunction((title) => document.querySelector('[name=title]').value === title, TITLE);
  } finally {
    await browser.close();
    demo.stop();
  }
});
