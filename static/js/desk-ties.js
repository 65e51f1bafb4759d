// What a line of the desk can be tied to: a clause or agreement, an earlier statement, an ask; chosen from a list by its number.

import { make } from "./desk-view.js";

// `chosen` is told what was tied to which, or to nothing.
export const tiesOf = (data, list, say, chosen) => {
  const names = {
    cites: data.cites,
    answers: data.asks,
    against: data.said.map((said) => ({ uid: said.uid, name: `${said.words} · ${said.source}` })),
  };

  let typedIn = null;

  // Back to where one was typing: outside a field the next letters would be taps.
  const close = () => {
    list.hidden = true;
    list.dataset.open = "";
    typedIn?.focus();
    typedIn = null;
  };

  const item = (what, one, n) => {
    const button = make("button", "link", `${n}  ${one.name}`);
    button.type = "button";
    button.addEventListener("click", () => {
      close();
      chosen(what, one.uid);
    });
    const place = make("li", "", "");
    place.append(button);
    return place;
  };

  // Opens the list, or closes it where it is open.
  const open = (what) => {
    if (list.dataset.open === what) {
      close();
      return;
    }
    if (list.hidden) typedIn = document.activeElement.closest("input");
    list.dataset.open = what;
    list.hidden = false;
    list.replaceChildren(...[{ uid: null, name: say("desk-tie-none") }, ...names[what]].map((one, n) => item(what, one, n)));
    list.scrollIntoView({ block: "center" });
    list.querySelector("button").focus({ preventScroll: true });
  };

  // Chooses by number, where the list is open; answers whether it was.
  const pick = (n) => {
    if (list.hidden) return false;
    list.querySelectorAll("button")[n]?.click();
    return true;
  };

  return { open, close, pick };
};
