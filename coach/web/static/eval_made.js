// How a run was made and what it took, in words; and what two runs were made of differently.

import { el } from "./dom.js";
import { panel } from "./result.js";
import { fill, locale } from "./texts.js";
import { evals as words } from "./texts_evals.js";

const RUBRICS = ["rubric", "rep_rubric", "talk_rubric"];

/** When its report was written, by the reader's own clock. */
export function writtenAt({ written_at: at }) {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
}

/** Who read: the model, or else the engine. */
export function readerOf({ engine, model }) {
  return model ?? words.engines[engine] ?? engine ?? words.nothing;
}

/** The rubrics, each with its version. */
export function rubricsOf(made) {
  return RUBRICS.filter((name) => made[name]).map((name) => fill(words.version, { name: made[name], version: made[`${name}_version`] ?? words.nothing }));
}

/** What it cost; where no model was asked, that it cost nothing. */
export function costOf({ cost_usd: cost, spent_usd: paid, prompt_tokens: asked, completion_tokens: answered, asked: made, cached }) {
  if (cost === null) return asked || answered || !(made + cached) ? words.costs.unknown : words.costs.free;
  const values = { cost: dollars(cost), paid: dollars(paid ?? 0) };
  return fill(cost === paid ? words.costs.all : words.costs.paid, values);
}

/** How it was made, and what it took. */
export function madePanel(run) {
  const { made, spending } = run;
  const { names, ...said } = words.made;
  const { p50, p90 } = spending.latency_ms;
  const facts = [
    [names.engine, [words.engines[made.engine] ?? made.engine, made.engine_version]],
    ...["model", "trained_on", "cross_validation"].map((name) => [names[name], [made[name]]]),
    ...RUBRICS.map((name) => [names[name], [made[name] && fill(words.version, { name: made[name], version: made[`${name}_version`] })]]),
    [said.answers, [whole(spending.asked), whole(spending.cached)]],
    [said.tokens, spending.prompt_tokens ? [whole(spending.prompt_tokens), whole(spending.completion_tokens)] : []],
    [said.latency, p50 === undefined ? [] : [time(p50), time(p90)]],
    [said.cost, [costOf(spending)]],
  ].map(([name, values]) => [name, values.filter((one) => one !== undefined).join("; ")]);
  return panel(
    "made",
    said.title,
    el("dl", { class: "facts" }, facts.filter(([, value]) => value).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
    el("p", { class: "hint" }, said.notes),
  );
}

/** What two runs were made of differently: a row each, as `[name, before, after]`. */
export function differences(before, after) {
  const names = [...new Set([...Object.keys(before.made), ...Object.keys(after.made)])];
  const short = (value) => (value === undefined ? words.beside.only : String(value).replace(/^([0-9a-f]{12})[0-9a-f]{20,}$/, "$1…"));
  return names.filter((name) => before.made[name] !== after.made[name]).map((name) => [name.replaceAll("_", " "), short(before.made[name]), short(after.made[name])]);
}

function dollars(amount) {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: amount >= 1 ? 2 : 4 }).format(amount);
}

function whole(count) {
  return new Intl.NumberFormat(locale).format(count);
}

function time(ms) {
  return ms < 1000 ? fill(words.made.ms, { ms: Math.round(ms) }) : fill(words.made.s, { s: (ms / 1000).toFixed(1) });
}
