// Who at the customer's has been heard in a deal's notes, and who never.

import { el } from "./dom.js";
import { panel } from "./result.js";
import { counted, day, fill, texts } from "./texts.js";

const words = texts.deal;

export function peoplePanel({ heard, unheard, notes }) {
  if (!notes.length) return null;
  return panel(
    "people",
    words.people,
    el("h3", {}, words.heard),
    heard.length ? el("ul", { class: "people-list" }, heard.map(heardOne)) : el("p", {}, words.heardNobody),
    unheard.length
      ? [el("h3", {}, words.unheard), el("ul", { class: "people-list never" }, unheard.map(unheardOne)), el("p", { class: "hint" }, words.unheardWhy)]
      : null,
  );
}

function heardOne(one) {
  return el(
    "li",
    {},
    name(one),
    el("span", { class: "hint" }, fill(words.heardLast, { date: day(one.last_on, "short"), times: counted(words.times, one.statements) })),
    el("q", { dir: "auto" }, one.quote),
  );
}

function unheardOne(one) {
  const named = fill(one.first_on === one.last_on ? words.namedOnce : words.named, { first: day(one.first_on, "short"), date: day(one.last_on, "short") });
  return el(
    "li",
    {},
    name(one),
    el("span", { class: "hint" }, one.quote ? fill(words.silent, { named }) : named),
    one.quote ? el("q", { dir: "auto" }, one.quote) : null,
  );
}

function name({ who, role }) {
  return el("strong", {}, who, role ? el("span", { class: "role" }, ` ${role}`) : null);
}
