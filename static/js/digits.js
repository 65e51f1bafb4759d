// Number and code of a share, checked as they are typed: a digit misheard is said at its field, and costs no try. The server checks
// them again.

// The last of eight digits is a check digit (ISO/IEC 7064:2003, MOD 11,10).
const fits = (digits) => {
  const product = [...digits.slice(0, 7)].reduce((sum, digit) => (((sum + Number(digit)) % 10 || 10) * 2) % 11, 10);
  return (11 - product) % 10 === Number(digits[7]);
};

// Full-width or not, in groups or not, as the server takes them.
const bare = (typed) => typed.normalize("NFKC").replace(/[\s\-‐‑–—−ー.・]/gu, "");

const problem = (form, field) => {
  const digits = bare(field.value);
  if (!/^[0-9]{8}$/.test(digits)) return form.dataset.notEight;
  return fits(digits) ? "" : form.dataset.checkDigit;
};

const say = (field, text) => {
  const id = `${field.name}-problem`;
  const place = document.getElementById(id);
  if (!text) {
    place?.remove();
    field.removeAttribute("aria-invalid");
    if (field.dataset.hint) field.setAttribute("aria-describedby", field.dataset.hint);
    return;
  }
  const line = place ?? Object.assign(document.createElement("p"), { id, className: "field-error" });
  line.textContent = text;
  field.closest(".field").append(line);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", id);
};

for (const form of document.querySelectorAll("form[data-check-digit]")) {
  const fields = [...form.elements].filter((field) => field.inputMode === "numeric");
  for (const field of fields) {
    field.dataset.hint = document.getElementById(`${field.name}-hint`)?.id ?? "";
    field.addEventListener("change", () => say(field, field.value && problem(form, field)));
    // Once said, it goes as soon as it is right.
    field.addEventListener("input", () => field.ariaInvalid === "true" && say(field, problem(form, field)));
  }
  form.addEventListener("submit", (event) => {
    for (const field of fields) say(field, problem(form, field));
    const wrong = fields.find((field) => field.ariaInvalid === "true");
    if (!wrong) return;
    event.preventDefault();
    wrong.focus();
  });
}
