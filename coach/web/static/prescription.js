// What to do about a gap: a plan for the next 1-on-1 to tick off, to print, or to copy as plain text.

import { copyButton } from "./copying.js";
import { el } from "./dom.js";
import { day, texts } from "./texts.js";

const words = texts.rep;

/** The plan, without its title. */
export function plan(one) {
  return [
    one.manager_action ? yours(one) : null,
    one.next_one_on_one.length
      ? [el("h3", {}, words.meeting), el("ul", { class: "steps" }, one.next_one_on_one.map(step))]
      : null,
    el("dl", { class: "plan" }, rows(one).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
  ];
}

/** The button that copies a rep's plan. */
export function copyPlan(one, rep) {
  return copyButton(words.copyPlan, words.copyPlan, planText(one, rep));
}

function yours(one) {
  return el("div", { class: "yours" }, el("h3", {}, words.yours), el("p", {}, one.manager_action));
}

function step(text) {
  return el("li", {}, el("label", {}, el("input", { type: "checkbox" }), el("span", {}, text)));
}

function rows(one) {
  return [
    [words.practise, one.practise],
    [words.watchFor, one.watch_for],
    [words.by, day(one.by)],
    [words.worked, one.shows_it_worked],
  ];
}

function planText(one, rep) {
  return [
    `${rep}, ${words.competencies[one.competency].toLowerCase()}: ${one.title}`,
    one.manager_action ? `${words.yours}: ${one.manager_action}` : null,
    [words.meeting, ...one.next_one_on_one.map((text) => `[ ] ${text}`)].join("\n"),
    rows(one)
      .map(([name, value]) => `${name}: ${value}`)
      .join("\n"),
  ]
    .filter(Boolean)
    .join("\n\n");
}
