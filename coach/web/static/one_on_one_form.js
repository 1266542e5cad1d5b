// The form of the 1-on-1: whose it is, and deals from a CRM's export.

import { Failure, importExport } from "./api.js";
import { el } from "./dom.js";
import { dateOf, today, wireForm } from "./form.js";
import { counted, day, fill, texts } from "./texts.js";

const MOST_PROBLEMS = 8;
const words = texts.oneOnOne;
const form = document.getElementById("editor");
const rep = document.getElementById("rep");
const asOf = document.getElementById("as-of");
const imported = document.getElementById("imported");
const controls = { rep, as_of: asOf };
let wired;

/** Wire the form; `prepare` is called with whose 1-on-1 it is, and may fail. */
export function startOneOnOneForm(prepare) {
  wired = wireForm({
    send: () => prepare(asked()),
    read: ([file]) => take(file),
    controlAt: (path) => controls[path],
    kept: () => rep.value && words.kept,
    dropZone: document.getElementById("import"),
  });
  asOf.value = today();
}

/** Empty the form; the 1-on-1 counts as today's. */
export function clear() {
  form.reset();
  asOf.value = today();
  imported.replaceChildren();
  wired.hideError();
}

export function focusRep() {
  rep.focus();
}

function asked() {
  if (!rep.value.trim()) throw new Failure(words.noRep, ["rep"]);
  return { rep: rep.value.trim(), as_of: dateOf(asOf) };
}

async function take(file, mapping) {
  // A mapping that fails stays, to be put right.
  if (!mapping) imported.replaceChildren();
  try {
    imported.replaceChildren(...report(await importExport(file, dateOf(asOf), mapping)));
  } catch (failure) {
    if (mapping || !failure.proposal) throw failure;
    imported.replaceChildren(...proposed(file, failure.proposal));
  }
}

function report(done) {
  const left = done.problems.length + done.problems_left_out - MOST_PROBLEMS;
  const items = done.problems.slice(0, MOST_PROBLEMS).map((one) => el("li", {}, problem(one)));
  if (left > 0) items.push(el("li", {}, fill(words.more, { count: left })));
  const said = fill(words.imported, { name: done.source, kept: done.kept, read: done.read, date: day(done.as_of) });
  const counts = Object.entries(done.counts).map(([code, count]) => `${code.replaceAll("_", " ")} (${count})`);
  return [
    el("p", {}, said),
    done.left_out ? el("p", {}, counted(words.leftOut, done.left_out)) : "",
    counts.length ? el("p", {}, fill(words.problems, { counts: counts.join(", ") })) : "",
    items.length ? el("ul", { class: "hint" }, items) : "",
  ];
}

function problem({ row, column, message, kept }) {
  const where = [row == null ? words.whole : fill(words.row, { row }), column].filter(Boolean).join(", ");
  return fill(kept ? words.problem : words.problemLeftOut, { where, message });
}

/** A mapping to look over: it is used only when the reader says so. */
function proposed(file, proposal) {
  const area = el("textarea", { rows: 12, spellcheck: "false", "aria-label": words.proposal });
  // Its first lines speak of a file to write; here it is changed in place.
  area.value = proposal.replace(/^(#.*\n)+/, "");
  const use = () => wired.attempt(() => take(file, area.value));
  return [el("p", {}, words.proposal), area, el("button", { type: "button", class: "quiet", onclick: use }, words.useProposal)];
}
