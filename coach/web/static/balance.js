// How a conversation is made up: asked and told, and whose words they are. Numbers of things said, and no score.

import { el } from "./dom.js";
import { panel } from "./result.js";
import { fill, texts } from "./texts.js";

const words = texts.manager;
const ASKED = ["buyer_questions", "seller_questions", "coaching_questions"];
const TOLD = ["tells", "takeovers", "judgements"];

/** The balance of one conversation. */
export function balancePanel(balance) {
  const { manager_words: own, other_words: others, supports, accountabilities } = balance;
  const share = own + others ? Math.round((100 * own) / (own + others)) : null;
  return panel(
    "talk-balance",
    words.balance,
    el("div", { class: "ends" }, end("ask", words.asked, balance.asked), end("tell", words.told, balance.told)),
    bar(balance.asked, balance.told),
    el("div", { class: "counts" }, counts(ASKED, balance), counts(TOLD, balance)),
    el("p", { class: "hint" }, fill(words.beside, { supports, accountabilities })),
    share === null
      ? null
      : [
          el("h3", {}, words.words),
          bar(own, others, "words"),
          el("p", { class: "ends" }, el("span", {}, fill(words.yourWords, { share })), el("span", {}, fill(words.otherWords, { share: 100 - share }))),
        ],
  );
}

/** A bar of two parts; what it shows stands in words beside it. */
export function bar(first, second, kind = "") {
  const parts = ["ask", "tell"].map((side) => el("span", { class: side }));
  parts[0].style.flexGrow = first;
  parts[1].style.flexGrow = second;
  return el("div", { class: `bar ${kind}`, "aria-hidden": "true" }, parts);
}

function end(side, name, count) {
  return el("p", { class: side }, el("strong", {}, String(count)), ` ${name}`);
}

function counts(names, balance) {
  return el("ul", {}, names.map((name) => el("li", {}, el("strong", {}, String(balance[name])), ` ${words.counts[name]}`)));
}
