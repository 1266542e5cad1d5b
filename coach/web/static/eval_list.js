// The list of eval runs, the latest first; where there is none, the command that makes the first.

import { evalRuns, Failure } from "./api.js";
import { copyButton } from "./copying.js";
import { announce, el } from "./dom.js";
import { costOf, readerOf, rubricsOf, writtenAt } from "./eval_made.js";
import { counted, texts } from "./texts.js";
import { evals as words } from "./texts_evals.js";

/** The list, from its first page on. */
export function runList({ runs, after }) {
  const head = [el("h1", {}, words.title), el("p", { class: "lead" }, words.lead)];
  if (!runs.length) return [...head, nothing()];
  const rows = el("tbody", {}, runs.map(row));
  const heads = Object.values(words.columns).map((name) => el("th", { scope: "col" }, name));
  const table = el("table", { class: "panel", role: "table" }, el("thead", {}, el("tr", { role: "row" }, heads)), rows);
  const said = el("p", { class: "error", role: "alert", hidden: true });
  announce(counted(words.found, runs.length));
  return [...head, table, said, moreButton(rows, after, said)];
}

function moreButton(rows, first, said) {
  let after = first;
  const more = el("button", { type: "button", class: "quiet more", hidden: !after, onclick: () => add() }, words.more);
  const add = async () => {
    try {
      const page = await evalRuns({ after });
      const added = page.runs.map(row);
      rows.append(...added);
      after = page.after;
      more.hidden = !after;
      (added[0]?.querySelector("a") ?? added[0])?.focus();
      announce(counted(words.found, rows.childElementCount));
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      said.textContent = failure.message;
      said.hidden = false;
    }
  };
  return more;
}

function row(run) {
  const when = hint(writtenAt(run));
  if (run.fault) return el("tr", { role: "row", class: "faulty", tabindex: -1 }, el("th", { scope: "row" }, run.name, when), el("td", { role: "cell", colspan: 3 }, words.faults[run.fault]));
  const cell = (name, ...content) => el("td", { role: "cell", "data-name": words.columns[name], [`data-${name}`]: "" }, ...content);
  return el(
    "tr",
    { role: "row" },
    el("th", { scope: "row" }, el("a", { href: `evals?${new URLSearchParams({ run: run.name })}` }, run.name), when),
    cell("reader", readerOf(run.made), hint(rubricsOf(run.made).join(", "))),
    cell("cases", counted(words.cases, run.cases), hint(run.failed ? counted(words.failed, run.failed) : words.allAnswered)),
    cell("cost", costOf(run.spending)),
  );
}

function hint(text) {
  return el("span", { class: "hint" }, text);
}

function nothing() {
  const { title, lead, run, then } = words.empty;
  return el("section", { class: "panel empty" }, el("h2", {}, title), el("p", {}, lead), el("code", { tabindex: 0 }, run), el("p", {}, copyButton(texts.copying.copy, words.beside.copy, run)), el("p", {}, then));
}
