// A deal review: the verdict, the four questions, the marked note, what to ask, and what to know of it.

import { copyButton } from "../static/copying.js";
import { el, goTo } from "../static/dom.js";
import { notices, provenance } from "../static/result.js";
import { counted, day, fill, texts } from "../static/texts_review.js";
import { markedNote } from "./evidence.js";

const QUESTIONS = ["problem", "criteria", "action", "process"];

/**
 * Build the whole review. The note may be missing: then its quotes stand for it. `corrections` is what was said of its
 * findings, and `copied` is called with a question that was put on the clipboard.
 * Returns `{ nodes, renew }`; see `markedText`.
 */
export function reviewView(review, note, { corrections, copied }) {
  const marked = markedNote(note, review.statements, corrections);
  const quote = (index) => quoteButton(review.statements[index], (origin) => marked.show([index], origin));
  const nodes = [
    head(review),
    verdict(review.claim, quote),
    notices(review.notices),
    strip(review, marked.show),
    el("div", { class: "columns" }, noteSection(review, note, marked.element), coaching(review, marked.show, copied)),
    provenance(review.provenance),
  ].filter(Boolean);
  return { nodes, renew: marked.renew };
}

/** The head; the host's own buttons stand in it. */
function head(review) {
  const written = fill(texts.review.writtenOn, { date: day(review.written_on) });
  return el(
    "div",
    { class: "review-head", part: "head" },
    el("div", {}, el("h1", {}, review.deal.name ?? texts.review.untitled), el("p", { class: "hint" }, written)),
    el("slot", { name: "actions" }),
  );
}

function verdict(claim, quote) {
  const { words, icons } = texts.verdict;
  const because = claim.because.map(quote);
  const open = claim.would_establish.map((act) => el("li", {}, act));
  return el(
    "section",
    { class: `panel verdict ${claim.verdict}`, part: "panel verdict", "aria-labelledby": "verdict" },
    el(
      "div",
      {},
      el("p", { class: "eyebrow" }, claimWords(claim)),
      el(
        "h2",
        { id: "verdict", tabindex: -1 },
        el("span", { class: "icon", "aria-hidden": "true" }, icons[claim.verdict]),
        words[claim.verdict],
      ),
      el("p", { class: "explanation" }, claim.explanation),
      because.length ? [el("h3", {}, texts.verdict.because), el("ul", { class: "quotes" }, because.map((one) => el("li", {}, one)))] : null,
    ),
    open.length || claim.refuter
      ? el(
          "div",
          { class: "ways" },
          open.length ? [el("h3", {}, texts.verdict.wouldEstablish), el("ul", {}, open)] : null,
          claim.refuter ? [el("h3", {}, texts.verdict.refuter), refuter(claim.refuter)] : null,
        )
      : null,
  );
}

function claimWords({ verdict: word, close_date: date }) {
  if (date) return fill(texts.verdict.claim, { date: day(date) });
  return word === "no_claim" ? texts.verdict.noClaim : texts.verdict.claimUndated;
}

function refuter({ act, by }) {
  const until = by ? el("p", { class: "hint" }, fill(texts.verdict.refuterBy, { date: day(by) })) : null;
  return [el("p", {}, act), until];
}

function quoteButton({ quote, centre }, onVisit) {
  const button = el("button", { type: "button", class: `quote ${centre}`, onclick: () => onVisit(button) }, quote);
  return button;
}

function strip(review, show) {
  const cells = QUESTIONS.map((question) => {
    const { status, because } = review.coverage[question];
    const asked = review.questions.findIndex((one) => one.question === question);
    const visit = () => (because.length ? show(because, cell) : goTo(cell.getRootNode().getElementById(`ask-${asked}`)));
    const cell = el(
      "button",
      { type: "button", class: `cell ${status}`, disabled: !because.length && asked < 0, onclick: visit },
      el("span", { class: "status" }, el("i", { class: "ring", "aria-hidden": "true" }), texts.questions.status[status]),
      el("strong", {}, texts.questions.titles[question]),
      el("span", { class: "asked" }, texts.questions.asks[question]),
      el("span", { class: "hint" }, evidenceCount(because.length)),
    );
    return cell;
  });
  return el("section", { class: "strip", part: "strip", "aria-label": texts.questions.region }, cells);
}

function evidenceCount(count) {
  if (!count) return texts.questions.noEvidence;
  return counted(texts.questions.evidence, count);
}

function noteSection(review, note, marked) {
  const legend = ["buyer", "seller"].map((centre) => el("li", {}, el("span", { class: `swatch ${centre}` }), texts.note[centre]));
  return el(
    "section",
    { class: "panel note", part: "panel note", "aria-labelledby": "note-title" },
    el("div", { class: "section-head" }, el("h2", { id: "note-title" }, note == null ? texts.note.quotes : texts.note.title), el("ul", { class: "legend" }, legend)),
    el("button", { type: "button", class: "link skip", onclick: skip }, texts.review.skip),
    el("p", { class: "hint" }, review.statements.length ? texts.note.hint : texts.note.none),
    marked,
  );
}

function skip({ target }) {
  goTo(target.getRootNode().getElementById("asks"), "start");
}

function coaching(review, show, copied) {
  return el("div", { class: "coaching" }, asks(review.questions, show, copied), focus(review.focus), balance(review.balance));
}

function asks(questions, show, copied) {
  const all = questions.map((one, at) => `${at + 1}. ${one.ask}`).join("\n");
  return el(
    "section",
    { class: "panel asks", part: "panel asks", id: "asks", tabindex: -1, "aria-labelledby": "asks-title" },
    el(
      "div",
      { class: "section-head" },
      el("h2", { id: "asks-title" }, texts.coaching.asks),
      questions.length > 1 ? copyButton(texts.coaching.copyAll, texts.coaching.copyAll, all, copied) : null,
    ),
    questions.length
      ? el("ol", {}, questions.map((one, at) => askItem(one, at, show, copied)))
      : el("p", {}, texts.coaching.noAsks),
  );
}

function askItem({ ask, question, because }, at, show, copied) {
  const number = at + 1;
  const label = fill(texts.coaching.seeLabel, { number });
  const see = el("button", { type: "button", class: "link", "aria-label": label, onclick: () => show(because, see) }, texts.coaching.seeInNote);
  return el(
    "li",
    { id: `ask-${at}`, tabindex: -1 },
    el("p", {}, ask),
    el(
      "p",
      { class: "ask-foot" },
      el("span", { class: "tag" }, texts.questions.titles[question]),
      because.length ? see : null,
      copyButton(texts.copying.copy, fill(texts.coaching.copyLabel, { number }), ask, copied),
    ),
  );
}

function focus({ title, why, do: act }) {
  return el(
    "section",
    { class: "panel focus", part: "panel focus", "aria-labelledby": "focus" },
    el("p", { class: "eyebrow" }, texts.coaching.focus),
    el("h2", { id: "focus" }, title),
    el("p", {}, why),
    el("p", { class: "act" }, act),
  );
}

function balance({ buyer, seller }) {
  const bar = ["buyer", "seller"].map((centre) => el("span", { class: centre }));
  bar[0].style.flexGrow = buyer;
  bar[1].style.flexGrow = seller;
  return el(
    "section",
    { class: "panel balance", part: "panel balance", "aria-labelledby": "balance" },
    el("h2", { id: "balance" }, texts.coaching.balance),
    el("div", { class: "bar", "aria-hidden": "true" }, bar),
    el("p", {}, el("strong", {}, fill(texts.coaching.balanceText, { buyer, seller }))),
    el("p", { class: "hint" }, texts.coaching.balanceWhy),
  );
}
