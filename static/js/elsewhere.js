// A long timeline has pages: what is pointed to may stand on another one, which the server finds.

const timeline = document.querySelector("#timeline .pager") && document.getElementById("timeline");

const go = () => {
  const { hash } = location;
  if (!hash.startsWith("#e-") || document.getElementById(hash.slice(1))) return;
  const address = new URL(location.href);
  // What was asked for once and is not there is nowhere.
  if (address.searchParams.get("entry") === hash.slice(3)) return;
  address.search = "";
  address.searchParams.set("entry", hash.slice(3));
  location.replace(address);
};

if (timeline) {
  addEventListener("hashchange", go);
  go();
}
