// Nothing typed at the desk is lost, and nothing is there twice: the network cut, the server killed, the tab closed, the session
// ended, the clock wrong, an input method at work, a colleague at another server process.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { BINARY, logIn, toBeChecked, withBobAtTheDesk } from './demo.js';

// Bob's desk, with a call on it to which somebody has answered.
function atTheDesk(run) {
  return withBobAtTheDesk(async (at) => {
    for (const key of ['d', 'a', 'Enter']) await at.bob.keyboard.press(key);
    await run(at);
  });
}

async function say(page, words) {
  await page.focus('[data-line]');
  await page.keyboard.insertText(words);
  await page.keyboard.press('Enter');
}

const allSent = (page) => page.waitForFunction(() => document.querySelector('[data-unsent]').textContent === '');
const shown = (page) => page.locator('[data-lines] li > span:nth-child(3)').allTextContents();

// Ends the call, saves it, and gives the words of its statements as they are on record.
async function onRecord({ bob, lastCall }) {
  await bob.keyboard.press('Escape');
  await bob.keyboard.press('e');
  await toBeChecked(bob);
  await bob.keyboard.press('Enter');
  await bob.waitForURL(/\/desk$/);
  return (await lastCall()).statements.map((statement) => statement.words);
}

test('the network is cut for two minutes in mid-call: what is said is shown as kept, and arrives once and in order', async () => {
  await atTheDesk(async (at) => {
    const { bob, context } = at;
    await say(bob, 'one');
    await allSent(bob);
    await context.setOffline(true);
    await say(bob, 'two');
    await say(bob, 'three');
    await bob.waitForFunction(() => /2 not sent yet/.test(document.querySelector('[data-unsent]').textContent));
    await bob.waitForTimeout(120_000);
    await context.setOffline(false);
    await allSent(bob);
    await say(bob, 'four');
    assert.deepEqual(await onRecord(at), ['one', 'two', 'three', 'four']);
  });
});

test('the server is killed in mid-call and started again: the call goes on', async () => {
  await atTheDesk(async (at) => {
    const { bob, demo } = at;
    await say(bob, 'one');
    await allSent(bob);
    demo.kill();
    await say(bob, 'two');
    await bob.waitForFunction(() => /not sent yet/.test(document.querySelector('[data-unsent]').textContent));
    await demo.startAgain();
    await allSent(bob);
    assert.deepEqual(await onRecord(at), ['one', 'two']);
  });
});

test('the tab is closed with something unsent, and opened again: the call goes on with it', async () => {
  await atTheDesk(async (at) => {
    const { bob, context, desk } = at;
    await say(bob, 'one');
    await allSent(bob);
    await context.setOffline(true);
    await say(bob, 'two');
    await bob.close();
    await context.setOffline(false);
    const again = await context.newPage();
    again.setDefaultTimeout(15_000);
    await again.goto(desk);
    await again.waitForFunction(() => document.querySelector('.desk').dataset.phase === 'talking');
    assert.deepEqual(await shown(again), ['two', 'one']);
    await allSent(again);
    await say(again, 'three');
    assert.deepEqual(await onRecord({ ...at, bob: again }), ['one', 'two', 'three']);
  });
});

test('the session ends in mid-call: Bob logs in again in place, and the call goes on', async () => {
  await atTheDesk(async (at) => {
    const { bob, context, demo } = at;
    await say(bob, 'one');
    await allSent(bob);
    await context.clearCookies();
    await say(bob, 'two');
    await bob.waitForSelector('[data-login]', { state: 'visible' });
    assert.equal(await bob.isVisible('[data-login-problem]'), false, 'nothing is wrong before anything was typed');
    assert.deepEqual(await shown(bob), ['two', 'one']);
    await bob.fill('[data-login] [name=login]', 'bob');
    await bob.fill('[data-login] [name=password]', 'wrong');
    await bob.keyboard.press('Enter');
    await bob.waitForSelector('[data-login-problem]', { state: 'visible' });
    await bob.fill('[data-login] [name=password]', demo.password);
    await bob.keyboard.press('Enter');
    await bob.waitForSelector('[data-login]', { state: 'hidden' });
    await allSent(bob);
    assert.deepEqual(await onRecord(at), ['one', 'two']);
  });
});

