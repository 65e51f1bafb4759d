// Says on an open page that somebody replied through a share: asks every few seconds while the page is looked at. Where the page
// is not to be left (a call goes on), the reply opens apart from it.

const LOOK = 5000;
const place = document.querySelector("[data-live]");

if (place) {
  let since = place.dataset.since;
  const look = async () => {
    if (document.hidden) return;
    // Without a network, or logged out, there is nothing to say: the next look may find something again.
    const answer = await fetch(`${place.dataset.live}?since=${since}`, { headers: { accept: "application/json" } }).catch(() => null);
    if (answer?.redirected) document.dispatchEvent(new Event("logged-out"));
    if (!answer?.ok || answer.redirected) return;
    const news = await answer.json();
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
