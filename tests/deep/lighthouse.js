// Lighthouse over every page of the demo, in both languages: accessibility and best practices everywhere, and performance under its
// mobile throttling where people wait for a page with somebody on the line: the incident, and what the provider's person opens.

import * as launcher from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { logIn, startBrowser, startDemo, story } from '../browser/demo.js';
import { pagesOfTheHouse } from '../browser/pages.js';

const CHROMIUM = process.env.TELLONCE_CHROMIUM ?? '/usr/bin/chromium';
const LEAST = 95;
const EVERYWHERE = ['accessibility', 'best-practices'];
const WAITED_FOR = [...EVERYWHERE, 'performance'];

async function cookies(context) {
  return (await context.cookies()).map((cookie) => `${cookie.name}=${cookie.value}`).join('; ');
}

// Whoever has the share open by its number and code.
async function sato(browser, demo, locale) {
  const context = await browser.newContext({ locale });
  const page = await context.newPage();
  await page.goto(`${demo.base}/s`);
  for (const [name, value] of Object.entries({ number: demo.number, code: demo.code, name: 'Sato', department: 'desk' })) {
    await page.fill(`[name=${name}]`, value);
  }
  await page.click('main button[type=submit]');
  await page.waitForURL(/\/s\/view\//);
  return { cookie: await cookies(context), path: new URL(page.url()).pathname };
}

async function scores(port, url, cookie, categories) {
  const flags = { port, onlyCategories: categories, extraHeaders: { Cookie: cookie }, disableStorageReset: true, logLevel: 'error' };
  // Only where the time counts is it slowed down as on a phone.
  const { lhr } = await lighthouse(url, categories === WAITED_FOR ? flags : { ...flags, throttlingMethod: 'provided' });
  if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
  const failed = Object.values(lhr.audits).filter((audit) => audit.score !== null && audit.score < 1 && audit.scoreDisplayMode === 'binary');
  return { scores: Object.fromEntries(categories.map((name) => [name, Math.round(lhr.categories[name].score * 100)])), failed: failed.map((audit) => audit.id) };
}

let pages = 0;
const low = [];
const lowest = {};
const chrome = await launcher.launch({ chromePath: CHROMIUM, chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu'] });
for (const lang of ['ja', 'en']) {
  const demo = await startDemo(lang);
  const browser = await startBrowser();
  try {
    const context = await browser.newContext({ locale: lang });
    const alice = await context.newPage();
    await logIn(alice, demo, 'alice');
    const incident = await story(alice, demo);
    const paths = await pagesOfTheHouse(alice, demo);
    const own = await cookies(context);
    const share = await sato(browser, demo, lang);
    const all = [...paths.map((path) => [path, own, path === incident ? WAITED_FOR : EVERYWHERE]), ['/login', '', EVERYWHERE], ['/s', '', WAITED_FOR], [share.path, share.cookie, WAITED_FOR]];
    for (const [path, cookie, categories] of all) {
      const found = await scores(chrome.port, demo.base + path, cookie, categories);
      pages += 1;
      for (const [name, score] of Object.entries(found.scores)) {
        lowest[name] = Math.min(lowest[name] ?? 100, score);
        if (score < LEAST) low.push(`${lang} ${path}: ${name} ${score} (${found.failed.join(', ')})`);
      }
      console.log(`${lang} ${path} ${JSON.stringify(found.scores)}`);
    }
  } finally {
    await browser.close();
    demo.stop();
  }
}
await chrome.kill();
console.log(`Lighthouse 12.2.3: ${pages} pages, lowest ${JSON.stringify(lowest)}, below ${LEAST}: ${low.length}`);
low.forEach((line) => console.log(`  ${line}`));
process.exitCode = low.length > 0 ? 1 : 0;
