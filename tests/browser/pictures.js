// Pictures of the screens for the README, made where TELLONCE_PICTURES names a folder.

import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const PICTURES = process.env.TELLONCE_PICTURES;

export async function picture(page, name, options = {}) {
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), ...options });
}

export function pictureOfPaper(pdf, name) {
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  execFileSync('pdftoppm', ['-png', '-r', '90', '-f', '1', '-l', '1', '-singlefile', '-', join(PICTURES, name)], { input: pdf });
}
