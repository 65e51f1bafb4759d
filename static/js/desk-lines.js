// What is typed in the line of a desk: its marks, and how it is shown.

const MARKS = { "?": "question", "？": "question", "!": "promise", "！": "promise", "+": "admission", "＋": "admission", "-": "refusal", "－": "refusal", "*": "claim", "＊": "claim" };
const OURS = new Set([">", "＞"]);
const QUOTES = [["「", "」"], ["『", "』"], ["“", "”"], ['"', '"']];

// Reads a line as typed: marks at its beginning, a due time behind the last @ of a promise, quotation marks around it.
export const readLine = (typed, { kind, ours }) => {
  let words = typed.trim();
  for (;;) {
    const mark = words[0];
    if (OURS.has(mark)) ours = true;
    else if (MARKS[mark]) kind = MARKS[mark];
    else break;
    words = words.slice(1).trimStart();
  }
  let due = "";
  const at = Math.max(words.lastIndexOf("@"), words.lastIndexOf("＠"));
  // An address of mail is no time.
  if (kind === "promise" && at > 0 && !/^[\w-]+\.[a-z]{2,}/i.test(words.slice(at + 1).trim())) {
    due = words.slice(at + 1).trim();
    words = words.slice(0, at).trim();
  }
  const quotes = QUOTES.find(([open, close]) => words.length > 2 && words.startsWith(open) && words.endsWith(close));
  if (quotes) words = words.slice(1, -1).trim();
  return { kind, ours, words, verbatim: Boolean(quotes), due };
};

// Pairs of neighbouring characters that two texts share, as a part of those of the shorter: on the same subject, perhaps.
export const likeness = (one, other) => {
  const pairs = (text) => new Set([...text.toLowerCase().replace(/[\s、。,.!?「」]/g, "")].map((c, n, all) => c + (all[n + 1] ?? "")).slice(0, -1));
  const [a, b] = [pairs(one), pairs(other)];
  const common = [...a].filter((pair) => b.has(pair)).length;
  return common / Math.max(1, Math.min(a.size, b.size));
};
