// The note with its evidence marked in place; a mark's card says why it counts.

import { el } from "./dom.js";
import { markedText } from "./marked.js";
import { day, fill, texts } from "./texts.js";

const words = texts.evidence;
const UNSURE = 0.4; // as `coach.domain` has it

/** Build the marked note; see `markedText`. */
export function markedNote(note, statements) {
  return markedText(note, statements, {
    side: ({ centre }) => centre,
    label: ({ kind, quote }) => fill(words.label, { kind: words.kinds[kind], quote }),
    card: cardContent,
  });
}

function cardContent(statement) {
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
  ].filter(Boolean);
}

function why({ kind, verifiable, direction }) {
  const reasons = words.why[kind];
  if (typeof reasons === "string") return reasons;
  if (direction === "neutral" && reasons.neutral) return reasons.neutral;
  return verifiable ? reasons.checked : reasons.unchecked;
}
