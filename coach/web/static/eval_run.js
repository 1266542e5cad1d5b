// One eval run: in short, figure by figure with intervals, by kind of case, and how it was made.

import { el } from "./dom.js";
import { figureTable, interval, namesOf, nameOf, othersOf, table, taskPanel, tasksOf, value } from "./eval_figures.js";
import { madePanel, readerOf, writtenAt } from "./eval_made.js";
import { folded } from "./quotes.js";
import { panel } from "./result.js";
import { counted, fill, texts } from "./texts.js";
import { evals as words } from "./texts_evals.js";

/** Fewer cases say more about themselves than about the reader. */
export const SMALLEST_SLICE = 5;
const FEW = 20;

/** The whole view; `others` are the runs that it may be set beside. */
export function runView(run, others) {
  const { metrics } = run;
  const rest = othersOf(metrics);
  return [
    head(run),
    besideForm(run, others),
    beware(run),
    inShort(metrics),
    el("p", { class: "hint" }, words.scale),
    ...tasksOf(metrics).map((task) => taskPanel(task, figureTable(task, metrics), slices(task, run.slices))),
    rest.length ? el("section", { class: "panel" }, folded(counted(words.others, rest.length), figureTable(null, metrics, rest))) : null,
    madePanel(run),
  ].filter(Boolean);
}

/** The title with what was run, and the ways on. */
export function head(run) {
  const about = [writtenAt(run), readerOf(run.made), counted(words.cases, run.cases), run.failed ? counted(words.failed, run.failed) : words.allAnswered];
  return headOf(run.name, about.join(" · "));
}

export function headOf(title, about) {
  return el(
    "div",
    { class: "review-head" },
    el("div", {}, el("h1", {}, title), el("p", { class: "hint" }, about)),
    el("div", { class: "actions" }, el("a", { class: "quiet", href: "evals" }, words.all), el("button", { type: "button", class: "quiet", onclick: () => print() }, texts.print)),
  );
}

function besideForm(run, others) {
  if (!others.length) return null;
  const choice = el("select", { id: "with", name: "with" }, others.map((one) => el("option", {}, one.name)));
  return el(
    "form",
    { action: "evals", class: "beside" },
    el("input", { type: "hidden", name: "run", value: run.name }),
    el("div", { class: "field" }, el("label", { for: "with" }, words.beside.label), choice),
    el("button", { type: "submit", class: "quiet" }, words.beside.show),
  );
}

/** What to know before relying on a figure. */
function beware({ made, metrics }) {
  const { trained_on: on, cross_validation: how } = made;
  const said = [how ? fill(words.beware.crossed, { how }) : on ? fill(words.beware.trained, { on }) : null, tasksOf(metrics).some((task) => namesOf(task, metrics).some((name) => metrics[name].n < FEW)) ? words.beware.few : null].filter(Boolean);
  return said.length ? el("section", { class: "notices" }, el("ul", {}, said.map((one) => el("li", {}, one)))) : null;
}

/** What a busy reader wants to know, in sentences. */
function inShort(metrics) {
  const { title, ...sentences } = words.short;
  const known = Object.keys(sentences).filter((name) => metrics[name]?.n && metrics[name].value !== null);
  const said = known.map((name) => el("li", {}, fill(sentences[name], { value: value(name, metrics[name]), n: metrics[name].n, interval: interval(name, metrics[name]) })));
  return said.length ? panel("short", title, el("ul", {}, said)) : null;
}

/** A task's figures for each tag with enough cases, to be opened; null where no tag has. */
function slices(task, all) {
  const of = Object.entries(all).filter(([, metrics]) => namesOf(task, metrics).length && task !== "all");
  const cases = (metrics) => Math.max(...namesOf(task, metrics).map((name) => metrics[name].n));
  const large = of.filter(([, metrics]) => cases(metrics) >= SMALLEST_SLICE).sort(([, one], [, two]) => cases(two) - cases(one));
  if (!large.length) return null;
  const names = namesOf(task, large[0][1]);
  const left = of.length - large.length;
  const { one, other } = words.slices.small;
  const row = ([slice, metrics]) =>
    el("tr", { role: "row" }, el("th", { scope: "row" }, slice, el("span", { class: "hint" }, counted(words.cases, cases(metrics)))), names.map((name) => el("td", { role: "cell", "data-name": nameOf(task, name)[0] }, metrics[name] ? value(name, metrics[name]) : words.nothing, metrics[name] ? el("span", { class: "hint" }, interval(name, metrics[name])) : null)));
  return folded(
    fill(words.slices.title, { count: large.length }),
    el("p", { class: "hint" }, words.slices.lead),
    el("div", { class: "wide", tabindex: 0, role: "region", "aria-label": fill(words.slices.label, { task: words.tasks[task] }) }, table([words.slices.slice, ...names.map((name) => nameOf(task, name)[0])], large.map(row))),
    left ? el("p", { class: "hint" }, fill(left === 1 ? one : other, { count: left, least: SMALLEST_SLICE })) : null,
  );
}