// What an authenticator app with that secret shows at that time (RFC 6238).
function appCode(secret, ms) {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(ms / 30_000)));
  const hmac = createHmac('sha1', key).update(step).digest();
  const number = hmac.readUInt32BE(hmac[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

test('with a second step the login in place asks for the code as well', async () => {
  await atTheDesk(async (at) => {
    const { bob, context, demo, incident } = at;
    const now = async () => Date.parse((await (await bob.request.get(`${demo.base}${incident}/view.json`)).json()).as_of);
    const account = await context.newPage();
    await account.goto(`${demo.base}/account/second-step`);
    await account.fill('[name=current]', demo.password);
    await account.keyboard.press('Enter');
    const secret = (await account.textContent('.steps code')).replaceAll(' ', '');
    await account.fill('[name=code]', appCode(secret, await now()));
    await account.keyboard.press('Enter');
    await account.waitForSelector('.codes li');
    await account.close();
    await say(bob, 'one');
    await allSent(bob);
    // That code is taken; the next is good already, since clocks differ.
    const next = appCode(secret, (await now()) + 30_000);
    await context.clearCookies();
    await say(bob, 'two');
    await bob.waitForSelector('[data-login]:not([hidden])');
    await bob.fill('[data-login] [name=login]', 'bob');
    await bob.fill('[data-login] [name=password]', demo.password);
    await bob.keyboard.press('Enter');
    await bob.waitForSelector('[data-login-code]', { state: 'visible' });
    assert.equal(await bob.isVisible('[data-login-problem]'), false, 'the password was right');
    await bob.fill('[data-login] [name=code]', '000000');
    await bob.keyboard.press('Enter');
    await bob.waitForSelector('[data-login-problem]', { state: 'visible' });
    await bob.fill('[data-login] [name=code]', next);
    await bob.keyboard.press('Enter');
    await bob.waitForSelector('[data-login]', { state: 'hidden' });
    await allSent(bob);
    assert.deepEqual(await onRecord(at), ['one', 'two']);
  });
});

test('what Bob had not sent is gone from the browser once he says so and logs out', async () => {
  await atTheDesk(async ({ bob, context }) => {
    await allSent(bob);
    await context.setOffline(true);
    await say(bob, 'not sent');
    const kept = () => bob.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('tellonce:desk:')).length);
    const logOut = () => bob.evaluate(() => document.querySelector('form[action="/logout"]').dispatchEvent(new Event('submit')));
    // Asked whether it shall be lost: first no, then yes.
    await logOut();
    assert.equal(await kept(), 1);
    bob.once('dialog', (dialog) => dialog.accept());
    await logOut();
    assert.equal(await kept(), 0);
  });
});

test('what the server will never take holds up nothing else, and stays in sight to be copied', async () => {
  await atTheDesk(async (at) => {
    const { bob } = at;
    await bob.evaluate(() => document.querySelector('[data-line]').removeAttribute('maxlength'));
    await say(bob, '加'.repeat(10_001));
    await say(bob, 'and after it');
    await bob.waitForFunction(() => /does not take 1 of these/.test(document.querySelector('[data-unsent]').textContent));
    assert.ok((await bob.textContent('[data-unsent]')).includes('加'.repeat(10_001)));
    assert.deepEqual(await onRecord(at), ['and after it']);
  });
});

test('an attempt that is on record is not undone: the call that follows is a call of its own', async () => {
  await atTheDesk(async (at) => {
    const { bob } = at;
    for (const key of ['Escape', 'u', 'u']) await bob.keyboard.press(key);
    await bob.keyboard.press('d');
    await bob.keyboard.press('n');
    await allSent(bob);
    await bob.waitForResponse((response) => response.url().includes('/desk/calls/'), { timeout: 12_000 });
    await bob.waitForTimeout(500);
    await bob.keyboard.press('u');
    assert.equal(await bob.getAttribute('.desk', 'data-phase'), 'over');
    for (const key of ['d', 'a', 'Enter']) await bob.keyboard.press(key);
    await say(bob, 'the real call');
    assert.deepEqual(await onRecord(at), ['the real call']);
  });
});

