// Checks the files of a zip that lies unpacked on a stick against the list that the page holds. A page that was opened from there may
// read no file by itself: whoever reads it chooses the folder. Stands behind sha256.js in one script.

const PAGE = "index.html";
const LIST = "manifest.json";

const place = document.getElementById("check");
const say = place.dataset;
const last = (path) => path.slice(path.lastIndexOf("/") + 1);
const folder = (path) => path.slice(0, path.lastIndexOf("/") + 1);

// What was chosen, by where it stands in the zip. Chosen as a folder, that is below the page or the list; chosen one by one, a file's
// name says it, since no two have the same.
const placed = (files, paths) => {
  const chosen = [...files].map((file) => [(file.webkitRelativePath || file.name).normalize(), file]);
  const marks = chosen.map(([path]) => path).filter((path) => path.includes("/") && [PAGE, LIST].includes(last(path)));
  const tops = marks.map(folder).sort((one, other) => one.length - other.length);
  const root = tops[0] ?? folder(chosen[0][0]).split("/").slice(0, 1).map((top) => top && `${top}/`)[0];
  const byName = new Map(paths.map((path) => [last(path), path]));
  const found = new Map();
  for (const [path, file] of chosen) {
    if (!path.includes("/")) found.set(byName.get(path) ?? path, file);
    else if (path.startsWith(root)) found.set(path.slice(root.length), file);
  }
  return found;
};

const hashed = async (file) => {
  const hash = new Sha256();
  const reader = file.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return hash.hex();
    hash.update(value);
  }
};

// Whether the page is as it was written: its hash was taken with zeros in the hash's own place.
const isPageWhole = (bytes) => {
  const sign = [...'data-self="'].map((c) => c.charCodeAt(0));
  const at = bytes.findIndex((_, start) => sign.every((code, n) => bytes[start + n] === code)) + sign.length;
  const own = String.fromCharCode(...bytes.subarray(at, at + 64));
  const blank = bytes.slice();
  blank.fill(0x30, at, at + 64);
  return new Sha256().update(blank).hex() === own;
};

// Whether the list is as it was written. Of a page that is not whole, it is believed what the list says.
const isListWhole = (text, page, whole) => {
  const expected = JSON.parse(say.list);
  const line = expected.files.find((file) => file.path === PAGE);
  if (whole) {
    [line.size, line.sha256] = [page.length, new Sha256().update(page).hex()];
  } else {
    const said = text.match(/"path": "index\.html",\n\s*"size": (\d+),\n\s*"sha256": "([0-9a-f]{64})"/);
    if (!said) return false;
    [line.size, line.sha256] = [Number(said[1]), said[2]];
  }
  return `${JSON.stringify(expected, null, 2)}\n` === text;
};

// What is wrong with one file, as a key of the words; nothing where it is as it was written.
const wrong = async (path, file, listed, page) => {
  if (!file) return "missing";
  if (path === PAGE) return page.whole ? null : "differs";
  if (path === LIST) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return isListWhole(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), page.bytes, page.whole) ? null : "differs";
  }
  return file.size === listed.size && (await hashed(file)) === listed.sha256 ? null : "differs";
};

const check = async (files) => {
  const listed = new Map(JSON.parse(say.list).files.map((file) => [file.path.normalize(), file]));
  const paths = [...listed.keys(), LIST];
  const found = placed(files, paths);
  const bytes = found.has(PAGE) ? new Uint8Array(await found.get(PAGE).arrayBuffer()) : new Uint8Array();
  const page = { bytes, whole: isPageWhole(bytes) };
  const status = place.querySelector("[role=status]");
  const problems = [];
  for (const [n, path] of paths.entries()) {
    status.textContent = `${say.reading} ${n + 1} / ${paths.length}`;
    const key = await wrong(path, found.get(path), listed.get(path), page).catch(() => "unreadable");
    if (key) problems.push([path, key]);
  }
  for (const path of found.keys()) if (!paths.includes(path)) problems.push([path, "extra"]);
  const isBad = problems.some(([, key]) => key !== "extra");
  status.textContent = isBad ? say.bad : say.good;
  status.className = isBad ? "alarm" : "";
  place.querySelector("ul.found").replaceChildren(...problems.map(([path, key]) => {
    const [item, name, word] = ["li", "bdi", "span"].map((kind) => document.createElement(kind));
    name.textContent = path;
    word.textContent = say[key];
    word.className = key === "extra" ? "soft" : "alarm";
    item.append(name, " ", word);
    return item;
  }));
};

for (const input of place.querySelectorAll("input")) {
  input.addEventListener("change", () => input.files.length > 0 && check(input.files));
}
place.querySelector(".choose").hidden = false;
