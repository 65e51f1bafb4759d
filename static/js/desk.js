// The desk: a call recorded while it happens, by keyboard or thumb. Every tap and line is stamped and sent as it is made; what the
// call is, `call.js` makes of them.

import { isEnding, liveOf } from "./call.js";
import { bookOf } from "./desk-book.js";
import { listenToKeys } from "./desk-keys.js";
import { likeness, readLine } from "./desk-lines.js";
import { Outbox, dropAllDesks, uid } from "./desk-outbox.js";
import { offered } from "./desk-taps.js";
import { tiesOf } from "./desk-ties.js";
import { length, make, viewOf, waitedIn } from "./desk-view.js";

const desk = document.querySelector("[data-desk]");
const data = JSON.parse(desk.dataset.desk);
const lang = document.documentElement.lang;
const $ = (name) => desk.querySelector(`[data-${name}]`);
const book = bookOf(data, $);
const { say, quoted, clockTime, personOf, legItems, lineItem } = viewOf(data, lang);

const WRONG_CLOCK_MS = 60_000;
// A failed attempt is put on record when the next one begins, or after this.
const SAVE_FAILURE_MS = 8_000;
const POLL_MS = 2_000;
const ALIKE = 0.34;

let calls = data.calls;
let reached = data.reached;
let kind = "explanation";
let ours = false;
let ties = {};
let undone = false;
let saving = null;
let editing = null;
let joined = false;
let naming = null;
// Calls that are saved or dropped, and what was still said in them by whoever did not know.
const closed = new Set();
let tooLate = [];

const outbox = new Outbox({ url: data.url, me: document.body.dataset.me, csrf: desk.dataset.csrf, now: data.now, told: (what, which, taps) => told(what, which, taps) });

// The taps of a call: what the server has, and what it has not yet.
const tapsOf = (call) => {
  const known = calls.find((one) => one.uid === call)?.taps ?? [];
  const there = new Set(known.map((tap) => tap.uid));
  const own = here.filter((one) => one.call === call && !there.has(one.tap.uid)).map(({ tap }) => tap);
  return [...known, ...own];
};

// Every tap made on this page: shown at once, whatever became of sending it.
let here = outbox.waiting.slice();
// A call that is over and only waits to be saved does not stand in the way of the next.
const goesOn = (call) => call.mine && call.state === "running";
const asked = new URLSearchParams(location.search).get("call");
let current = here.at(-1)?.call ?? calls.findLast(goesOn)?.uid ?? calls.find((call) => call.mine && call.uid === asked)?.uid ?? null;
// What the current call comes to, made anew only when something was tapped or heard since.
let made = {};
const live = () => {
  if (made.current !== current || made.calls !== calls || made.count !== here.length) made = { current, calls, count: here.length, call: liveOf(current ? tapsOf(current) : []) };
  return made.call;
};
const failed = (call) => call.phase === "over" && !["answered", "cut_off"].includes(call.outcome);

const send = (act) => {
  current ??= uid();
  const tap = { uid: uid(), at: outbox.now(), ...act };
  here.push({ call: current, tap });
  outbox.add(current, tap);
  render();
  return tap;
};

// Taps

const begin = (act) => {
  const before = current ? live() : null;
  if (before?.phase === "over") {
    clearTimeout(saving);
    reviewing = false;
    current = null;
  }
  const company = $("with").value || null;
  const number = $("number").value.trim();
  if (company !== data.company && live().phase === "idle") send({ do: "with", company });
  send({ do: act, number });
};

const tap = (act) => {
  undone = false;
  if (act === "dial" || act === "ring") {
    begin(act);
    return;
  }
  // What stands in the line was said before the end.
  if (isEnding({ do: act })) record();
  send({ do: act });
  const call = live();
  // Who answers says their name first. On a phone this would raise the keyboard over the buttons.
  if (matchMedia("(pointer: fine)").matches) {
    if (act === "answered" && call.phase === "talking") askWho();
    else if (act === "back") $("line").focus();
  }
  if (isEnding({ do: act }) && call.phase === "over") finish(call);
};

// Where the number said who it may be, that is offered.
const askWho = () => {
  const field = $("who");
  field.focus();
  field.value = book.mayBe()?.label ?? field.value;
  field.select();
};

const finish = (call) => {
  if (document.activeElement === $("line")) $("line").blur();
  if (failed(call)) {
    saveLater(current);
  } else {
    review();
  }
};

const saveLater = (call) => (saving = setTimeout(() => saveFailure(call), SAVE_FAILURE_MS));
const saveFailure = async (call) => {
  if (call !== current || !failed(live())) return;
  const answer = outbox.waiting.length ? null : await outbox.post(`${data.url}/desk/calls/${call}`, { key: call });
  // What is not sent yet, or a server that is away, may be there by then.
  if (!answer?.ok && call === current) saveLater(call);
  if (!answer?.ok) return;
  closed.add(call);
  await poll();
};

