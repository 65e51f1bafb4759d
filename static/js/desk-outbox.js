// What a desk has to send: kept in this browser until the server has it, sent in order, sent again after a failure. Logging out
// drops it. Here also stands the server's time, which every stamp is made by.

import { attempt } from "./attempt.js";

const PREFIX = "tellonce:desk:";
const LONGEST_PAUSE_MS = 15_000;
const DEADLINE_MS = 10_000;
// A difference below this is the journey of an answer, not a clock.
const CLOCK_NOISE_MS = 2_000;

const NEVER_TAKEN = new Set([400, 413, 422]);

export const dropAllDesks = () =>
  attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => localStorage.removeItem(key)));

export const uid = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
};

export class Outbox {
  // `told` is called with what changed: sent, waiting, login, another, closed.
  constructor({ url, me, csrf, now, told }) {
    Object.assign(this, { refused: [], batch: Infinity, url, csrf, told, key: `${PREFIX}${me}:${url}`, offset: now - Date.now(), pause: 1000, busy: false, needsLogin: false, failing: false });
    this.waiting = attempt(() => JSON.parse(localStorage.getItem(this.key))) ?? [];
    addEventListener("online", () => this.soon(0));
  }

  // The server's time, in milliseconds.
  now() {
    return Math.round(Date.now() + this.offset);
  }

  keep() {
    attempt(() => (this.waiting.length ? localStorage.setItem(this.key, JSON.stringify(this.waiting)) : localStorage.removeItem(this.key)));
  }

  add(call, tap) {
    this.waiting.push({ call, tap });
    this.keep();
    // After the tap has been painted.
    this.soon(0);
  }

  soon(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), ms);
  }

  async flush() {
    if (this.busy || this.needsLogin || this.waiting.length === 0) return this.told("waiting");
    this.busy = true;
    const { call } = this.waiting[0];
    const end = this.waiting.findIndex((one) => one.call !== call);
    const taps = this.waiting.slice(0, Math.min(this.batch, end < 0 ? Infinity : end)).map(({ tap }) => tap);
    this.told("waiting");
    try {
      await this.send(call, taps);
    } finally {
      this.busy = false;
    }
    if (this.waiting.length && !this.needsLogin) this.soon(this.failing ? this.pause : 0);
    return this.told(this.waiting.length ? "waiting" : "sent");
  }

  async send(call, taps) {
    const began = Date.now();
    const answer = await this.post(`${this.url}/desk/taps`, { call, taps: JSON.stringify(taps) });
    // What stands between us and the server may answer in its place, or break the answer off: then nothing has been taken.
    const heard = answer?.ok ? await answer.json().catch(() => null) : null;
    if (heard) {
      const { now, closed, another } = heard;
      this.clock(now, began);
      this.pause = 1000;
      this.failing = false;
      this.batch = Infinity;
      if (another) return this.moveTo(call, another);
      const done = new Set(taps.map((tap) => tap.uid));
      this.waiting = this.waiting.filter(({ tap }) => !done.has(tap.uid));
      this.keep();
      return closed ? this.told("closed", call, taps) : undefined;
    }
    // What the server will never take must not hold up the rest: it is found one by one, and set aside in sight.
    if (NEVER_TAKEN.has(answer?.status)) {
      if (taps.length === 1) this.refused.push(...this.waiting.splice(0, 1));
      this.batch = 1;
      this.keep();
      return undefined;
    }
    this.failing = true;
    if (answer?.status === 401) {
      this.needsLogin = true;
      return this.told("login");
    }
    // The session is another one: its token stands on a fresh page.
    if (answer?.status === 409) await this.refresh();
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
    return undefined;
  }

  post(path, fields) {
    const body = new URLSearchParams({ csrf: this.csrf, ...fields });
    return fetch(path, { method: "POST", body, signal: AbortSignal.timeout(DEADLINE_MS), headers: { accept: "application/json" } }).catch(() => null);
  }

  moveTo(call, another) {
    for (const one of this.waiting) if (one.call === call) one.call = another;
    this.keep();
    this.told("another", another);
  }

  clock(now, began) {
    const ended = Date.now();
    const offset = now + (ended - began) / 2 - ended;
    if (Math.abs(offset - this.offset) > CLOCK_NOISE_MS + (ended - began)) this.offset = offset;
  }

  async refresh() {
    const page = await fetch(`${this.url}/desk`).then((answer) => (answer.ok && !answer.redirected ? answer.text() : ""), () => "");
    const token = new DOMParser().parseFromString(page, "text/html").querySelector("[data-csrf]")?.dataset.csrf;
    if (token) this.csrf = token;
    return Boolean(token);
  }

  // Logs in again in place, by the login page's own forms; answers "in", "code" where the second step asks for one, else "no".
  async logIn(fields) {
    const form = this.step ?? (await page("/login"));
    this.step = null;
    if (form) {
      const sent = new URLSearchParams([...form.querySelectorAll("input[type=hidden]")].map((field) => [field.name, field.value]));
      Object.entries(fields).forEach(([name, value]) => sent.set(name, value));
      this.step = await page(form.getAttribute("action"), { method: "POST", body: sent }, "/login/code");
    }
    if (this.step) return "code";
    this.needsLogin = !(await this.refresh());
    if (!this.needsLogin) this.soon(0);
    return this.needsLogin ? "no" : "in";
  }
}

// The form of a page of the login, if it has the one that is looked for.
const page = async (path, how, action = "/login") => {
  const html = await fetch(path, how).then((answer) => answer.text(), () => "");
  return new DOMParser().parseFromString(html, "text/html").querySelector(`form[action="${action}"]`);
};
