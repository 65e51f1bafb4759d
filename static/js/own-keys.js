// Whether single keys act: whoever speaks to the computer, or whose hands shake, turns them off for this browser on the account's page.

import { attempt } from "./attempt.js";

const KEY = "tellonce:no-keys";

// Whether this key is one that was turned off. Those that are no sign (Escape, the arrows) stay.
export const isTurnedOff = (event) => event.key.length === 1 && !event.altKey && attempt(() => localStorage.getItem(KEY)) !== null;

const place = document.querySelector("[data-no-keys]");

if (place) {
  const tick = place.querySelector("input");
  tick.checked = attempt(() => localStorage.getItem(KEY)) !== null;
  tick.addEventListener("change", () => attempt(() => (tick.checked ? localStorage.setItem(KEY, "yes") : localStorage.removeItem(KEY))));
  place.hidden = false;
}
