// The form for a new key: whose it is, what it may do, and until when.

import { Failure, makeKey } from "./api.js";
import { el } from "./dom.js";
import { texts } from "./texts.js";

const words = texts.settings.keys;
const NAMED = ["manager", "rep"];
const NOT_OF_A_PROGRAM = ["admin", "privacy:write"];

/** The form. `first`: nobody has a key yet; `own`: what the caller may do; `make` does what may fail, and says whether it was done. */
export function keyForm({ first, own, make }) {
  const field = (id, label, control, hint) => el("div", { class: "field" }, el("label", { for: id }, label), control, hint ? el("p", { class: "hint", id: `${id}-hint` }, hint) : null);
  const name = el("input", { id: "key-name", maxlength: 200, placeholder: words.namePlaceholder });
  const roles = Object.entries(words.roles).filter(([role]) => !first || role === "admin");
  const role = el("select", { id: "key-role" }, roles.map(([value, text]) => el("option", { value }, text)));
  const person = el("input", { id: "key-person", maxlength: 200, "aria-describedby": "key-person-hint" });
  const last = el("input", { id: "key-last", type: "date", min: "1990-01-01", max: "2100-12-31" });
  const boxes = own.filter((scope) => !NOT_OF_A_PROGRAM.includes(scope)).map((scope) => el("label", { class: "check" }, el("input", { type: "checkbox", value: scope }), texts.settings.scopes[scope] ?? scope));
  const whose = field("key-person", words.person, person, words.personHint);
  const scopes = el("fieldset", { class: "scopes" }, el("legend", {}, words.scopes), boxes);
  const follow = () => {
    whose.hidden = !NAMED.includes(role.value);
    scopes.hidden = role.value !== "service";
  };
  role.addEventListener("change", follow);
  follow();
  const form = el(
    "form",
    { class: "key-form", novalidate: true, autocomplete: "off" },
    el("h3", {}, words.makeOne),
    el("div", { class: "fields" }, field("key-name", words.name, name), field("key-role", words.role, role), field("key-last", words.last, last)),
    whose,
    scopes,
    el("div", { class: "submit" }, el("button", { type: "submit", class: "main-button" }, words.make)),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wanted = () => {
      if (last.validity.badInput) throw new Failure(texts.errors.badDate);
      return {
        ...(name.value.trim() && { name: name.value.trim() }),
        role: role.value,
        ...(!whose.hidden && { person: person.value.trim() || null }),
        ...(!scopes.hidden && { scopes: boxes.map((box) => box.querySelector("input")).filter((box) => box.checked).map((box) => box.value) }),
        last_day: last.value || null,
      };
    };
    if (!(await make(async () => makeKey(wanted())))) return;
    form.reset();
    follow();
  });
  return form;
}
