// Says, while a time is typed, how it is understood. A field offers itself by `data-moment`; with `data-future` a bare time is one
// to come. What has been seen so is sent in its full spelling, so that the form need not ask.

import { later } from "./wait.js";

const seen = new WeakMap();

const ask = async (field, output) => {
  const text = field.value.trim();
  seen.get(field)?.abort.abort();
  if (text === "") {
    seen.delete(field);
    output.textContent = "";
    return;
  }
  const abort = new AbortController();
  seen.set(field, { abort, text, spelled: null });
  const query = new URLSearchParams({ text });
  if ("future" in field.dataset) query.set("future", "true");
  try {
    const answer = await fetch(`/moments?${query}`, { signal: abort.signal, headers: { accept: "application/json" } });
    if (!answer.ok) return;
    const { says, spelled } = await answer.json();
    if (seen.get(field)?.abort !== abort) return;
    output.textContent = says;
    output.classList.toggle("unclear", !spelled);
    seen.set(field, { abort, text, spelled });
  } catch {
    // Without a connection the form itself says what it did not understand.
  }
};

for (const field of document.querySelectorAll("input[data-moment]")) {
  const output = field.closest(".field")?.querySelector("output");
  if (!output) continue;
  const soon = later(250, () => ask(field, output));
  field.addEventListener("input", (event) => event.isComposing || soon());
  field.addEventListener("compositionend", soon);
  field.form?.addEventListener("tellonce:filled", soon);
  field.form?.addEventListener("submit", () => {
    const told = seen.get(field);
    if (told?.spelled && told.text === field.value.trim()) field.value = told.spelled;
  });
}
