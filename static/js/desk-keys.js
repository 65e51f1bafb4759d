// The keys of the desk: single ones outside the fields, the same with Alt within them. Never while an input method composes.

import { isTurnedOff } from "./own-keys.js";

const typing = (target) => target.closest("input, textarea, select") !== null;

export const listenToKeys = (desk, { tap, digit, escape, keys }) => {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.repeat) return;
    const inField = typing(event.target);
    if (event.key === "Escape") {
      escape();
      if (inField) event.target.blur();
      return;
    }
    if ((inField && !event.altKey) || isTurnedOff(event)) return;
    // By the key's place: with Alt, some keyboards write signs.
    const key = event.altKey ? (event.code.match(/^(?:Key|Digit)([A-Z0-9])$/)?.[1] ?? "").toLowerCase() : event.key;
    const offered = [...desk.querySelectorAll(`[data-tap-key="${CSS.escape(key)}"]`)].find((button) => !button.hidden);
    const isDigit = /^\d$/.test(key);
    if (!offered && !keys[key] && !isDigit) return;
    event.preventDefault();
    if (offered) tap(offered.dataset.tap);
    else if (isDigit) digit(Number(key));
    else keys[key]();
  });
};
