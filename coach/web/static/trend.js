// Earlier conversations of the same manager's beside this one.

import { bar } from "./balance.js";
import { el } from "./dom.js";
import { panel } from "./result.js";
import { day, fill, texts } from "./texts.js";

const words = texts.manager;

const SHOWN = 5;

/** The trend, the oldest first; null where this is the first conversation. */
export function trend(review) {
  if (!review.trend.length) return null;
  const points = [...review.trend.slice(-SHOWN).map((one) => point(day(one.held_on, "short"), one.balance)), point(`${day(review.held_on, "short")}, ${words.now}`, review.balance)];
  return panel("trend", words.trend, el("ol", {}, points));
}

function point(name, balance) {
  const { asked, told, buyer_questions: buyer, seller_questions: seller } = balance;
  return el("li", {}, el("h3", {}, name), bar(asked, told), el("p", { class: "hint" }, fill(words.trendText, { asked, told, buyer, seller })));
}
