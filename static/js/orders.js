// Shows how far an export has come: looks at the page again every second, while something is being made and the page is looked at.

const LOOK = 1000;

const look = async () => {
  const place = document.querySelector("#orders[data-under-way]");
  if (!place) return;
  if (!document.hidden) {
    // Without a network, or logged out, what was seen last stays; the next look may find more.
    const answer = await fetch(location.pathname).catch(() => null);
    if (answer?.ok && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#orders");
      if (page && page.innerHTML !== place.innerHTML) place.replaceChildren(...page.childNodes);
      if (page && !("underWay" in page.dataset)) delete place.dataset.underWay;
    }
  }
  setTimeout(look, LOOK);
};

setTimeout(look, LOOK);
