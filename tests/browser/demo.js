// The demo, started for one test file: where it listens, who can log in, and the share that it prints.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

export const BINARY = process.env.TELLONCE_BINARY;
const CHROMIUM = process.env.TELLONCE_CHROMIUM ?? '/usr/bin/chromium';

export async function startDemo(lang) {
  const data = mkdtempSync(join(tmpdir(), 'tellonce-browser-'));
  const start = (listen) => {
    const child = spawn(BINARY, ['demo', '--lang', lang, '--data', data, '--listen', listen], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, RUST_LOG: 'error' } });
    return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
  };
  let { child, lines } = start('127.0.0.1:0');
  const next = async () => (await lines.next()).value;
  const base = (await next()).replace('listening on ', '');
  const password = (await next()).split(/\s+/)[3];
  await next();
  await next();
  const [, , number, , code] = (await next()).split(/\s+/);
  // As a power cut would; and again on the same port.
  const kill = () => child.kill('SIGKILL');
  const startAgain = async () => {
    ({ child, lines } = start(base.replace('http://', '')));
    await next();
  };
  const stop = () => {
    kill();
    rmSync(data, { recursive: true, force: true });
  };
  return { base, data, password, number, code, kill, startAgain, stop };
}

// An empty house on the story's Friday, for one test file: where it listens, and the link for the first admin.
export async function startEmpty(lang) {
  const data = mkdtempSync(join(tmpdir(), 'tellonce-browser-'));
  const args = ['serve', '--lang', lang, '--data', data, '--listen', '127.0.0.1:0', '--clock', '2006-11-24T09:00:00+09:00'];
  const child = spawn(BINARY, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, RUST_LOG: 'error' } });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const base = (await lines.next()).value.replace('listening on ', '');
  const setup = (await lines.next()).value.match(/\/setup\/[0-9a-f]+/)[0];
  const stop = () => {
    child.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  };
  return { base, password: 'tell-it-once-demo', setup, stop };
}

// Chromium's own services would call home; nothing here needs them.
export function startBrowser() {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

export async function logIn(page, demo, login) {
  await page.goto(`${demo.base}/login`);
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', demo.password);
  await page.click('main button[type=submit]');
  await page.waitForURL((url) => !url.pathname.startsWith('/login'));
}

// The path of the incident of the story: its title names port 25 in either language.
export async function story(page, demo) {
  await page.goto(`${demo.base}/incidents?q=25`);
  const href = await page.locator('main a[href^="/incidents/INC-"]').first().getAttribute('href');
  return href.split(/[?#]/)[0];
}

// The call that has just ended, on the page where it is checked, once Enter would save it: a browser puts the focus on the button when
// it paints the page, which on a busy machine is after the page has loaded.
export async function toBeChecked(page) {
  await page.waitForURL(/\/desk\/calls\//);
  await page.waitForFunction(() => document.activeElement.matches('main [autofocus]'));
}

// Runs with Bob at the desk of the story's incident, in a demo of its own.
export async function withBobAtTheDesk(run) {
  const demo = await startDemo('en');
  const browser = await startBrowser();
  try {
    const context = await browser.newContext({ locale: 'en' });
    const bob = await context.newPage();
    bob.setDefaultTimeout(15_000);
    await logIn(bob, demo, 'bob');
    const incident = await story(bob, demo);
    const desk = `${demo.base}${incident}/desk`;
    await bob.goto(desk);
    // The latest call on record.
    const lastCall = async () => {
      const view = await (await bob.request.get(`${demo.base}${incident}/view.json`)).json();
      return view.entries.filter((entry) => entry.call).at(-1);
    };
    await run({ demo, browser, context, bob, incident, desk, lastCall });
  } finally {
    await browser.close();
    demo.stop();
  }
}
