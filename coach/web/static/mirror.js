// A conversation on the page: what to practise, the balance, what a leader would have asked, the marked transcript.

import { balancePanel } from "./balance.js";
import { copyButton } from "./copying.js";
import { el } from "./dom.js";
import { markedText } from "./marked.js";
import { notices, panel, provenance, resultHead } from "./result.js";
import { day, fill, texts } from "./texts.js";
import { trend } from "./trend.js";

const words = texts.manager;
const TELLING = ["tell", "takeover", "judgement"];
const SHOWN = 2;

/** Build the whole mirror. `acts` are what its buttons do: `edit` and `fresh`. */
export function mirrorView(review, transcript, acts) {
  const asks = new Map(review.rewrites.map((one) => [review.moves[one.move], one.ask]));
  const marked = markedText(transcript, review.moves, {
    side: sideOf,
    label: ({ move, quote }) => fill(words.label, { move: words.moves[move].name, quote }),
    card: (move) => cardContent(move, asks.get(move)),
  });
  const title = review.rep ? fill(words.headline, review) : review.manager;
  return [
    resultHead(title, fill(words.heldOnDay, { date: day(review.held_on) }), acts, words),
    notices(review.notices),
    el("div", { class: "columns even" }, practice(review, marked.show), balancePanel(review.balance)),
    el("div", { class: "columns turned" }, el("div", { class: "coaching" }, rewrites(review, marked.show), trend(review)), text(review, marked.element)),
    provenance(review.provenance),
  ].filter(Boolean);
}

function sideOf({ move }) {
  return TELLING.includes(move) ? "tell" : "ask";
}

function cardContent(one, ask) {
  const { name, what } = words.moves[one.move];
  return [
    el("p", { class: `kind ${sideOf(one)}` }, name),
    el("p", {}, what),
    ask ? el("p", {}, fill(words.instead, { ask })) : null,
  ].filter(Boolean);
}

function practice({ practice: one, moves }, show) {
  const quotes = one.because.slice(0, SHOWN).map((index) => {
    const visit = () => show([index], button);
    const button = el("button", { type: "button", class: `quote ${sideOf(moves[index])}`, onclick: visit }, moves[index].quote);
    return el("li", {}, button);
  });
  const more = one.because.length - quotes.length;
  return el(
    "section",
    { class: "panel focus", "aria-labelledby": "verdict" },
    el("p", { class: "eyebrow" }, words.practise),
    el("h2", { id: "verdict", tabindex: -1 }, one.title),
    el("p", {}, one.why),
    el("p", { class: "act" }, one.do),
    quotes.length ? [el("h3", {}, words.because), el("ul", { class: "quotes" }, quotes)] : null,
    more > 0 ? el("p", { class: "hint" }, fill(words.becauseMore, { count: more })) : null,
  );
}

function rewrites({ rewrites: all, moves }, show) {
  const items = all.map(({ move, ask }, at) => {
    const number = at + 1;
    const visit = () => show([move], see);
    const see = el("button", { type: "button", class: "link", "aria-label": fill(words.seeLabel, { number }), onclick: visit }, words.seeInText);
    return el(
      "li",
      {},
      el("p", { class: "eyebrow" }, words.said),
      el("p", { class: "was", dir: "auto" }, moves[move].quote),
      el("p", { class: "eyebrow" }, words.ask),
      el("p", { class: "better" }, ask),
      el("p", { class: "ask-foot" }, see, copyButton(texts.copying.copy, fill(words.copyLabel, { number }), ask)),
    );
  });
  return panel("rewrites", words.rewrites, items.length ? el("ol", {}, items) : el("p", {}, words.rewriteNone));
}

function text(review, marked) {
  const legend = Object.entries(words.sides).map(([side, name]) => el("li", {}, el("span", { class: `swatch ${side}` }), name));
  return el(
    "section",
    { class: "panel note", "aria-labelledby": "text-title" },
    el("div", { class: "section-head" }, el("h2", { id: "text-title" }, words.text), el("ul", { class: "legend" }, legend)),
    el("p", { class: "hint" }, review.moves.length ? words.hint : words.none),
    marked,
  );
}
