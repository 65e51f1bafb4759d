// The zip of the demo's story, unpacked and opened from the disk without any network: it shows everything, and finds what was changed.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { Sha256 } from '../../static/js/sha256.js';
import { BINARY, logIn, startBrowser, startDemo, story } from './demo.js';

const folder = mkdtempSync(join(tmpdir(), 'tellonce-export-'));
const whole = join(folder, 'whole');
const GOOD = 'Every file is as it was written.';
const BAD = 'Not everything is as it was written:';
let demo, browser, view;

before(async () => {
  demo = await startDemo('en');
  browser = await startBrowser();
  const bob = await (await browser.newContext({ locale: 'en' })).newPage();
  await logIn(bob, demo, 'bob');
  const incident = await story(bob, demo);
  await bob.goto(demo.base + incident);
  await bob.goto(demo.base + await bob.locator('a[href$="/files/new"]').first().getAttribute('href'));
  await bob.setInputFiles('input[type=file]', { name: '手紙 1.txt', mimeType: 'text/plain', buffer: Buffer.from('Dear customer') });
  await bob.click('main button[type=submit]');
  await bob.waitForURL((url) => url.pathname === incident);
  const zip = join(folder, 'story.zip');
  const number = incident.split('/').at(-1);
  execFileSync(BINARY, ['export', number, '--format', 'zip', '--lang', 'en', '--data', demo.data, '-o', zip]);
  execFileSync('python3', ['-m', 'zipfile', '-e', zip, whole]);
  view = JSON.parse(readFileSync(join(whole, 'view.json'), 'utf8'));
});

after(async () => {
  await browser.close();
  demo.stop();
  rmSync(folder, { recursive: true, force: true });
});

// A page opened from a folder, with the network off; what it asked for and complained of.
async function opened(from) {
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => asked.push(message.text()));
  page.on('pageerror', (error) => asked.push(error.message));
  await page.goto(pathToFileURL(join(from, 'index.html')).href);
  return { context, page, asked };
}

// What the page opened from one folder finds in another.
async function found(from, chosen, input = '[webkitdirectory]') {
  const { context, page } = await opened(from);
  await page.setInputFiles(`#check input${input}`, chosen);
  await page.waitForFunction((ends) => ends.includes(document.querySelector('#check [role=status]').textContent), [GOOD, BAD]);
  const status = await page.textContent('#check [role=status]');
  const list = await page.locator('#check .found li').allTextContents();
  await context.close();
  return { status, list };
}

const files = () => readdirSync(whole, { recursive: true, withFileTypes: true }).filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name).slice(whole.length + 1)).sort();

// A copy of the folder in which something is done to it.
function copied(change) {
  const copy = mkdtempSync(join(folder, 'copy-'));
  cpSync(whole, copy, { recursive: true });
  change(copy);
  return copy;
}

function flip(path, at) {
  const bytes = readFileSync(path);
  bytes[at(bytes.length)] ^= 1;
  writeFileSync(path, bytes);
}

test('the browser computes SHA-256 as the standard has it', () => {
  const hash = (text) => new Sha256().update(Buffer.from(text)).hex();
  assert.equal(hash(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  assert.equal(hash('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  assert.equal(hash('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'), '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1');
  assert.equal(hash('a'.repeat(1_000_000)), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0');
  for (let length = 0; length < 300; length += 1) {
    const bytes = randomBytes(length);
    const pieces = new Sha256().update(bytes.subarray(0, length >> 1)).update(bytes.subarray(length >> 1)).hex();
    assert.equal(pieces, createHash('sha256').update(bytes).digest('hex'), `${length} bytes`);
  }
});

test('shows everything with the network off from file://', async () => {
  const { context, page, asked } = await opened(whole);
  const text = (await page.innerText('main')).replace(/\s+/g, ' ');
  const said = view.entries.filter((entry) => !entry.struck).flatMap((entry) => entry.statements);
  assert.ok(said.length > 10 && view.promises.length > 1);
  for (const { words } of [...said, ...view.promises.map((promise) => promise.quote), ...view.asks]) {
    assert.ok(text.includes(words.replace(/\s+/g, ' ')), `the page does not show “${words}”`);
  }
  assert.equal(await page.locator('#promises li').count(), view.promises.length);
  for (const path of files().filter((path) => path !== 'index.html' && path !== 'manifest.json')) assert.ok(text.includes(path), path);
  const letter = await page.getAttribute('#beside a[href*="/files/"]', 'href');
  assert.equal(readFileSync(new URL(letter, pathToFileURL(`${whole}/`)), 'utf8'), 'Dear customer');
  assert.deepEqual(asked.filter((what) => !what.startsWith('file://')), [], 'nothing is asked of anybody, and nothing is complained of');
  await context.close();
});

test('the page is for everybody, wide and on a phone, light and dark, with the checking begun', async () => {
  const copy = copied((into) => flip(join(into, 'report.pdf'), () => 0));
  const { context, page } = await opened(copy);
  await page.setInputFiles('#check input[webkitdirectory]', copy);
  await page.waitForSelector('#check .found li');
  for (const [width, colorScheme] of [[1280, 'light'], [1280, 'dark'], [360, 'light'], [360, 'dark']]) {
    await page.setViewportSize({ width, height: 780 });
    await page.emulateMedia({ colorScheme });
    const found = await page.evaluate(`${axe.source}; axe.run(document, { resultTypes: ['violations'] })`);
    assert.deepEqual(found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target}`)), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
  }
  await context.close();
});

test('what is whole is said to be whole, chosen as a folder or file by file', async () => {
  assert.deepEqual(await found(whole, whole), { status: GOOD, list: [] });
  const each = files().map((path) => join(whole, path));
  assert.deepEqual(await found(whole, each, ':not([webkitdirectory])'), { status: GOOD, list: [] });
});

test('one flipped byte in any file is reported by name', async () => {
  const all = files();
  assert.ok(all.includes('files/手紙 1.txt') && all.length > 20, all.join());
  for (const [n, path] of all.entries()) {
    const at = [() => 0, (length) => length >> 1, (length) => length - 1][n % 3];
    const copy = copied((into) => flip(join(into, path), at));
    // A page that was changed itself may not run at all: one that was not says so.
    const from = path === 'index.html' ? whole : copy;
    assert.deepEqual(await found(from, copy), { status: BAD, list: [`${path} differs from what was written`] });
  }
});

test('the page and the list are each known to be changed wherever that was', async () => {
  for (const path of ['index.html', 'manifest.json']) {
    const text = readFileSync(join(whole, path), 'latin1');
    const places = [text.indexOf('data-self="') + 20, text.lastIndexOf('"sha256"') + 15, text.indexOf('</style>') + 1, 40].filter((at) => at > 25);
    for (const at of places) {
      const copy = copied((into) => flip(join(into, path), () => at));
      assert.deepEqual(await found(whole, copy), { status: BAD, list: [`${path} differs from what was written`] }, `${path} at ${at}`);
    }
  }
});

test('what is missing and what is no part of it is named', async () => {
  const copy = copied((into) => {
    rmSync(join(into, 'tables', 'promises.csv'));
    writeFileSync(join(into, 'files', 'another <b>.txt'), 'put there by somebody');
  });
  const list = ['tables/promises.csv is missing', 'files/another <b>.txt is no part of the export'];
  assert.deepEqual(await found(copy, copy), { status: BAD, list });
  const more = copied((into) => writeFileSync(join(into, 'note.txt'), 'put there by the reader'));
  assert.deepEqual(await found(more, more), { status: GOOD, list: ['note.txt is no part of the export'] });
});
