// The pages of the house, for tests that go through all of them.

import { story } from './demo.js';

// A webhook that is told nothing: it has a page of its own.
async function addWebhook(page, demo) {
  await page.goto(`${demo.base}/house/webhooks`);
  await page.fill('[name=name]', '障害対応の部屋');
  await page.fill('[name=address]', 'https://hooks.tellonce.example/');
  for (const box of await page.locator('main input[type=checkbox]').all()) await box.uncheck();
  await page.check('[name="incident.reopened"]');
  await page.click('main form.plain button[type=submit]');
}

// The pages of the house, one of each kind, found by following links from the story's own.
export async function pagesOfTheHouse(page, demo) {
  const incident = await story(page, demo);
  await addWebhook(page, demo);
  const kinds = new Map();
  const note = (href) => {
    const path = href.split('#')[0];
    const kind = path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '*').replace(/\?.*/, '');
    const isPage = path.startsWith('/') && !/\.(pdf|zip|ics)|(view|openapi)\.json|offline\.html|^\/files\/|^\/static\//.test(path);
    if (isPage && !kinds.has(kind)) {
      kinds.set(kind, path);
    }
  };
  const from = ['/', '/incidents', incident, `${incident}/shares`, `${incident}/papers`, `${incident}/meeting?page=99`, '/providers', '/people', '/house', '/house/webhooks', '/account', '/account/tokens', '/search?q=25'];
  from.forEach(note);
  for (const path of from) {
    await page.goto(demo.base + path);
    const links = await page.locator('a[href]').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    links.forEach(note);
  }
  for (const path of [...kinds.values()].filter((path) => /^\/(providers|incidents\/[^/]+\/shares)\/[^/]+$/.test(path))) {
    await page.goto(demo.base + path);
    const links = await page.locator('main a[href]').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    links.forEach(note);
  }
  return [...kinds.values()];
}
