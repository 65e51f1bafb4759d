// The story's Wednesday, told through the screens: every form filled as the admin would, from the events of
// `tests/fixtures/story.json` and the demo's own words for them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const read = (path) => JSON.parse(readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8'));

export const STORY = read('../fixtures/story.json');
export const WORDS = read('../../src/cli/demo/words.json');
export const OUR_COMPANY = WORDS.company;

// Which of the story's calls goes where: the promise given in one call, and the call that came in its stead.
const PROMISED_IN = 11;
const CAME_INSTEAD = 13;

// One who tells it: a page that is logged in, where the program listens, and the language.
export class Teller {
  constructor(page, base, lang) {
    this.page = page;
    this.base = base;
    this.lang = lang;
    this.fills = 0;
    this.callFields = 0;
  }

  say(words) {
    return (words && words[this.lang]) || '';
  }

  company(key) {
    return this.say(WORDS.companies.find((company) => company.key === key).name);
  }

  // Sends the form at `path`; values by field name. A select takes its option by value, or by a part of its label; a
  // group of boxes takes parts of their labels.
  async send(path, values) {
    const { page } = this;
    await page.goto(this.base + path);
    for (const [name, value] of Object.entries(values)) {
      if (value === '' || value === undefined || value === null || value.length === 0) continue;
      this.fills += 1;
      await this.fill(page.locator(`main form [name="${name}"]`), value, `${path} ${name}`);
    }
    await this.submit();
    // What was typed in words comes back once with how it was understood; the second click saves it.
    if (this.path() === path) await this.submit();
    assert.notEqual(this.path(), path, `${path}: ${(await page.locator('.error, .field-error').allTextContents()).join(' / ')}`);
    return this.path();
  }

  async submit() {
    const answered = this.page.waitForEvent('domcontentloaded');
    await this.page.locator('main form button[type=submit]').last().click();
    await answered;
  }

  path() {
    return new URL(this.page.url()).pathname;
  }

