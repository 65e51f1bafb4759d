// A form on its way says so on the button that sent it, where it takes long enough to be noticed.

const NOTICED = 400;

document.addEventListener("submit", ({ target: form, submitter, defaultPrevented }) => {
  // What a script takes in hand does not leave the page.
  if (defaultPrevented || !submitter || form.method !== "post") return;
  const told = setTimeout(() => submitter.setAttribute("aria-busy", "true"), NOTICED);
  // Whoever comes back to the page by the browser's own button finds it as it was.
  addEventListener("pagehide", () => {
    clearTimeout(told);
    submitter.removeAttribute("aria-busy");
  }, { once: true });
});
