// An empty house gets its first admin.

import { logIn } from './demo.js';
import { OUR_COMPANY } from './teller.js';

export async function register(page, house, lang) {
  await page.goto(house.base + house.setup);
  for (const [name, value] of Object.entries({ company: OUR_COMPANY[lang], name: 'Alice', login: 'alice', password: house.password })) await page.fill(`[name=${name}]`, value);
  await page.click('main button[type=submit]');
  await page.waitForURL((url) => !url.pathname.startsWith('/setup'));
  if (new URL(page.url()).pathname.startsWith('/login')) await logIn(page, house, 'alice');
}
