// What a card shows: the verdict, the customer's strongest words, what is missing, one question.

import { copyButton } from "./copying.js";
import { el } from "./dom.js";
import { addressOf } from "./from_address.js";
import { day, fill, texts } from "./texts.js";

const words = texts.card;
const OUTSIDE = { target: "_blank", rel: "noopener" };

/** What the deal is called. */
export function titleOf({ name, record }) {
  return name ?? fill(words.untitled, { record });
}

/** Build the card. */
export function cardView(card) {
  const open = el("p", { class: "open" }, el("a", { href: `../../deal?id=${card.deal}`, ...OUTSIDE }, words.open));
  const head = el("h1", {}, titleOf(card));
  if (card.state !== "reviewed") return [head, notReviewed(card), open];
  return [head, verdict(card), customer(card.quote), missing(card), ask(card.ask), open].filter(Boolean);
}

/** Build what stands in place of a card; `acts.again` asks once more. */
export function failureView(failure, { hasPass, again }) {
  if (failure.code === "not_found") return said(words.unknown, words.unknownHint);
  if (failure.code !== "not_authenticated") {
    return said(words.failed, failure.message, el("button", { type: "button", class: "quiet", onclick: again }, words.again));
  }
  if (hasPass) return said(words.passed, words.passedHint);
  return said(
    words.signedOut,
    words.signedOutHint,
    el("p", { class: "actions" }, el("a", { href: "../../login", ...OUTSIDE }, words.signIn), el("button", { type: "button", class: "link", onclick: again }, words.again)),
  );
}

function said(title, hint, ...more) {
  return [el("section", { class: "part" }, el("h1", {}, title), el("p", {}, hint), ...more)];
}

function notReviewed(card) {
  const { close_date: closes } = card;
  return el(
    "section",
    { class: "part" },
    el("p", { class: "word" }, words.notReviewed),
    closes ? el("p", { class: "hint" }, fill(words.closes, { date: day(closes) })) : null,
    el("p", {}, words.notReviewedHint),
    el("p", {}, el("a", { href: `../../${addressOf(card)}`, ...OUTSIDE }, words.review)),
  );
}

function verdict({ verdict: word, says, close_date: closes, crm_close_date: now, written_on: written }) {
  const dated = closes ? fill(words.closes, { date: day(closes) }) : words.noDate;
  return el(
    "section",
    { class: `part judged ${word}`, "aria-label": words.verdict },
    el("p", { class: "hint" }, dated),
    el("p", { class: "word" }, el("span", { class: "icon", "aria-hidden": "true" }, texts.verdict.icons[word]), texts.verdict.words[word]),
    el("p", {}, says),
    now && now !== closes ? el("p", { class: "other" }, fill(words.otherDate, { date: day(now) })) : null,
    el("p", { class: "hint" }, fill(words.noted, { date: day(written) })),
  );
}

function customer(quote) {
  if (!quote) return part(words.customer, el("p", { class: "hint" }, words.noQuote));
  const { who, on, grade, direction } = quote;
  const about = [who, day(on), fill(words.grade, { grade })].filter(Boolean).join(" · ");
  const figure = el("figure", {}, el("blockquote", { dir: "auto" }, quote.quote), el("figcaption", { class: "hint" }, about));
  return part(direction === "stalls" ? words.against : words.customer, figure);
}

function missing({ missing: gaps, would_establish: act }) {
  const rows = gaps.map(({ question, status }) =>
    el(
      "li",
      { class: status },
      el("span", { class: "ring", "aria-hidden": "true" }),
      el("strong", {}, texts.questions.titles[question]),
      el("span", { class: "status" }, texts.questions.status[status]),
    ),
  );
  return part(
    words.missing,
    rows.length ? el("ul", { class: "gaps" }, rows) : el("p", { class: "hint" }, words.allAnswered),
    act ? el("p", {}, fill(words.wouldEstablish, { act })) : null,
  );
}

function ask(question) {
  if (!question) return null;
  return part(words.ask, el("p", { class: "question" }, question), copyButton(texts.copying.copy, words.copyLabel, question));
}

function part(title, ...content) {
  return el("section", { class: "part" }, el("h2", {}, title), ...content);
}
