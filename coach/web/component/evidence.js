// The note with its evidence marked in place; a mark's card says why it counts, and takes what a manager says of it.

import { el } from "../static/dom.js";
import { markedText } from "../static/marked.js";
import { day, fill, texts } from "../static/texts_review.js";
import { centreOf, correcting } from "./correcting.js";

const words = texts.evidence;
const UNSURE = 0.4; // as `coach.domain` has it

/** Build the marked note; see `markedText`. */
export function markedNote(note, statements, corrections) {
  return markedText(note, statements, {
    side: ({ centre }, index) => (corrections.of(index) ? `${centreOf(corrections.of(index))} corrected` : centre),
    label: ({ kind, quote }, index) => fill(words.label, { kind: nameOf(corrections.of(index) ?? { kind }), quote }),
    card: (statement, index) => cardContent(statement, correcting(statement, index, corrections)),
    acts: () => corrections.possible(),
  });
}

function nameOf({ kind }) {
  return words.kinds[kind] ?? words.noFinding;
}

function cardContent(statement, foot) {
  const { kind, grade, who, when, direction, informs, centre } = statement;
  const rows = [
    [words.who, who],
    [words.when, day(when)],
    [words.direction, direction && words.directions[direction]],
    [words.informs, informs && texts.questions.titles[informs]],
  ].filter(([, value]) => value);
  const dots = Array.from({ length: 5 }, (_, at) => el("i", { class: at < grade ? "on" : "" }));
  return [
    el("p", { class: `kind ${centre}` }, words.kinds[kind]),
    el("p", { class: "grade" }, el("span", { class: "dots", "aria-hidden": "true" }, dots), fill(words.grade, { grade })),
    rows.length ? el("dl", {}, rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))) : null,
    el("p", {}, why(statement)),
    (statement.confidence ?? 1) < UNSURE ? el("p", { class: "hint" }, words.unsure) : null,
    foot,
  ].filter(Boolean);
}

function why({ kind, verifiable, direction }) {
  const reasons = words.why[kind];
  if (typeof reasons === "string") return reasons;
  if (direction === "neutral" && reasons.neutral) return reasons.neutral;
  return verifiable ? reasons.checked : reasons.unchecked;
}
