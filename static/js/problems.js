// A form that came back leads to what it asks for: the first field that was not understood, or else the words that say why.

const first = document.querySelector("main [aria-invalid=true]");
const said = document.querySelector("main .form-error");
if (first) {
  first.focus({ preventScroll: true });
  first.closest(".field")?.scrollIntoView({ block: "center" });
} else if (said) {
  said.scrollIntoView({ block: "center" });
}