// The page on which the call is checked, as soon as everything has arrived.
let reviewing = false;
const leave = () => {
  // The browser's way back leads to this call.
  history.replaceState(null, "", `?call=${current}`);
  location.assign(`${data.url}/desk/calls/${current}`);
};
const review = () => {
  reviewing = true;
  if (outbox.waiting.length === 0 && !outbox.busy) leave();
  else render();
};

const undo = () => {
  clearTimeout(saving);
  reviewing = false;
  if (!current || closed.has(current) || live().phase === "idle") return;
  send({ do: "undo" });
  undone = true;
  render();
};

// Lines

const record = () => {
  const field = $("line");
  const line = readLine(field.value, { kind, ours });
  if (!line.words) return;
  field.value = "";
  if (editing) send({ do: "reline", of: editing.uid, line: { ...editing, ...line, ...ties } });
  else offer(line, send({ do: "line", ...line, ...ties }));
  fresh();
};

const tieList = tiesOf(data, $("tie-list"), say, (what, uid) => {
  ties[what] = uid;
  $("line").focus();
  render();
});

// The line as it is before anything is chosen for it.
const fresh = () => {
  editing = null;
  kind = "explanation";
  ours = false;
  ties = {};
  tieList.close();
  render();
};

// What they said on the same subject before is offered as something that may not fit; never asserted.
const offer = (line, made) => {
  const place = $("offer");
  place.hidden = true;
  if (line.ours || made.against) return;
  const [best] = data.said.map((said) => ({ said, like: likeness(said.words, line.words) })).sort((a, b) => b.like - a.like);
  if (!best || best.like < ALIKE || best.said.words === line.words) return;
  const button = make("button", "link", `${say("desk-against-offer")}: ${best.said.words} (${best.said.source})`);
  button.type = "button";
  button.addEventListener("click", () => {
    send({ do: "reline", of: made.uid, line: { ...line, cites: made.cites ?? null, answers: made.answers ?? null, against: best.said.uid } });
    place.hidden = true;
  });
  place.replaceChildren(button);
  place.hidden = false;
};

// Showing

const tick = () => {
  const call = live();
  const now = outbox.now();
  $("clock").textContent = call.dialled === null ? "0:00" : length((call.ended ?? now) - call.dialled);
  const waited = waitedIn(call, now);
  $("waited").textContent = say("desk-waited", { call: length(waited), day: length(data.waited * 1000 + waited) });
  for (const part of $("legs").querySelectorAll("[data-running]")) part.textContent = length(now - Number(part.dataset.running));
  remind(now);
};

// What was promised for a time that has come: once, and not while it was so before.
let reminded = new Set(data.dues.filter(({ due }) => due <= data.now).map(({ uid: promise }) => promise));
const remind = (now) => {
  const due = data.dues.filter((promise) => promise.due <= now && !reminded.has(promise.uid));
  if (due.length === 0) return;
  reminded = new Set([...reminded, ...due.map((promise) => promise.uid)]);
  $("due").append(...due.map((promise) => make("p", "", `${promise.who} ${quoted(promise.words)} ${say("desk-due-now")}`)));
  $("due").hidden = false;
};

const linksOf = (line) => [
  [
    say("desk-line-edit"),
    () => {
      editing = line;
      ({ kind, ours } = line);
      ties = { cites: line.cites, against: line.against, answers: line.answers };
      $("line").value = (line.verbatim ? quoted(line.words) : line.words) + (line.due ? ` @${line.due}` : "");
      $("line").focus();
      render();
    },
  ],
  [
    say("desk-line-take-back"),
    () => {
      if (editing?.uid === line.uid) editing = null;
      send({ do: "unline", of: line.uid });
    },
  ],
];

// The latest first. What stands there already stays: on a slow machine a tap must be painted at once.
const items = new Map();
const showLines = (call) => {
  const list = $("lines");
  const wanted = call.lines.toReversed().map((line) => {
    const as = JSON.stringify(line);
    const known = items.get(line.uid);
    if (known?.as !== as) items.set(line.uid, { as, item: lineItem(line, linksOf(line)) });
    return items.get(line.uid).item;
  });
  for (const item of [...list.children]) if (!wanted.includes(item)) item.remove();
  wanted.forEach((item, n) => list.children[n] === item || list.insertBefore(item, list.children[n] ?? null));
};

// The people and waits, where any came or went.
let legsShown = "";
const showLegs = (call) => {
  const as = JSON.stringify([call.legs, call.waits]);
  if (as === legsShown) return;
  legsShown = as;
  $("legs").replaceChildren(...legItems(call, name));
};

