// Says on an open page that somebody replied through a share: asks every few seconds while the page is looked at. Where the page
// is not to be left (a call goes on), the reply opens apart from it.

const LOOK = 5000;
const DEADLINE = 10_000;
const place = document.querySelector("[data-live]");

if (place) {
  let since = place.dataset.since;
  let looking = false;
  const ask = async () => {
    // Without a network, or logged out, there is nothing to say: the next look may find something again.
    const how = { headers: { accept: "application/json" }, signal: AbortSignal.timeout(DEADLINE) };
    const answer = await fetch(`${place.dataset.live}?since=${since}`, how).catch(() => null);
    if (answer?.redirected) document.dispatchEvent(new Event("logged-out"));
    return answer?.ok && !answer.redirected ? answer.json().catch(() => null) : null;
  };
  const look = async () => {
    // Two at once would say the same twice.
    if (document.hidden || looking) return;
    looking = true;
    const news = await ask();
    looking = false;
    if (!news) return;
    since = news.until;
    for (const { text, href } of news.replies) {
      const line = document.createElement("p");
      const words = document.createElement("bdi");
      words.textContent = text;
      const link = document.createElement("a");
      link.textContent = place.dataset.show;
      link.href = href;
      if ("apart" in place.dataset) link.target = "_blank";
      // The place may be on this very page, which does not hold the reply yet.
      else link.addEventListener("click", () => setTimeout(() => location.reload()));
      line.append(words, " ", link);
      place.append(line);
      place.hidden = false;
    }
  };
  setInterval(look, LOOK);
  document.addEventListener("visibilitychange", look);
}
