// Single keys: `c` begins to record a call, `/` goes to the search field. A page offers them by `data-key` (one, or several with
// blanks between) on a link, a button or a field. Never while something is being typed or an input method is composing.

import { isTurnedOff } from "./own-keys.js";

const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
  const plain = !(event.ctrlKey || event.metaKey || event.altKey || event.repeat);
  // While composing, the key belongs to the input method; some browsers tell it by keyCode 229 alone.
  if (!plain || event.isComposing || event.keyCode === 229 || typing(event.target) || isTurnedOff(event)) return;
  const offered = document.querySelector(`[data-key~="${CSS.escape(event.key)}"]`);
  if (!offered) return;
  event.preventDefault();
  if (offered.matches("input, select, textarea")) offered.focus();
  else offered.click();
});
