// The phone book at the desk: numbers to dial, people to name, and who an incoming number may be.

import { make } from "./desk-view.js";

export const bookOf = (data, $) => {
  let expected = null;

  const callable = () => {
    const number = $("number").value.replace(/[^\d+#*]/g, "");
    $("tel").hidden = !number;
    $("tel").href = `tel:${number}`;
  };

  // What the company that is chosen has to offer.
  const offer = () => {
    const chosen = data.companies.find((company) => company.uid === $("with").value);
    const numbers = chosen?.numbers ?? [];
    document.getElementById("desk-numbers").replaceChildren(...numbers.map(([label, number]) => Object.assign(make("option", "", label), { value: number })));
    $("number").value = numbers[0]?.[1] ?? "";
    const people = data.contacts.filter((contact) => contact.company === chosen?.uid);
    document.getElementById("desk-people").replaceChildren(...people.map((contact) => Object.assign(make("option", "", ""), { value: contact.label })));
    callable();
  };

  // A number says who it may be.
  const recognise = () => {
    const typed = $("number").value;
    const digits = typed.replace(/\D/g, "");
    const same = (number) => digits.length > 5 && number.replace(/\D/g, "") === digits;
    expected = data.contacts.find((contact) => contact.numbers.some(same)) ?? null;
    const company = data.companies.find((one) => one.uid === expected?.company || one.numbers.some(([, number]) => same(number)));
    if (company && $("with").value !== company.uid) {
      $("with").value = company.uid;
      offer();
      $("number").value = typed;
    }
    callable();
  };

  // Who may have answered, by the number; said once.
  const mayBe = () => {
    const one = expected;
    expected = null;
    return one;
  };

  const named = (label) => data.contacts.find((contact) => contact.label === label);

  return { offer, recognise, mayBe, named };
};
