// How a call at the desk is shown: its clock, its people and waits, its lines. Made once, from what the page knows.

export const make = (name, className, text) => Object.assign(document.createElement(name), { className, textContent: text });

export const length = (ms) => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return (parts[0] ? parts : parts.slice(1)).map((part, n) => (n ? String(part).padStart(2, "0") : part)).join(":");
};

const sum = (waits, now) => waits.reduce((all, wait) => all + (wait.to ?? now) - wait.from, 0);

// How long was waited in a call: on calls of ours, until somebody answers as well.
export const waitedIn = (call, now) => {
  if (call.dialled === null) return 0;
  const end = call.ended ?? now;
  if (call.direction === "out" && call.legs.length === 0) return end - call.dialled;
  return sum(call.waits, end) + (call.direction === "out" ? call.answered - call.dialled : 0);
};

export const viewOf = (data, lang) => {
  const say = (key, args = {}) => (data.words[key] ?? key).replace(/\{\s*\$(\w+)\s*\}/g, (_, name) => args[name] ?? "");
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: data.zone, hour: "2-digit", minute: "2-digit" });
  const clockTime = (at) => time.format(at);
  const quoted = (words) => (lang === "ja" ? `「${words}」` : `“${words}”`);
  const personOf = (leg) => data.contacts.find((contact) => contact.uid === leg.contact)?.label ?? (leg.who || say("desk-unknown"));

  // Those reached and the waits between them, in order; `name` is called with which of those reached is to be named.
  const legItems = (call, name) => {
    const parts = [
      ...call.legs.map((leg, n) => ({ ...leg, n, text: personOf(leg), now: n === call.legs.length - 1 && leg.to === null, told: leg.told_from !== null })),
      ...call.waits.map((wait) => ({ ...wait, text: say(`wait-${wait.why}`), wait: true, now: wait.to === null })),
    ].sort((one, other) => one.from - other.from);
    return parts.map((part) => {
      const item = make("li", [part.wait && "wait", part.now && "now"].filter(Boolean).join(" "), part.wait ? `${part.text} ` : "");
      if (!part.wait) {
        const person = make("button", "link", part.text);
        person.type = "button";
        person.addEventListener("click", () => name(part.n));
        item.append(person, " ");
      }
      const lasted = make("span", "tnum", part.to === null ? "" : length(part.to - part.from));
      if (part.to === null) lasted.dataset.running = part.from;
      item.append(lasted);
      if (part.told) item.append(make("small", "", ` ${say("desk-told")}${part.told_to === null ? " …" : ` ${length(part.told_to - part.told_from)}`}`));
      return item;
    });
  };

  // A line, with what can be done to it (a list of a text and what it does).
  const lineItem = (line, links = []) => {
    const item = make("li", line.ours ? "ours" : "", "");
    const head = make("span", "k", [line.ours && say("desk-line-ours"), say(`statement-kind-${line.kind}`)].filter(Boolean).join(" · "));
    const words = make("span", "", line.verbatim ? quoted(line.words) : line.words);
    if (line.due) words.append(make("small", "", ` ${say("desk-due", { due: line.due })}`));
    const ties = [[data.cites, line.cites], [data.asks, line.answers], [data.said, line.against]];
    for (const [list, uid] of ties) {
      const tied = list.find((one) => one.uid === uid);
      if (tied) words.append(make("small", "tag", tied.name ?? `≠ ${tied.words}`));
    }
    item.append(make("time", "", clockTime(line.at)), head, words);
    if (links.length) {
      const all = make("span", "links", "");
      for (const [text, run] of links) {
        const button = make("button", "link", text);
        button.type = "button";
        button.addEventListener("click", run);
        all.append(button);
      }
      item.append(all);
    }
    return item;
  };

  return { say, quoted, clockTime, personOf, legItems, lineItem };
};
