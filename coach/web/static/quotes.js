// Quotes from a rep's material, with the text they come from and what they show.

import { el } from "./dom.js";
import { counted, fill, texts } from "./texts.js";

const words = texts.rep;
const SHOWN_OF_A_TEXT = 2;

/** What people call the text a quote is from: `Deal note 2`. */
export function fieldTitle(field) {
  const [name, number] = field.split(".");
  return fill(words.fields[name] ?? plain(name), { number: Number(number) + 1 });
}

/** What a signal shows, in words; of another rubric's signal, its name. */
export function signalWords(signal) {
  return words.signals[signal] ?? plain(signal);
}

/** A quote. `about` says what it shows or where it is from. */
export function quoted(signal, about) {
  return el(
    "figure",
    { class: "said" },
    el("blockquote", { dir: "auto" }, signal.quote),
    about ? el("figcaption", { class: "hint" }, about) : null,
  );
}

/** Quotes under the text they are from; of each text the surest, and the rest to be opened. */
export function quotesByText(signals) {
  const groups = byField(signals);
  return [...groups].map(([field, ofText]) => {
    const surest = [...ofText].sort((one, other) => (other.confidence ?? 1) - (one.confidence ?? 1)).slice(0, SHOWN_OF_A_TEXT);
    const rest = ofText.filter((one) => !surest.includes(one));
    return el(
      "div",
      { class: "from" },
      el("h3", {}, fieldTitle(field)),
      quoteList(ofText.filter((one) => surest.includes(one))),
      rest.length ? folded(counted(words.more, rest.length), quoteList(rest)) : null,
    );
  });
}

/** Something to be opened. */
export function folded(title, ...content) {
  return el("details", {}, el("summary", {}, title), ...content);
}

function quoteList(signals) {
  return el("ul", { class: "saids" }, signals.map((one) => el("li", {}, quoted(one, signalWords(one.signal)))));
}

function byField(signals) {
  const groups = new Map();
  for (const one of signals) groups.set(one.field, [...(groups.get(one.field) ?? []), one]);
  return groups;
}

function plain(name) {
  return name.replaceAll("_", " ");
}
