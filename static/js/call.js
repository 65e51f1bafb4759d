// A call while it happens: the twin, in the browser, of `domain/call/live.rs`. A test holds the two against each other.

const STAMPS = new Set(["dial", "ring", "answered", "hold", "back", "transfer", "no_answer", "busy", "voicemail", "refused", "cut_off", "end", "tell"]);
const ENDINGS = new Set(["no_answer", "busy", "voicemail", "refused", "cut_off", "end"]);

const isStamp = (tap) => STAMPS.has(tap.do);
export const isEnding = (tap) => ENDINGS.has(tap.do);

// The taps that stand, each with its time.
const standing = (taps) => {
  const seen = new Set();
  const left = [];
  for (const tap of taps) {
    if (seen.has(tap.uid)) continue;
    seen.add(tap.uid);
    if (tap.do === "undo") {
      const last = left.findLastIndex(({ tap: one }) => isStamp(one));
      if (last >= 0) left.splice(last, 1);
    } else if (tap.do === "move") {
      const moved = left.find(({ tap: one }) => one.uid === tap.of);
      if (moved) moved.at = tap.to;
    } else {
      left.push({ tap, at: tap.at });
    }
  }
  return left;
};

const last = (list) => list[list.length - 1];

const closeWait = (call, at) => {
  const wait = last(call.waits);
  if (wait && wait.to === null) wait.to = at;
};

const closeLeg = (call, at) => {
  const leg = last(call.legs);
  if (!leg || leg.to !== null) return;
  leg.to = at;
  if (leg.told_from !== null) leg.told_to ??= at;
};

const openLeg = (call, at, person = {}) => {
  call.legs.push({ from: at, to: null, told_from: null, told_to: null, contact: person.contact ?? null, who: person.who ?? "" });
  call.phase = "talking";
};

const begin = (call, direction, number, at) => {
  if (call.phase !== "idle") return;
  Object.assign(call, { phase: "ringing", direction, number, dialled: at });
};

const taken = (call, at) => {
  if (call.phase === "idle") begin(call, "in", "", at);
  if (call.phase === "ringing") call.answered = at;
};

const answered = (call, at) => {
  if (call.phase === "talking" || call.phase === "over") return;
  taken(call, at);
  closeWait(call, at);
  closeLeg(call, at);
  openLeg(call, at);
};

const wait = (call, why, at) => {
  const phase = why === "hold" ? "holding" : "transferring";
  if (call.phase === phase || call.phase === "over") return;
  taken(call, at);
  closeWait(call, at);
  if (why === "transfer") closeLeg(call, at);
  call.waits.push({ why, from: at, to: null });
  call.phase = phase;
};

const back = (call, at) => {
  if (call.phase !== "holding" && call.phase !== "transferring") return;
  closeWait(call, at);
  const leg = last(call.legs);
  if (leg && leg.to === null) call.phase = "talking";
  else openLeg(call, at, leg);
};

const end = (call, said, at) => {
  if (call.phase === "idle" || call.phase === "over") return;
  closeWait(call, at);
  closeLeg(call, at);
  const reached = call.legs.length > 0;
  if (reached) call.outcome = said === "cut_off" ? said : "answered";
  else call.outcome = ["busy", "voicemail", "refused"].includes(said) ? said : "no_answer";
  call.ended = at;
  call.phase = "over";
};

const tell = (call, at) => {
  const leg = last(call.legs);
  if (!leg || leg.to !== null) return;
  if (leg.told_from !== null && leg.told_to === null) {
    leg.told_to = at;
  } else {
    leg.told_from ??= at;
    leg.told_to = null;
  }
};

const take = (call, tap, at) => {
  switch (tap.do) {
    case "dial": return begin(call, "out", tap.number ?? "", at);
    case "ring": return begin(call, "in", tap.number ?? "", at);
    case "answered": return answered(call, at);
    case "hold": case "transfer": return wait(call, tap.do, at);
    case "back": return back(call, at);
    case "tell": return tell(call, at);
    case "with": call.with = tap.company; return undefined;
    case "who": {
      const leg = call.legs[tap.leg];
      if (leg) Object.assign(leg, { contact: tap.contact, who: tap.who });
      return undefined;
    }
    case "line": call.lines.push({ uid: tap.uid, at, leg: call.legs.length ? call.legs.length - 1 : null, ...lineOf(tap) }); return undefined;
    case "reline": {
      const line = call.lines.find(({ uid }) => uid === tap.of);
      if (line) Object.assign(line, lineOf(tap.line));
      return undefined;
    }
    case "unline": call.lines = call.lines.filter(({ uid }) => uid !== tap.of); return undefined;
    default: return ENDINGS.has(tap.do) ? end(call, tap.do, at) : undefined;
  }
};

const lineOf = ({ kind, ours, words, verbatim, due = "", cites = null, against = null, answers = null }) => ({ kind, ours, words, verbatim, due, cites, against, answers });

// What these taps come to, in the order in which they were appended.
export const liveOf = (taps) => {
  const call = { phase: "idle", direction: "out", number: "", with: undefined, dialled: null, answered: null, ended: null, outcome: null, legs: [], waits: [], lines: [] };
  let latest = -Infinity;
  for (const { tap, at } of standing(taps)) {
    if (isStamp(tap)) latest = Math.max(latest, at);
    take(call, tap, isStamp(tap) ? latest : at);
  }
  return call;
};
