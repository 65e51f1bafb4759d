// What is being typed survives a lost connection, a closed tab and an expired session: a form with `data-keep` is kept in this
// browser, for this person, until it has been taken. Logging out drops everything.

import { attempt } from "./attempt.js";
import { later } from "./wait.js";

const PREFIX = "tellonce:draft:";
const LONGEST_KEPT_MS = 14 * 24 * 3600 * 1000;
const DEADLINE_MS = 5_000;
// What belongs to this one page, or must not lie around.
const NOT_KEPT = new Set(["csrf", "key"]);

const me = document.body.dataset.me;
const mine = `${PREFIX}${me}:`;

const read = (key) => attempt(() => JSON.parse(localStorage.getItem(key)));
const write = (key, draft) => attempt(() => localStorage.setItem(key, JSON.stringify(draft)));
const drop = (key) => attempt(() => localStorage.removeItem(key));
const keys = () => attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) ?? [];

const fieldsOf = (form) =>
  [...form.elements].filter((field) => field.name && !NOT_KEPT.has(field.name) && !["password", "file", "submit"].includes(field.type));

const valuesOf = (form) =>
  fieldsOf(form).map((field) => [field.name, field.type === "checkbox" || field.type === "radio" ? field.checked : field.value]);

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const put = (form, values) => {
  fieldsOf(form).forEach((field, index) => {
    const [name, value] = values[index] ?? [];
    // The form may have changed since; then only what still has its place is put back. The revision stays the page's own.
    if (name !== field.name || field.type === "hidden") return;
    if (typeof value === "boolean") field.checked = value;
    else field.value = value;
  });
  form.querySelectorAll("details").forEach((folded) => (folded.open ||= [...folded.querySelectorAll("input, textarea")].some((field) => field.value)));
  form.dispatchEvent(new Event("tellonce:filled", { bubbles: true }));
};

const note = (form, which, actions) => {
  const made = document.getElementById("draft-notes").content.querySelector(`[data-note=${which}]`).cloneNode(true);
  for (const button of made.querySelectorAll("button")) {
    button.addEventListener("click", () => {
      actions[button.dataset.do]();
      made.remove();
    });
  }
  form.prepend(made);
};

// Whether what was sent has been taken, though the page that would have said so was not seen; null where nobody can tell.
const wasTaken = async (action, draft) => {
  try {
    const asked = new URLSearchParams({ path: action, key: draft.key ?? "" });
    const how = { headers: { accept: "application/json" }, signal: AbortSignal.timeout(DEADLINE_MS) };
    const answer = await fetch(`/taken?${asked}`, how);
    return answer.ok ? (await answer.json()).taken : null;
  } catch {
    return null;
  }
};

// Asks, and drops what has been taken; answers as it was told.
const dropIfTaken = async (key, draft) => {
  const taken = await wasTaken(key.slice(mine.length), draft);
  // Something may have been typed, or sent, meanwhile: that is another draft.
  const now = read(key);
  if (taken && now?.sent && now.key === draft.key) drop(key);
  return taken;
};

const keep = async (form) => {
  const key = mine + form.getAttribute("action");
  const asServed = valuesOf(form);
  const refused = form.querySelector("[aria-invalid=true], .form-error") !== null;
  const draft = read(key);
  // What is typed while the server is asked counts too.
  listen(form, key, asServed);
  if (!draft) return;
  if (refused) {
    // What came back is what was sent: it is the latest.
    write(key, { ...draft, values: asServed, sent: false });
    return;
  }
  const taken = draft.sent ? await dropIfTaken(key, draft) : false;
  if (taken || same(draft.values, asServed)) return;
  const isAsServed = () => same(valuesOf(form), asServed);
  const putBack = () => {
    put(form, draft.values);
    write(key, draft);
  };
  // A record may have been changed by somebody else meanwhile, what was sent may be on record, something else may have been typed:
  // there it is only offered.
  if (form.elements.revision || taken === null || !isAsServed()) {
    note(form, "offered", { restore: putBack, discard: () => isAsServed() && drop(key) });
    return;
  }
  putBack();
  const forget = () => {
    drop(key);
    put(form, asServed);
  };
  note(form, "restored", { discard: forget });
};

// Keeps what is typed in a form, and that it was sent.
const listen = (form, key, asServed) => {
  const save = () => {
    const values = valuesOf(form);
    if (same(values, asServed)) drop(key);
    else write(key, { at: Date.now(), values, sent: false });
  };
  // What is saved in the moment after sending must not be taken for something typed since.
  let sending = false;
  const soon = later(400, () => sending || save());
  const typed = () => {
    sending = false;
    soon();
  };
  form.addEventListener("input", (event) => event.isComposing || typed());
  form.addEventListener("compositionend", typed);
  form.addEventListener("submit", () => {
    save();
    sending = true;
    const sent = read(key);
    if (sent) write(key, { ...sent, sent: true, key: form.elements.key?.value });
  });
};

if (me) {
  const forms = [...document.querySelectorAll("form[data-keep]")];
  // Where a page says that something was done, something that was sent may have been taken: the server knows what.
  const done = document.querySelector(".flash") !== null;
  const here = new Set(forms.map((form) => mine + form.getAttribute("action")));
  for (const key of keys()) {
    const draft = read(key);
    if (!draft || Date.now() - draft.at > LONGEST_KEPT_MS) drop(key);
    else if (done && draft.sent && key.startsWith(mine) && !here.has(key)) dropIfTaken(key, draft);
  }
  forms.forEach(keep);
  document.querySelector('form[action="/logout"]')?.addEventListener("submit", () => keys().forEach(drop));
}
