// The whole path in a real browser, in both languages: Alice begins with an empty house, tells the story's Wednesday through
// the screens, prints the paper, gives number and code; Sato opens it; the figures are everywhere those of the story; and
// Charlie gets nowhere.
//
// TELLONCE_PICTURES names a folder in which the README's pictures are made anew.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { startBrowser, startEmpty } from './demo.js';
import { register } from './house.js';
import { picture, pictureOfPaper } from './pictures.js';
import { STORY, Teller } from './teller.js';

const UNITS = { ja: { hour: '時間', minute: '分', second: '秒', gap: '' }, en: { hour: ' h', minute: ' min', second: ' s', gap: ' ' } };

// Seconds, as pages and papers write them.
function duration(seconds, lang) {
  const { hour, minute, second, gap } = UNITS[lang];
  const parts = [[Math.floor(seconds / 3600), hour], [Math.floor(seconds / 60) % 60, minute], [seconds % 60, second]];
  return parts.filter(([count]) => count > 0).map(([count, unit]) => `${count}${unit}`).join(gap);
}

// What must stand on every page and paper that shows the figures.
function expected(lang) {
  const { provider, down_until_mitigated_minutes: down } = STORY.figures;
  const lengths = [provider.waiting_seconds, ...Object.values(provider.waiting_of_which), provider.talking_seconds, provider.telling_seconds, provider.retelling_seconds, down.min * 60, down.max * 60];
  return lengths.map((seconds) => duration(seconds, lang));
}

// How often each thing happened, in the order of the page's list.
function counts() {
  const { provider, others } = STORY.figures;
  return [provider.calls_connected, provider.attempts_failed, provider.people_reached, provider.told_from_start, provider.retold, others.calls_connected, others.own_colleagues].map(String);
}

const squeezed = (text) => text.replace(/\s+/g, '');
const wordsOf = (pdf) => execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf }).toString();

function holds(text, lang, where) {
  for (const length of expected(lang)) assert.ok(squeezed(text).includes(squeezed(length)), `${where} does not say ${length}`);
}

// The figures on the incident's page, in its file for machines, on the page without network and on the paper.
async function figuresAgree(alice, url, lang) {
  const fetched = async (path) => (await alice.request.get(`${url}/${path}`)).body();
  assert.deepEqual(JSON.parse(await fetched('view.json')).figures, STORY.figures);
  await alice.goto(url);
  holds(await alice.innerText('main'), lang, 'the page');
  const shown = (await alice.locator('#figures dd').allTextContents()).map((text) => text.trim().match(/^(\d+)[回人件]?(?: ?[·・]|$)/)?.[1]).filter(Boolean);
  assert.deepEqual(shown, counts());
  holds((await fetched('offline.html?audience=meeting')).toString().replace(/<[^>]*>/g, ''), lang, 'the offline page');
  const paper = await fetched('report.pdf?audience=meeting');
  holds(wordsOf(paper), lang, 'the paper');
  return paper;
}

// Sato opens the page on his telephone with what he was told; and gives back what it says.
async function satoReads(browser, house, lang, number, code) {
  const sato = await (await browser.newContext({ locale: lang, viewport: { width: 360, height: 780 } })).newPage();
  await sato.goto(`${house.base}/s`);
  for (const [name, value] of Object.entries({ number, code, name: '佐藤', department: '技術' })) await sato.fill(`[name=${name}]`, value);
  await sato.click('main button[type=submit]');
  await sato.waitForURL(/\/s\/view\//);
  const page = await sato.innerText('main');
  await picture(sato, `reader-${lang}`);
  const paper = await sato.request.get(new URL(await sato.getAttribute('a[href*="report.pdf"]', 'href'), house.base).href);
  return page + wordsOf(await paper.body());
}

async function charlieGetsNowhere(browser, house, lang, paths) {
  const charlie = await (await browser.newContext({ locale: lang })).newPage();
  for (const path of paths) {
    const answer = await charlie.request.get(house.base + path);
    const text = await answer.text();
    assert.doesNotMatch(text, /ポート25|port 25|プロバイダP|Provider P/, path);
    assert.ok(!answer.headers()['content-type'].includes('pdf'), path);
  }
  await charlie.goto(`${house.base}/s`);
  for (const [name, value] of Object.entries({ number: '1234-5678', code: '1234-5678', name: 'Charlie', department: 'x' })) await charlie.fill(`[name=${name}]`, value);
  await charlie.click('main button[type=submit]');
  await charlie.waitForSelector('.field-error, .form-error');
}

for (const lang of ['ja', 'en']) {
  test(`the story's Wednesday, from an empty house to Sato's page, in ${lang}`, async () => {
    const house = await startEmpty(lang);
    const browser = await startBrowser();
    try {
      const alice = await (await browser.newContext({ locale: lang, viewport: { width: 1280, height: 1560 } })).newPage();
      await register(alice, house, lang);
      const teller = new Teller(alice, house.base, lang);
      await teller.ground();
      const incident = await teller.wednesday();
      console.log(`the Wednesday's calls by the plain forms, in ${lang}: ${teller.callFields} fields in ${STORY.calls.length} forms`);

      const paper = await figuresAgree(alice, house.base + incident, lang);
      await picture(alice, `incident-${lang}`);
      pictureOfPaper(paper, `paper-${lang}`);

      const share = await teller.send(`${incident}/shares/new`, { call: 'Midorino, 03-5550-0100' });
      const [number, code] = await alice.locator('.big.tnum').allTextContents();
      await picture(alice, `share-${lang}`);
      const read = await satoReads(browser, house, lang, number, code);
      for (const word of lang === 'ja' ? ['一から', '繰り返し', '食い違い', '推測', '笑い'] : ['from the start', 'again', 'do not fit', 'guess', 'laugh']) assert.ok(!read.includes(word), `Sato reads “${word}”`);
      await alice.goto(house.base + share);
      assert.match(await alice.innerText('main'), /佐藤/);

      const ways = ['', '/view.json', '/report.pdf', '/offline.html', '/tables.zip', '/calendar.ics', '/archive.zip', '/shares', '/entries/new', '/calls/new'].map((part) => incident + part);
      await charlieGetsNowhere(browser, house, lang, ['/', '/incidents', ...ways, share, `/s/view/${number.replace('-', '')}`, `/s/view/${number.replace('-', '')}/report.pdf`]);
    } finally {
      await browser.close();
      house.stop();
    }
  });
}
