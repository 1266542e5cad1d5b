// A diagnosis on the page: what stands in the way, what that rests on, what to do, and what to check.

import { el, goTo } from "./dom.js";
import { copyPlan, plan } from "./prescription.js";
import { fieldTitle, folded, quoted, quotesByText, signalWords } from "./quotes.js";
import { notices, panel, provenance, resultHead } from "./result.js";
import { selfView } from "./self_view.js";
import { shareTrend } from "./share_trend.js";
import { counted, day, fill, texts } from "./texts.js";

const words = texts.rep;

/** Build the whole diagnosis. `acts` are what its buttons do: `edit` and `fresh`. */
export function diagnosisView(found, packet, acts) {
  const about = [packet.role, fill(words.asOfDay, { date: day(found.as_of) })].filter(Boolean).join(" · ");
  return [
    resultHead(found.rep, about, acts, words),
    declined(found.declined),
    heading(found),
    // That the reader is not sure is the headline.
    notices(found.notices.filter(({ code }) => code !== "abstained")),
    el("div", { class: "columns even" }, evidence(found), el("div", { class: "stack" }, remedy(found), later(found))),
    found.contrast || found.assumptions.length ? el("div", { class: "abreast" }, contrast(found), assumptions(found)) : null,
    selfView(found),
    shareTrend(found),
    records(found),
    provenance(found.provenance),
  ].filter(Boolean);
}

/** The finding in words: `{ headline, meaning }`. */
export function headlineOf({ primary, rep }) {
  return {
    headline: findingWords(primary),
    meaning: primary.abstained ? words.unsureMeans : fill(words.gaps[primary.gap].means, { rep }),
  };
}

function findingWords({ gap, competency, abstained }) {
  const { headline, guess } = words.gaps[gap];
  const said = fill(abstained ? guess : headline, { competency: words.competencies[competency].toLowerCase() });
  return abstained ? fill(words.unsure, { guess: said }) : said;
}

function heading(found) {
  const { primary, rep } = found;
  const { headline, meaning } = headlineOf(found);
  const subType = primary.sub_type && !primary.abstained ? fill(words.subTypes[primary.sub_type], { rep }) : null;
  return el(
    "section",
    { class: `panel verdict finding ${primary.abstained ? "unsure" : ""}`, "aria-labelledby": "verdict" },
    el(
      "div",
      {},
      el("p", { class: "eyebrow" }, words.eyebrow),
      el("h2", { id: "verdict", tabindex: -1 }, headline),
      el("p", { class: "explanation" }, [meaning, subType].filter(Boolean).join(" ")),
      capped(primary),
      el("button", { type: "button", class: "link jump", onclick: () => goTo(document.getElementById("remedy"), "start") }, words.jump),
    ),
    el(
      "div",
      { class: "ways" },
      el("h3", {}, words.rival),
      el("p", {}, fill(words.rivals[primary.rival], { rep })),
      el("h3", {}, words.look),
      el("p", {}, primary.look),
    ),
  );
}

function capped({ capped: rule, competency }) {
  if (!rule) return null;
  const first = findingWords({ gap: rule.gap, competency, abstained: false });
  return el("p", { class: "hint capped" }, fill(words.capped, { headline: first, why: rule.why }));
}

function declined(one) {
  if (!one) return null;
  const asked = one.quotes.length ? el("p", { class: "hint" }, fill(words.declinedFor, { quotes: one.quotes.map((words) => `“${words}”`).join(", ") })) : null;
  return panel("declined", words.declined, el("p", {}, one.reason), asked);
}

function evidence({ primary, signals, rep }) {
  const because = primary.because.map((index) => signals[index]);
  const besides = signals.filter((one, index) => !primary.because.includes(index));
  return panel(
    "because",
    words.because,
    because.length ? quotesByText(because) : el("p", {}, fill(words.becauseNone, { rep })),
    besides.length ? folded(counted(words.besides, besides.length), quotesByText(besides)) : null,
  );
}

function contrast({ contrast: pair, signals }) {
  if (!pair) return null;
  const side = (name, signal) => el("div", {}, el("h3", {}, name), quoted(signal, `${fieldTitle(signal.field)}: ${signalWords(signal.signal)}`));
  return panel(
    "contrast",
    words.contrast,
    el("p", { class: "hint" }, words.contrastWhy),
    el("div", { class: "pair" }, side(words.missing, signals[pair.missing]), side(words.shown, signals[pair.shown])),
  );
}

function assumptions({ assumptions: all, signals }) {
  if (!all.length) return null;
  const asks = [...new Set(all.map((one) => one.ask))];
  const quotesFor = (ask) => all.filter((one) => one.ask === ask).map(({ signal }) => el("li", {}, quoted(signals[signal], fieldTitle(signals[signal].field))));
  return panel("assumptions", words.assumptions, asks.map((ask) => [el("ul", { class: "saids" }, quotesFor(ask)), el("p", {}, ask)]));
}

function remedy({ prescription, rep, signals }) {
  return el(
    "section",
    { class: "panel focus remedy", "aria-labelledby": "remedy" },
    el("div", { class: "section-head" }, el("p", { class: "eyebrow" }, words.do), copyPlan(prescription, rep, signals)),
    el("h2", { id: "remedy", tabindex: -1 }, prescription.title),
    plan(prescription, signals),
  );
}

/** Further plans, and what else was found for which there is none yet. */
function later({ further, others, rep, signals }) {
  const has = (one) => further.some((plan) => plan.competency === one.competency && plan.gap === one.gap);
  const rest = others.filter((one) => !has(one));
  if (!further.length && !rest.length) return null;
  return panel(
    "later",
    words.later,
    further.map((one) => folded(laterTitle(one.title, one.competency), plan(one, signals), copyPlan(one, rep, signals))),
    rest.map((one) => folded(findingWords(one), quotesByText(one.because.map((index) => signals[index])), el("p", {}, one.look))),
  );
}

function laterTitle(title, competency) {
  return fill(words.laterTitle, { title, competency: words.competencies[competency].toLowerCase() });
}

function records({ records: all, deal_reviews: reviews }) {
  if (!all.length) return null;
  const line = ({ question, counts }) => fill(words.record, { question: texts.questions.titles[question], ...counts });
  return panel("records", counted(words.records, reviews.length), el("ul", {}, all.map((one) => el("li", {}, line(one)))));
}