// A person can be named later, too.
const name = (n) => {
  naming = n;
  const leg = live().legs[n];
  $("who").value = leg.contact || leg.who ? personOf(leg) : "";
  $("who").focus();
};

const showOthers = () => {
  const others = calls.filter((call) => !call.mine).map((call) => ({ ...call, live: liveOf(call.taps) }));
  $("others").replaceChildren(
    ...others.flatMap((call) => {
      const list = make("ol", "told", "");
      list.append(...call.live.lines.map((line) => lineItem(line)));
      return [make("h2", "", say("desk-elsewhere", { name: call.person })), make("p", "soft", say(`desk-${call.live.phase}`)), list];
    }),
  );
};

const showUnsent = () => {
  const place = $("unsent");
  const texts = [];
  const count = outbox.waiting.length;
  if (count) texts.push(say(outbox.failing ? "desk-unsent-offline" : "desk-unsent", { count }));
  if (joined) texts.push(say("desk-another"));
  if (!current && closed.size) texts.push(say("desk-closed"));
  if (tooLate.length) texts.push(say("desk-too-late"), ...tooLate);
  if (outbox.refused.length) texts.push(say("desk-refused", { count: outbox.refused.length }), ...outbox.refused.map(({ tap }) => tap.words ?? tap.line?.words ?? ""));
  const off = Math.abs(outbox.offset);
  if (!("ownClock" in desk.dataset) && off > WRONG_CLOCK_MS) texts.push(say("desk-clock-wrong", { off: length(off) }));
  const text = texts.join(" ");
  if (place.firstChild?.textContent === text && !place.querySelector("a")) return;
  place.replaceChildren(text);
  const left = calls.filter((call) => call.mine && call.uid !== current && call.state === "over" && !failed(liveOf(call.taps)));
  for (const call of left) place.append(" ", Object.assign(make("a", "", `${say("desk-review")} (${clockTime(call.taps[0].at)})`), { href: `${data.url}/desk/calls/${call.uid}` }));
};

// What the line would be taken for, with the marks at its beginning.
const showKind = () => {
  const line = readLine($("line").value, { kind, ours });
  // What stands at the line's beginning says more than what is pressed.
  for (const button of desk.querySelectorAll("[data-kind]")) button.setAttribute("aria-pressed", String(button.dataset.kind === line.kind));
  $("ours").setAttribute("aria-pressed", String(line.ours));
  $("kind-shown").textContent = [line.ours && say("desk-line-ours"), say(`statement-kind-${line.kind}`)].filter(Boolean).join(" · ");
};

const render = () => {
  const call = live();
  desk.dataset.phase = call.phase;
  const phase = call.phase === "ringing" && call.direction === "in" ? "desk-ringing-in" : `desk-${call.phase}`;
  const words = undone ? say("desk-undone") : call.phase === "over" && call.outcome && failed(call) ? `${say(`outcome-${call.outcome}`)} · ${say("desk-after-failure")}` : say(phase);
  if ($("phase").textContent !== words) $("phase").textContent = words;
  for (const button of desk.querySelectorAll("[data-tap]")) {
    button.hidden = !offered(call).includes(button.dataset.tap);
    button.classList.toggle("main", ["dial", "answered", "end"].includes(button.dataset.tap));
  }
  const leg = call.legs.at(-1);
  const telling = leg && leg.told_from !== null && leg.told_to === null && call.phase !== "over";
  desk.querySelector("[data-tap=tell]").setAttribute("aria-pressed", String(Boolean(telling)));
  desk.querySelector(".say-it").classList.toggle("now", Boolean(telling));
  $("instead").textContent = telling ? say("desk-told-times", { count: data.told + call.legs.filter((one) => one.told_from !== null).length }) : "";
  $("before").hidden = call.phase !== "idle" && call.phase !== "over";
  $("person").hidden = !leg;
  if (leg && document.activeElement !== $("who")) $("who").value = leg.contact || leg.who ? personOf(leg) : "";
  for (const button of desk.querySelectorAll("[data-tie]")) button.setAttribute("aria-pressed", String(Boolean(ties[button.dataset.tie])));
  showKind();
  $("line-form").classList.toggle("editing", Boolean(editing));
  $("line-form").querySelector("button").textContent = say(editing ? "desk-line-edit" : "desk-line-add");
  showLegs(call);
  showLines(call);
  showUnsent();
  tick();
};

// What the server says

const shut = (call) => {
  closed.add(call);
  // A failed attempt that is on record stays in sight until the next begins.
  if (call !== current || failed(live())) return;
  current = null;
  reviewing = false;
};

