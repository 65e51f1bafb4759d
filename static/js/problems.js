// Where one begins. A form that came back leads to what it asks for: the first field that was not understood, or else the words that say
// why.

const first = document.querySelector("main [aria-invalid=true]");
const said = document.querySelector("main .form-error");
if (first) {
  first.focus({ preventScroll: true });
  first.closest(".field")?.scrollIntoView({ block: "center" });
} else if (said) {
  said.scrollIntoView({ block: "center" });
} else if (matchMedia("(pointer: fine)").matches) {
  // Where nothing can be done but type, one can begin. On a phone this would raise the keyboard over what is to be read.
  document.querySelector("[data-begin] :is(input:not([type=hidden]), select, textarea)")?.focus({ preventScroll: true });
}
