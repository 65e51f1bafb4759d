// Of the folded parts of a form that are numbered alike ("statement 1", "statement 2", …) only the next empty one is offered.

const kindOf = (part) => part.querySelector("summary")?.textContent.replace(/\s*\d+\s*$/, "") ?? "";

const filled = (part) => part.open || part.querySelector("[aria-invalid=true]") !== null || [...part.querySelectorAll("input:not([type=hidden]):not([type=checkbox]), textarea")].some((field) => field.value !== "");

for (const form of document.querySelectorAll("form[data-keep]")) {
  const kinds = Map.groupBy?.(form.querySelectorAll(":scope > details"), kindOf) ?? new Map();
  for (const parts of kinds.values()) {
    const offer = () => {
      const next = parts.findLastIndex(filled) + 1;
      parts.forEach((part, index) => (part.hidden = index > next));
    };
    parts.forEach((part) => part.addEventListener("toggle", offer));
    form.addEventListener("tellonce:filled", offer);
    offer();
  }
}
