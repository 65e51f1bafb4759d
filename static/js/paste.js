// A screenshot goes into a file field (`data-paste`) in one step: paste, anywhere on the page, or drop it on the field.

const stampOf = (date) => date.toISOString().slice(0, 19).replaceAll(":", "").replace("T", "-");

// A pasted picture has no name of its own worth keeping.
const named = (file, number) => {
  if (file.name && file.name !== "image.png") return file;
  const end = file.type.split("/")[1] ?? "png";
  return new File([file], `screenshot-${stampOf(new Date())}${number ? `-${number + 1}` : ""}.${end}`, { type: file.type });
};

const give = (field, files) => {
  const all = new DataTransfer();
  if (field.multiple) [...field.files].forEach((file) => all.items.add(file));
  (field.multiple ? files : files.slice(0, 1)).forEach((file, number) => all.items.add(named(file, number)));
  field.files = all.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
};

const show = (field) => {
  const thumbs = field.parentElement.querySelector(".thumbs") ?? Object.assign(document.createElement("div"), { className: "thumbs" });
  thumbs.replaceChildren();
  for (const file of [...field.files].filter((file) => file.type.startsWith("image/"))) {
    const reader = new FileReader();
    reader.addEventListener("load", () => thumbs.append(Object.assign(new Image(), { src: reader.result, alt: file.name })));
    reader.readAsDataURL(file);
  }
  field.after(thumbs);
};

const fields = [...document.querySelectorAll("input[type=file][data-paste]")];
fields.forEach((field) => field.addEventListener("change", () => show(field)));

document.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  const field = fields.find((field) => field === document.activeElement) ?? fields[0];
  if (!field || files.length === 0) return;
  event.preventDefault();
  give(field, files);
  field.scrollIntoView({ block: "nearest" });
});
