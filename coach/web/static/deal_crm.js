// What was claimed of a deal's close date and what came of it, and how the CRM had the deal over time.

import { el } from "./dom.js";
import { panel } from "./result.js";
import { counted, day, fill, money, texts } from "./texts.js";

const words = texts.deal;

export function closeDatePanel({ claims, snapshots, pushed_times: times, pushed_days: days }) {
  if (!claims.length && !snapshots.length) return null;
  return panel(
    "close-date",
    words.closeDate,
    snapshots.length ? el("p", { class: times ? "pushed" : "" }, times ? fill(words.pushed, { times: counted(words.timesPushed, times), days: counted(words.days, days) }) : words.notPushed) : null,
    claims.length ? [el("h3", {}, words.claims), el("ul", { class: "claims" }, byDate(claims).map(claimed))] : null,
    snapshots.length ? [el("h3", {}, words.snapshots), el("ol", { class: "snapshots" }, snapshots.map(snapshot))] : null,
  );
}

/** Claims of one day together: the CRM and the notes mostly say the same. */
function byDate(claims) {
  const groups = new Map();
  for (const one of claims) groups.set(one.close_date, [...(groups.get(one.close_date) ?? []), one]);
  return [...groups.values()];
}

function claimed(group) {
  const { close_date: date, came_true: came } = group[0];
  const outcome = came === null ? "open" : came ? "kept" : "missed";
  const said = [...group].reverse().map((one) => {
    const odds = one.probability === null ? null : fill(words.odds, { percent: Math.round(100 * one.probability) });
    const verdict = one.verdict && texts.verdict.words[one.verdict].toLowerCase();
    return [fill(words.saidIn[one.source], { date: day(one.made_on, "short") }), odds, verdict].filter(Boolean).join(", ");
  });
  return el(
    "li",
    {},
    el("strong", {}, day(date)),
    el("span", { class: `tag ${outcome}` }, words.outcomes[outcome]),
    el("span", { class: "hint" }, `${said.join("; ")}.`),
  );
}

function snapshot(one) {
  const closes = one.close_date && fill(words.closesBy, { date: day(one.close_date, "short") });
  const facts = [one.state === "open" ? null : texts.deals.states[one.state], one.stage, one.amount && money(one.amount), closes].filter(Boolean);
  return el(
    "li",
    {},
    el("span", { class: "hint" }, day(one.as_of, "short")),
    el("span", {}, facts.join(" · ")),
    one.pushed_days ? el("span", { class: "tag pushed" }, fill(words.pushedBy, { days: counted(words.days, one.pushed_days) })) : null,
  );
}
