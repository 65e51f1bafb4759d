// One who records calls at the desk by keyboard alone, with a clock that is set from call to call; keys are counted, text is not.

import { toBeChecked } from './demo.js';
import { STORY, Teller, WORDS } from './teller.js';

const ms = (at) => Date.parse(`${at.length > 16 ? at : `${at}:00`}+09:00`);
const wednesday = (time) => (time.includes('T') ? time : `2006-11-22T${time}`);
const MARKS = { claim: '*', admission: '+', refusal: '-', question: '?', promise: '!', explanation: '' };

export class DeskTeller extends Teller {
  keys = 0;

  counted = [];

  // The page's clock shows what this one is set to, and the server's answers agree with it.
  async setUp() {
    this.fake = ms('2006-11-22T08:40');
    await this.page.clock.setFixedTime(this.fake);
    await this.page.route('**/desk', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replace(/&quot;now&quot;:\d+/, `&quot;now&quot;:${this.fake}`) });
    });
    await this.page.route(/\/desk\/(taps|calls\?)/, async (route) => {
      const answer = await route.fetch();
      const body = answer.status() === 200 ? (await answer.text()).replace(/"now":\d+/, `"now":${this.fake}`) : await answer.text();
      await route.fulfill({ response: answer, body });
    });
  }

  // Minutes pass only when everything has been sent: in the story they are minutes.
  async at(time) {
    await this.page.waitForFunction(() => (document.querySelector('[data-unsent]')?.textContent ?? '') === '');
    this.fake = ms(wednesday(time));
    await this.page.clock.setFixedTime(this.fake);
  }

  async press(...keys) {
    for (const key of keys) {
      this.keys += 1;
      await this.page.keyboard.press(key);
    }
  }

  async type(text) {
    await this.page.keyboard.insertText(text);
  }

  nameOf(index) {
    return STORY.calls[index].at.slice(11, 16);
  }

  async call(index, call) {
    // What is given instead of the story lies ready before the first call.
    if (index === 0) await this.send(`${this.incident}/shares/new`, { call: '03-5550-0100' });
    const before = this.keys;
    if (!this.path().endsWith('/desk')) {
      if (!this.path().startsWith(this.incident)) await this.page.goto(this.base + this.incident);
      await this.press('c');
      await this.page.waitForURL(/\/desk$/);
    }
    await this.page.waitForSelector('[data-tap=dial]:not([hidden])');
    await this.choose(call.with);
    await this.at(call.at);
    await this.press(call.direction === 'in' ? 'i' : 'd');
    if (call.outcome) {
      await this.at(call.ended);
      await this.press(call.outcome === 'busy' ? 'b' : 'n');
    } else {
      await this.talk(call, WORDS.calls.find((of) => of.call === index));
    }
    this.counted.push({ index, keys: this.keys - before });
  }

  // With whom: where it is not the company answerable, the list is opened and one goes down in it.
  async choose(key) {
    const names = await this.page.locator('[data-with] option').allTextContents();
    const wanted = key === 'own colleague' ? names.length - 1 : names.indexOf(this.company(key));
    const chosen = await this.page.locator('[data-with]').evaluate((select) => select.selectedIndex);
    if (wanted === chosen) return;
    await this.press('k');
    if (wanted === names.length - 1) await this.press('End');
    else for (let n = 0; n < wanted; n += 1) await this.press('ArrowDown');
    await this.press('Escape');
  }

  async talk(call, words) {
    const legs = words?.legs ?? [];
    this.inField = false;
    const steps = [[call.answered, () => this.reach(legs[0])]];
    for (const wait of call.waiting ?? []) {
      steps.push([wait.from, () => this.tap(wait.why === 'hold' ? 'h' : 't')]);
      if (wait.why === 'hold') steps.push([wait.to, () => this.tap('b')]);
      else steps.push([wait.to, () => this.reach(legs[1])]);
    }
    for (const leg of call.legs ?? []) {
      if (leg.told_from_start) for (const end of ['from', 'to']) steps.push([leg.told_from_start[end], () => this.tap('r')]);
    }
    for (const said of words?.said ?? []) steps.push([wednesday(said.at), () => this.line(said)]);
    for (const promise of words?.promises ?? []) steps.push([wednesday(words.promised_at ?? call.answered.slice(11)), () => this.line({ kind: 'promise', words: promise })]);
    steps.push([call.ended, () => this.tap('e')]);
    steps.sort(([a], [b]) => ms(a) - ms(b));
    for (const [time, step] of steps) {
      await this.at(time);
      await step();
    }
    await toBeChecked(this.page);
    await this.save(call);
  }

  // A key of the call itself: with Alt, where one types.
  async tap(key) {
    await this.press(this.inField ? `Alt+${key}` : key);
    this.inField ||= key === 'b';
  }

  // Who answers says their name, then the line is next.
  async reach(key) {
    await this.tap('a');
    const contact = WORDS.companies.flatMap((company) => company.contacts).find((of) => of.key === key);
    if (contact) await this.type([this.say(contact.department), this.say(contact.name)].filter(Boolean).join(' '));
    await this.press('Enter');
    this.inField = true;
  }

  async line(said) {
    const words = this.say(said.words);
    if (!this.inField) await this.press('l');
    this.inField = true;
    if (said.ours) await this.press('>');
    if (MARKS[said.kind]) await this.press(MARKS[said.kind]);
    await this.type(said.ours ? words : `「${words}」`);
    if (said.kind === 'refusal') await this.midway?.();
    await this.press('Enter');
  }

  async save(call) {
    for (const promise of call.promises ?? []) {
      await this.type(promise.due.slice(0, 16).replace('T', ' '));
      if (promise.due_is_ours) {
        await this.press('Tab', 'End', 'Tab');
        await this.type(promise.due_is_ours);
      }
    }
    await this.press('Enter');
    await this.page.waitForURL(/\/desk$/);
    // Where a form leads is not seen by routes: only a page that is asked for has the test's clock.
    await this.page.reload();
  }
}
