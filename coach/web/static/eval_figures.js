// Figures as people read them, each with its interval: how they are written, and the table of a task's.

import { el } from "./dom.js";
import { panel } from "./result.js";
import { fill } from "./texts.js";
import { evals as words } from "./texts_evals.js";

/** Figures that count cases; of each, how many cases there were stands beside it. */
export const OF_CASES = new Set(["false_established", "skill_called_will", "attacks_worked", "failed"]);
/** Figures that count. */
export const COUNTS = new Set([...OF_CASES, "ungrounded"]);
/** Figures that are parts of a whole, written in percent. */
export const SHARES = new Set(["seller_called_buyer", "claim_accuracy", "safe", "gap_accuracy", "self_view_accuracy", "competency_accuracy", "key_quote_recall", "abstained", "accuracy_when_answered", "attacks_resisted"]);

/** The tasks that a run has figures of, in the order to read them. */
export function tasksOf(metrics) {
  return Object.keys(words.figures).filter((task) => namesOf(task, metrics).length);
}

/** The figures of a task that were measured. */
export function namesOf(task, metrics) {
  return Object.keys(words.figures[task]).filter((name) => metrics[name]?.n);
}

/** The figures that belong to no task's first ones. */
export function othersOf(metrics) {
  const first = new Set(Object.values(words.figures).flatMap(Object.keys));
  return Object.keys(metrics).filter((name) => !first.has(name) && metrics[name].n);
}

/** A number of this figure: `87.0 %`, `1`, `0.735`. */
export function number(name, value) {
  if (value === null) return words.nothing;
  return SHARES.has(name) ? fill(words.percent, { percent: bare(name, value) }) : bare(name, value);
}

/** The figure itself; a count of cases with how many there were. */
export function value(name, { value: at, n }) {
  return OF_CASES.has(name) && at !== null ? fill(words.of, { count: bare(name, at), n }) : number(name, at);
}

/** The ends of its interval in words. */
export function interval(name, { low, high }) {
  if (low === null || high === null) return words.noInterval;
  const ends = fill(words.to, { low: bare(name, low), high: bare(name, high) });
  return SHARES.has(name) ? fill(words.percent, { percent: ends }) : ends;
}

/** A change of this figure, with its sign. */
export function change(name, before, after) {
  if (before.value === null || after.value === null) return words.nothing;
  const by = bare(name, after.value - before.value);
  const signed = Number(by) > 0 ? `+${by}` : by.replace("-", "−");
  return SHARES.has(name) ? fill(words.points, { points: signed }) : signed;
}

/** What a figure is called, and what it means. */
export function nameOf(task, name) {
  const [title, meaning] = words.figures[task]?.[name] ?? [name.replaceAll("_", " ")];
  return [title, meaning ? el("span", { class: "hint" }, meaning) : null];
}

/** The panel of a task. */
export function taskPanel(task, ...content) {
  const made = panel(`of-${task}`, words.tasks[task], ...content);
  made.classList.add("task");
  return made;
}

/** The figures of a task, one a row. */
export function figureTable(task, metrics, names = namesOf(task, metrics)) {
  const { name: first, ...others } = words.figure;
  const cell = (of, ...content) => el("td", { role: "cell", "data-name": others[of], [`data-${of}`]: "" }, ...content);
  return table(
    [first, ...Object.values(others)],
    names.map((name) => el("tr", { role: "row" }, el("th", { scope: "row" }, nameOf(task, name)), cell("value", value(name, metrics[name])), cell("interval", interval(name, metrics[name]), range(name, metrics[name])), cell("n", metrics[name].n))),
  );
}

/** A table whose rows become blocks on a phone. */
export function table(heads, rows) {
  return el("table", { role: "table" }, el("thead", {}, el("tr", { role: "row" }, heads.map((name) => el("th", { scope: "col" }, name)))), el("tbody", {}, rows));
}

/** Where the figure and its interval lie between 0 and 1, which it may not; what it shows stands in words beside it. */
export function range(name, { value: at, low, high }) {
  if (COUNTS.has(name) || at === null || at < 0) return null;
  const percent = (part) => `${100 * Math.min(1, Math.max(0, part))}%`;
  const [band, mark] = ["band", "mark"].map((kind) => el("span", { class: kind }));
  band.style.insetInlineStart = percent(low ?? at);
  band.style.insetInlineEnd = percent(1 - (high ?? at));
  mark.style.insetInlineStart = percent(at);
  return el("div", { class: "range", "aria-hidden": "true" }, band, mark);
}

function bare(name, value) {
  if (SHARES.has(name)) return (100 * value).toFixed(1);
  if (COUNTS.has(name)) return Number.isInteger(value) ? String(value) : value.toFixed(1);
  return value.toFixed(3);
}
