// The demo, started for one test file: where it listens, who can log in, and the share that it prints.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const BINARY = process.env.TELLONCE_BINARY;
const CHROMIUM = process.env.TELLONCE_CHROMIUM ?? '/usr/bin/chromium';

export async function startDemo(lang) {
  const data = mkdtempSync(join(tmpdir(), 'tellonce-browser-'));
  const child = spawn(BINARY, ['demo', '--lang', lang, '--data', data, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, RUST_LOG: 'error' } });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => (await lines.next()).value;
  const base = (await next()).replace('listening on ', '');
  const password = (await next()).split(/\s+/)[3];
  await next();
  await next();
  const [, , number, , code] = (await next()).split(/\s+/);
  const stop = () => {
    child.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  };
  return { base, password, number, code, stop };
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