const told = (what, which, taps) => {
  if (what === "login") $("login").hidden = false;
  if (what === "another") {
    for (const one of here) if (one.call === current) one.call = which;
    current = which;
    joined = true;
    poll();
  }
  if (what === "closed") {
    tooLate.push(...taps.map((tap) => tap.words ?? tap.line?.words).filter(Boolean));
    shut(which);
    render();
  }
  if (what === "sent" && reviewing && live().phase === "over") leave();
  if (here) showUnsent();
};

const hear = (news) => {
  ({ reached } = news);
  const gone = calls.filter((call) => call.mine && !news.calls.some((one) => one.uid === call.uid)).map((call) => call.uid);
  calls = news.calls;
  gone.forEach(shut);
  if (!current) current = calls.findLast(goesOn)?.uid ?? null;
  showOthers();
  render();
};

const poll = async () => {
  const answer = await fetch(`${data.url}/desk/calls?since=${reached}`, { headers: { accept: "application/json" } }).catch(() => null);
  if (answer?.status === 200 && !answer.redirected) hear(await answer.json());
};

// Told as it happens. A proxy may hold that back, so it is asked for as well: seldom, and often where nothing comes through.
let events = null;
let beats = 0;
const listen = () => {
  events = new EventSource(`${data.url}/desk/events?since=${reached}`);
  events.addEventListener("message", ({ data: text }) => hear(JSON.parse(text)));
};
const beat = () => {
  if (document.hidden) return;
  beats += 1;
  const open = events?.readyState === EventSource.OPEN;
  if (!open || beats % 5 === 0) poll();
  if (events?.readyState === EventSource.CLOSED && beats % 5 === 0) listen();
};

const person = () => {
  const text = $("who").value.trim();
  const call = live();
  const n = naming ?? call.legs.length - 1;
  naming = null;
  const leg = call.legs[n];
  if (!leg || personOf(leg) === text || (!text && !leg.contact && !leg.who)) return;
  const contact = book.named(text);
  send({ do: "who", leg: n, contact: contact?.uid ?? null, who: contact ? "" : text });
};

// Keys

const DIGITS = ["explanation", "claim", "admission", "refusal", "question", "promise"];

const digit = (n) => {
  if (n === 0) ours = !ours;
  else if (n <= 6) kind = DIGITS[n - 1];
  else tieList.open(["cites", "against", "answers"][n - 7]);
  render();
};

const help = () => {
  const sheet = $("help-sheet");
  sheet.hidden = !sheet.hidden;
  $("help").setAttribute("aria-expanded", String(!sheet.hidden));
};

listenToKeys(desk, {
  tap,
  digit: (n) => tieList.pick(n) || digit(n),
  escape: () => {
    if (editing) {
      $("line").value = "";
      fresh();
    }
    tieList.close();
  },
  keys: { l: () => $("line").focus(), p: () => $("who").focus(), k: () => $("with").focus(), u: undo, "?": help },
});

desk.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.tap) tap(button.dataset.tap);
  if (button.dataset.kind) digit(DIGITS.indexOf(button.dataset.kind) + 1);
  if (button.dataset.tie) tieList.open(button.dataset.tie);
  if ("ours" in button.dataset) digit(0);
  if ("undo" in button.dataset) undo();
  if ("help" in button.dataset) help();
});

$("line-form").addEventListener("submit", (event) => {
  event.preventDefault();
  record();
});
// Some browsers send the form while an input method is composing.
$("line").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.preventDefault();
});
$("line").addEventListener("input", showKind);
$("who").addEventListener("change", person);
$("who").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  person();
  $("line").focus();
});
$("with").addEventListener("change", () => {
  book.offer();
  if (live().phase !== "over") send({ do: "with", company: $("with").value || null });
});
$("number").addEventListener("input", book.recognise);
document.addEventListener("logged-out", () => {
  $("login").hidden = false;
});
$("login").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.currentTarget;
  const { login, password, code } = form.elements;
  const asked = !$("login-code").hidden;
  const how = await outbox.logIn(asked ? { code: code.value } : { login: login.value, password: password.value });
  password.value = code.value = "";
  form.hidden = how === "in";
  $("login-code").hidden = how !== "code";
  // A code that is asked for once more was wrong.
  $("login-problem").hidden = how === "in" || (how === "code" && !asked);
  if (how === "code") code.focus();
});
document.querySelector('form[action="/logout"]')?.addEventListener("submit", (event) => {
  if (outbox.waiting.length && !confirm(say("desk-logout", { count: outbox.waiting.length }))) event.preventDefault();
  else dropAllDesks();
});

book.offer();
showOthers();
render();
outbox.flush();
setInterval(tick, 250);
listen();
setInterval(beat, POLL_MS);
