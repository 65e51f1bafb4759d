// The story's verdict in a real browser: open while the agreement is only ours to say, decided once the desk admits it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, startBrowser, startDemo, story } from './demo.js';
import { picture } from './pictures.js';

const WORDS = {
  ja: {
    open: '判断できない', breached: '条項に合わない', under: '特約が認められれば', asked: '質問に加えました', because: '変わったもの: 特約',
    admission: 'はい、書面でというお約束でした', desk: 'お客様窓口', work: '計算の過程を見る', opinion: '法的な判断ではありません',
  },
  en: {
    open: 'cannot be determined', breached: 'not as the clause says', under: 'Under the agreement:', asked: 'asked already',
    because: 'changed by Agreement', admission: 'Yes, it was to come in writing', desk: 'customer desk', work: 'How this was computed',
    opinion: 'no legal opinion',
  },
};

for (const lang of ['ja', 'en']) {
  test(`the story's verdict is open until the agreement is admitted, in ${lang}`, async () => {
    const words = WORDS[lang];
    const demo = await startDemo(lang);
    const browser = await startBrowser();
    try {
      const page = await (await browser.newContext({ locale: lang, viewport: { width: 1280, height: 900 } })).newPage();
      await logIn(page, demo, 'alice');
      const incident = demo.base + (await story(page, demo));
      await page.goto(incident);
      const notice = page.locator('.verdict').first();
      const result = notice.locator('.result > p').first();
      for (const says of [words.open, words.under, words.breached]) assert.ok((await result.textContent()).includes(says), says);
      assert.ok((await page.locator('#verdicts').textContent()).includes(words.opinion));
      assert.ok((await notice.textContent()).includes(words.asked), 'the ask to confirm the agreement stands');
      await notice.locator('summary').focus();
      await page.keyboard.press('Enter');
      assert.ok(await notice.locator('.working').isVisible(), words.work);
      await picture(page, `verdict-open-${lang}`);

      // What else is missing becomes an ask with one press.
      const asks = await page.locator('#asks li').count();
      await notice.locator('.missing button').first().focus();
      await Promise.all([page.waitForURL(incident), page.waitForLoadState('load'), page.keyboard.press('Enter')]);
      await page.waitForFunction((count) => document.querySelectorAll('#asks li').length === count + 1, asks);

      // A later call: the desk admits it, and the agreement is proved.
      await page.goto(`${incident}/calls/new`);
      await page.selectOption('[name=direction]', 'in');
      for (const [name, value] of Object.entries({
        dialled: '2006-11-24T08:40', answered: '2006-11-24T08:40', ended: '2006-11-24T08:50', leg1_who: words.desk, s1_words: words.admission,
      })) await page.$eval(`[name=${name}]`, (field, text) => { field.value = text; field.closest('details')?.setAttribute('open', ''); }, value);
      await page.$eval('[name=s1_kind]', (field) => { field.value = 'admission'; });
      await page.$eval('[name=company]', (field) => { field.selectedIndex = 1; });
      await Promise.all([page.waitForURL((url) => url.pathname.endsWith(incident.split('/').pop())), page.click('main form button[type=submit]')]);
      await page.goto(incident);
      await page.locator('.verdict .working a[href^="/contracts/"]').first().evaluate((link) => link.click());
      await page.waitForURL(/\/contracts\//);
      await page.click('a[href*="/agreements/"][href$="/edit"]');
      await page.selectOption('[name=standing]', 'established');
      await Promise.all([page.waitForURL(/\/contracts\/[0-9a-f-]+$/), page.click('main form button[type=submit]')]);

      await page.goto(incident);
      // The verdict on record is computed in its own time.
      const since = page.locator('.verdict .since').first();
      for (let tries = 0; tries < 40 && !(await since.textContent()).includes(words.because); tries += 1) {
        await page.waitForTimeout(500);
        await page.reload();
      }
      assert.ok((await since.textContent()).includes(words.because), await since.textContent());
      assert.ok((await page.locator('.verdict .result > p').first().textContent()).includes(words.breached));
      assert.ok(!(await page.locator('.verdict .result > p').first().textContent()).includes(words.open));
      await picture(page, `verdict-breached-${lang}`);
      await page.click('.verdict .since a');
      const history = await page.textContent('main');
      assert.ok(history.includes(words.open) && history.includes(words.breached), history);
    } finally {
      await browser.close();
      demo.stop();
    }
  });
}
