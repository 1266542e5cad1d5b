// Two eval runs side by side: what each measured, whether intervals overlap, and that this proves nothing by itself.

import { copyButton } from "./copying.js";
import { el } from "./dom.js";
import { change, COUNTS, interval, namesOf, nameOf, range, table, taskPanel, tasksOf, value } from "./eval_figures.js";
import { differences, readerOf, writtenAt } from "./eval_made.js";
import { headOf } from "./eval_run.js";
import { panel } from "./result.js";
import { fill, texts } from "./texts.js";
import { evals as words } from "./texts_evals.js";

const said = words.beside;

/** What the two together are called. */
export function pairTitle(before, after) {
  return fill(words.pairTitle, { before: before.name, after: after.name });
}

/** The whole view, the earlier run first. */
export function pairView(before, after) {
  const about = [before, after].map((run) => `${run.name}: ${writtenAt(run)}, ${readerOf(run.made)}`);
  return [
    headOf(pairTitle(before, after), about.join(" · ")),
    caution(before, after),
    differing(before, after),
    el("p", { class: "hint" }, words.scale),
    ...tasksOf(before.metrics).filter((task) => shared(task, before, after).length).map((task) => taskPanel(task, figures(task, before, after))),
  ];
}

function caution(before, after) {
  const known = before.asked_sha256 && after.asked_sha256;
  const cases = !known ? said.unknown : before.asked_sha256 === after.asked_sha256 ? said.same : said.other;
  const command = fill(said.command, { before: quotedName(before.name), after: quotedName(after.name) });
  return el(
    "section",
    { class: "notices", "aria-labelledby": "caution" },
    el("h2", { id: "caution" }, said.caution),
    el("p", {}, said.why),
    el("code", { tabindex: 0 }, command),
    el("p", {}, copyButton(texts.copying.copy, said.copy, command)),
    el("p", {}, cases),
  );
}

/** A name as a shell takes it. */
function quotedName(name) {
  return /^[\w.,+@=][\w.,+@=-]*$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}

function differing(before, after) {
  const rows = differences(before, after);
  const cell = (run, text) => el("td", { role: "cell", "data-name": run.name }, text);
  return panel("differs", said.differs, rows.length ? table([words.figure.name, before.name, after.name], rows.map(([name, one, two]) => el("tr", { role: "row" }, el("th", { scope: "row" }, name), cell(before, one), cell(after, two)))) : el("p", {}, said.differsNot));
}

function shared(task, before, after) {
  return namesOf(task, before.metrics).filter((name) => after.metrics[name]?.n);
}

function figures(task, before, after) {
  return table([words.figure.name, before.name, after.name, said.change, said.intervals], shared(task, before, after).map((name) => row(task, name, before, after)));
}

function row(task, name, before, after) {
  const [one, two] = [before.metrics[name], after.metrics[name]];
  const cell = (title, ...content) => el("td", { role: "cell", "data-name": title }, ...content);
  const figure = (run, metric) => cell(run.name, value(name, metric), el("span", { class: "hint" }, interval(name, metric)), range(name, metric));
  const lie = together(name, one, two);
  return el(
    "tr",
    { role: "row" },
    el("th", { scope: "row" }, nameOf(task, name)),
    figure(before, one),
    figure(after, two),
    cell(said.change, lie === "unlike" ? words.nothing : change(name, one, two)),
    cell(said.intervals, el("span", { class: `tag ${lie}` }, said[lie])),
  );
}

/** How intervals lie: `overlap` or `apart`; `noInterval` where either has none, `unlike` for counts of other numbers. */
function together(name, one, two) {
  if (COUNTS.has(name) && one.n !== two.n) return "unlike";
  if ([one.low, one.high, two.low, two.high].includes(null)) return "noInterval";
  return one.low <= two.high && two.low <= one.high ? "overlap" : "apart";
}
