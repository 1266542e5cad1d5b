// What to do about a gap: a plan for the next 1-on-1 to tick off, to print, or to copy as plain text.

import { copyButton } from "./copying.js";
import { el } from "./dom.js";
import { day, texts } from "./texts.js";

const words = texts.rep;

// The rubric writes days as programs do, and begins with one that stands in a row of its own here.
const readable = (text, by) => text.replace(new RegExp(`^By ${by}: (.)`), (_, first) => first.toUpperCase()).replaceAll(by, day(by));

/** The plan, without its title. */
export function plan(one, signals) {
  return [
    one.manager_action ? yours(one) : null,
    one.bring.length
      ? [el("h3", {}, words.bring), el("ul", { class: "saids" }, brought(one, signals).map((said) => el("li", {}, el("q", {}, said))))]
      : null,
    one.next_one_on_one.length
      ? [el("h3", {}, words.meeting), el("ul", { class: "steps" }, steps(one).map(step))]
      : null,
    el("dl", { class: "plan" }, rows(one).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
  ];
}

/** The button that copies a rep's plan. */
export function copyPlan(one, rep, signals) {
  return copyButton(words.copyPlan, words.copyPlan, planText(one, rep, signals));
}

function brought({ bring }, signals) {
  return bring.map((index) => signals[index].quote);
}

function yours(one) {
  return el("div", { class: "yours" }, el("h3", {}, words.yours), el("p", {}, readable(one.manager_action, one.by)));
}

function steps({ next_one_on_one: all, by }) {
  return all.map((text) => readable(text, by));
}

function step(text) {
  return el("li", {}, el("label", {}, el("input", { type: "checkbox" }), el("span", {}, text)));
}

function rows(one) {
  return [
    [words.practise, readable(one.practise, one.by)],
    [words.watchFor, readable(one.watch_for, one.by)],
    [words.by, day(one.by)],
    [words.worked, readable(one.shows_it_worked, one.by)],
  ];
}

function planText(one, rep, signals) {
  return [
    `${rep}, ${words.competencies[one.competency].toLowerCase()}: ${one.title}`,
    one.manager_action ? `${words.yours}: ${readable(one.manager_action, one.by)}` : null,
    one.bring.length ? [words.bring, ...brought(one, signals).map((said) => `“${said}”`)].join("\n") : null,
    [words.meeting, ...steps(one).map((text) => `[ ] ${text}`)].join("\n"),
    rows(one)
      .map(([name, value]) => `${name}: ${value}`)
      .join("\n"),
  ]
    .filter(Boolean)
    .join("\n\n");
}