test('a call saved in one tab ends in the other, and says so', async () => {
  await atTheDesk(async (at) => {
    const { bob, context, desk } = at;
    await say(bob, 'one');
    await allSent(bob);
    const other = await context.newPage();
    other.setDefaultTimeout(15_000);
    await other.goto(desk);
    await other.waitForFunction(() => document.querySelector('.desk').dataset.phase === 'talking');
    assert.deepEqual(await onRecord({ ...at, bob: other }), ['one']);
    await bob.waitForFunction(() => /in another window/.test(document.querySelector('[data-unsent]').textContent));
    assert.equal(await bob.getAttribute('.desk', 'data-phase'), 'idle');
  });
});

test('correcting a promise keeps its due time, Escape leaves a correction, and an end takes what stands in the line', async () => {
  await atTheDesk(async (at) => {
    const { bob } = at;
    await say(bob, '!somebody will call @30m');
    await say(bob, '!mail info@example.jp tomorrow');
    const correct = async (n) => bob.locator('[data-lines] li').nth(n).locator('button').first().click();
    await correct(1);
    await bob.keyboard.press('Enter');
    await correct(0);
    await bob.keyboard.press('Escape');
    await say(bob, 'another line');
    assert.deepEqual(await shown(bob), ['another line', 'mail info@example.jp tomorrow', 'somebody will call due 30m']);
    await bob.focus('[data-line]');
    await bob.keyboard.insertText('half typed');
    await bob.keyboard.press('Alt+e');
    await bob.waitForURL(/\/desk\/calls\//);
    assert.match(await bob.textContent('main'), /half typed/);
    assert.equal(await bob.inputValue('[name=due0]'), '30m');
    await bob.goBack();
    await bob.waitForFunction(() => document.querySelector('.desk').dataset.phase === 'over');
  });
});

test('keys that an input method is composing with are no taps, and Enter in it sends nothing', async () => {
  await atTheDesk(async ({ bob }) => {
    await allSent(bob);
    await bob.keyboard.press('Escape');
    const composing = (key, target) => bob.evaluate(([pressed, where]) => {
      const element = where ? document.querySelector(where) : document.body;
      element.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true, cancelable: true, isComposing: true, keyCode: 229 }));
    }, [key, target]);
    for (const key of ['h', 't', 'e', 'x']) await composing(key);
    assert.equal(await bob.getAttribute('.desk', 'data-phase'), 'talking');
    await bob.fill('[data-line]', 'めーる');
    await composing('Enter', '[data-line]');
    assert.deepEqual(await shown(bob), []);
    await bob.focus('[data-line]');
    await bob.keyboard.press('Enter');
    assert.deepEqual(await shown(bob), ['めーる']);
  });
});

test('a browser whose clock is an hour off stamps by the server, and Alice sees the lines at another server process', async () => {
  await atTheDesk(async ({ bob, browser, demo, incident, desk }) => {
    await allSent(bob);
    await bob.clock.setFixedTime(Date.now() + 3_600_000);
    await bob.goto(desk);
    await say(bob, 'an hour ahead');
    await allSent(bob);
    const second = spawn(BINARY, ['serve', '--data', demo.data, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, RUST_LOG: 'error' } });
    try {
      const base = (await createInterface({ input: second.stdout })[Symbol.asyncIterator]().next()).value.replace('listening on ', '');
      const alice = await (await browser.newContext({ locale: 'en' })).newPage();
      await logIn(alice, { ...demo, base }, 'alice');
      await alice.goto(`${base}${incident}/desk`);
      await alice.waitForFunction(() => /an hour ahead/.test(document.querySelector('[data-others]').textContent));
      await say(bob, 'and one more');
      await alice.waitForFunction(() => /and one more/.test(document.querySelector('[data-others]').textContent));
      const { calls, now } = await (await alice.request.get(`${base}${incident}/desk/calls`)).json();
      const line = calls[0].taps.find((tap) => tap.words === 'an hour ahead');
      assert.ok(Math.abs(now - line.at) < 60_000, `${new Date(line.at).toISOString()} against ${new Date(now).toISOString()}`);
    } finally {
      second.kill('SIGKILL');
    }
  });
});