  async fill(field, value, where) {
    const first = field.first();
    await first.evaluate((element) => {
      for (let fold = element.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
    });
    const kind = await first.evaluate((element) => (element.tagName === 'SELECT' ? 'select' : element.type));
    if (kind === 'select') {
      const options = await first.locator('option').evaluateAll((all) => all.map((option) => ({ value: option.value, label: option.textContent.trim() })));
      const chosen = options.find((option) => option.value === value) ?? options.find((option) => option.label.includes(value));
      assert.ok(chosen, `${where}: no option “${value}” among ${options.map((option) => option.label).join(', ')}`);
      await first.selectOption(chosen.value);
    } else if (kind === 'checkbox' && value === true) {
      await first.check();
    } else if (kind === 'checkbox') {
      for (const part of value) await this.page.locator('main label.choice', { hasText: part }).first().locator('input').check();
    } else {
      await first.fill(value);
    }
  }

  // A moment as the forms show it back: both ends, and the words it is known by.
  when(at) {
    if (typeof at === 'string') return clock(at);
    if (at.from === at.to) return clock(at.from);
    const words = typeof at.words === 'string' ? at.words.split(' / ')[this.lang === 'ja' ? 0 : 1] : this.say(at.words);
    const ends = at.from.endsWith('00:00:00.000001') ? at.from.slice(0, 7) : `${at.from}/${at.to}`;
    return words ? `${ends} 「${words}」` : ends;
  }

  // The company's own week before: who they are, the line's contract, and what was agreed before signing.
  async ground() {
    for (const company of WORDS.companies) {
      const path = await this.send('/providers/new', { name: this.say(company.name), trade: this.say(company.trade), numbers: company.numbers.map(([of, number]) => `${of} ${number}`).join('\n') });
      for (const contact of company.contacts) {
        await this.send(`${path}/contacts/new`, { department: this.say(contact.department), name: this.say(contact.name) });
      }
      for (const contract of WORDS.contracts.filter((of) => of.provider === company.key)) await this.contract(path, contract);
    }
  }

  async contract(provider, contract) {
    const addresses = contract.addresses.map(([form, address]) => (this.say(address) ? [`address_${form}`, this.say(address)] : [`refused_${form}`, true]));
    const path = await this.send(`${provider}/contracts/new`, {
      title: this.say(contract.title), number: contract.number, starts_on: contract.starts_on, monthly_fee: String(contract.monthly_fee), ...Object.fromEntries(addresses),
    });
    for (const clause of contract.clauses) {
      await this.send(`${path}/clauses/new`, { number: this.say(clause.number), heading: this.say(clause.heading), quote: this.say(clause.quote) });
    }
    for (const agreement of contract.agreements) {
      const before = contract.clauses.find((clause) => clause.key === agreement.before);
      await this.send(`${path}/agreements/new`, {
        made: this.when(agreement.made),
        made_with: this.say(agreement.made_with), how: agreement.how, words: this.say(agreement.words), evidence: this.say(agreement.evidence), before_clause: this.say(before.number),
      });
    }
  }

  // The Wednesday itself; gives the incident's path.
  async wednesday() {
    const words = WORDS.incident;
    const parties = WORDS.parties.filter(([key]) => key !== 'P').flatMap(([key, role], n) => [
      [`party${n + 1}_company`, this.company(key)], [`party${n + 1}_role`, role], [`party${n + 1}_sign`, key],
    ]);
    this.incident = await this.send('/incidents/new', {
      title: this.say(words.title), provider: this.company('P'), kind: STORY.kind, severity: words.severity, what: this.say(words.what), affected: this.say(words.affected),
      cause: this.say(words.cause), title_outward: this.say(words.title_outward), contracts: [this.say(WORDS.contracts[0].title)], sign: 'P',
      started: this.when(STORY.started), detected: this.when(STORY.detected), ...Object.fromEntries(parties),
    });
    for (const item of WORDS.ruled_out) await this.send(`${this.incident}/ruled-out/new`, { kind: item.kind, what: this.say(item.what), why: this.say(item.why) });
    for (const [index, call] of STORY.calls.entries()) await this.call(index, call);
    await this.send(`${this.incident}/changes/new`, { what: this.say(WORDS.change.what), effective: this.when(STORY.started), provider: this.company('P') });
    for (const entry of WORDS.entries) await this.entry(entry);
    for (const notice of WORDS.notices) {
      await this.send(`${this.incident}/notices/new`, {
        provider: this.company(notice.company), form: notice.form, standing: notice.standing, address: this.say(notice.address), note: this.say(notice.note),
        to_registered: notice.to_registered === false ? 'no' : '', sent: this.when(notice.sent),
      });
    }
    await this.send(`${this.incident}/times`, { mitigated: this.when(STORY.mitigated), mitigated_by: this.company('M') });
    await this.afterwards();
    return this.incident;
  }

  // What does not fit together, what we ask, and the promise that was not kept.
  async afterwards() {
    for (const ask of WORDS.asks) await this.send(`${this.incident}/asks/new`, { words: this.say(ask.words), asked_in: ask.asked_in.map((index) => this.nameOf(index)) });
    const said = WORDS.calls.flatMap((call) => call.said ?? []);
    for (const item of WORDS.contradictions) {
      const against = item.entry ? WORDS.entries.find((entry) => entry.key === item.entry).title : WORDS.contracts[0].agreements[0].words;
      await this.send(`${this.incident}/contradictions/new`, {
        statement: this.say(said.find((statement) => statement.key === item.said).words).slice(0, 12), against: this.say(against).slice(0, 12), note: this.say(item.note),
      });
    }
    const promise = this.say(WORDS.calls.find((call) => call.call === PROMISED_IN).promises[0]);
    await this.page.goto(this.base + this.incident);
    const href = await this.page.locator('li', { hasText: promise }).locator('a[href*="/settlement"]').last().getAttribute('href');
    await this.send(href, { state: 'broken', settled: clock(STORY.calls[CAME_INSTEAD].at), settled_by: this.nameOf(CAME_INSTEAD) });
  }

  // By what a call is known in a list to choose from.
  nameOf(index) {
    return this.say(WORDS.calls.find((call) => call.call === index).title).slice(0, 12);
  }

  async call(index, call) {
    const words = WORDS.calls.find((of) => of.call === index);
    const own = call.with === 'own colleague';
    const values = {
      with: own ? 'own_colleague' : 'company', company: own ? '' : this.company(call.with), direction: call.direction, outcome: call.outcome ?? 'answered',
      dialled: clock(call.at), answered: call.answered && clock(call.answered), ended: clock(call.ended), title: this.say(words?.title ?? WORDS.failed_title), body: this.say(words?.body), reports: words?.reports,
    };
    for (const [n, key] of (words?.legs ?? []).entries()) {
      const leg = call.legs?.[n] ?? {};
      const contact = WORDS.companies.flatMap((company) => company.contacts).find((of) => of.key === key);
      Object.assign(values, {
        [`leg${n + 1}_contact`]: this.say(contact.department), [`leg${n + 1}_from`]: leg.from && clock(leg.from), [`leg${n + 1}_to`]: leg.to && clock(leg.to),
        [`leg${n + 1}_told`]: leg.told_from_start && true, [`leg${n + 1}_told_from`]: leg.told_from_start && clock(leg.told_from_start.from), [`leg${n + 1}_told_to`]: leg.told_from_start && clock(leg.told_from_start.to),
      });
    }
    for (const [n, wait] of (call.waiting ?? []).entries()) {
      Object.assign(values, { [`wait${n + 1}_why`]: wait.why, [`wait${n + 1}_from`]: clock(wait.from), [`wait${n + 1}_to`]: clock(wait.to) });
    }
    Object.assign(values, this.said(call, words));
    const before = this.fills;
    await this.send(`${this.incident}/calls/new`, values);
    this.callFields += this.fills - before;
  }

  said(call, words) {
    const values = {};
    const said = words?.said ?? [];
    for (const [n, statement] of said.entries()) {
      Object.assign(values, {
        [`s${n + 1}_kind`]: statement.kind, [`s${n + 1}_words`]: this.say(statement.words), [`s${n + 1}_verbatim`]: !statement.ours || undefined, [`s${n + 1}_ours`]: statement.ours,
        [`s${n + 1}_said_at`]: clock(`2006-11-22T${statement.at}`),
      });
    }
    for (const [n, promise] of (call.promises ?? []).entries()) {
      const at = said.length + n + 1;
      Object.assign(values, {
        [`s${at}_kind`]: 'promise', [`s${at}_words`]: this.say(words.promises[n]), [`s${at}_verbatim`]: true, [`s${at}_due`]: clock(promise.due),
        [`s${at}_due_by`]: promise.due_is_ours ? 'ours' : 'theirs', [`s${at}_due_reason`]: promise.due_is_ours && this.say(words.due_reason),
      });
    }
    return values;
  }

  async entry(entry) {
    await this.send(`${this.incident}/entries/new`, {
      kind: entry.kind, occurred: this.when(entry.at), title: this.say(entry.title), body: this.say(entry.body), place: this.say(entry.place), company: entry.company ? this.company(entry.company) : '',
      change: entry.change ? this.say(WORDS.change.what).slice(0, 8) : '', visibility: entry.visibility,
    });
  }
}

// A time as the forms take it.
function clock(at) {
  return at.replace('T', ' ');
}
