// How the rep sees it, beside what the texts show.

import { el } from "./dom.js";
import { folded, quoted, fieldTitle } from "./quotes.js";
import { panel } from "./result.js";
import { counted, fill, texts } from "./texts.js";

const words = texts.rep;

/** The table; null where nothing is rated and nothing shown. What the texts say nothing on is one line below it. */
export function selfView({ self_assessment: all, signals }) {
  const shown = all.filter((one) => one.shows !== "nothing");
  const rated = all.filter((one) => one.shows === "nothing" && one.rating);
  if (!shown.length && !rated.length) return null;
  return panel("self", words.self, shown.length ? table(shown, signals) : null, rated.length ? nothingOn(rated) : null);
}

function table(shown, signals) {
  const { competency, rating, shows, view } = words.columns;
  const heads = [competency, rating, shows, view].map((name) => el("th", { scope: "col" }, name));
  return el(
    "table",
    { role: "table" },
    el("thead", {}, el("tr", { role: "row" }, heads)),
    el("tbody", {}, shown.map((one) => row(one, signals))),
  );
}

function row({ competency, rating, shows, self_view: view, because }, signals) {
  const cell = (name, ...content) => el("td", { role: "cell", "data-name": words.columns[name] }, ...content);
  const quotes = because.map((index) => signals[index]).map((one) => el("li", {}, quoted(one, fieldTitle(one.field))));
  return el(
    "tr",
    { role: "row" },
    el("th", { scope: "row" }, words.competencies[competency]),
    cell("rating", rating ? fill(words.rating, { rating }) : words.notRated),
    cell("shows", words.shows[shows], quotes.length ? folded(counted(words.quotes, quotes.length), el("ul", { class: "saids" }, quotes)) : null),
    cell("view", words.views[view]),
  );
}

function nothingOn(rated) {
  const list = rated.map(({ competency, rating }) => fill(words.nothingOnOne, { competency: words.competencies[competency].toLowerCase(), rating }));
  return el("p", { class: "hint" }, fill(words.nothingOn, { list: list.join(", ") }));
}
