// A deal's notes over time: what each said, and the whole review of one that is opened.

import { noAnswer } from "./answers.js";
import { Failure, keptReview } from "./api.js";
import { el } from "./dom.js";
import { folded } from "./quotes.js";
import { panel } from "./result.js";
import { counted, day, fill, texts } from "./texts.js";
import { verdictTag } from "./verdict_tag.js";

const words = texts.deal;

/** The notes, the latest first; where there is none, how one comes here. */
export function notesPanel({ deal, notes, older, unreadable }) {
  if (!notes.length) {
    return panel("notes", words.notes, el("p", {}, unreadable ? words.allUnreadable : words.noNotes), unreadable ? null : el("p", { class: "hint" }, words.noNotesHow), unreadable ? null : el("code", { tabindex: 0 }, fill(words.noNotesCode, { rep: quoted(deal.rep ?? "…"), name: quoted(deal.name) })));
  }
  const left = [older && counted(words.older, older), unreadable && counted(words.unreadable, unreadable)].filter(Boolean);
  return panel(
    "notes",
    words.notes,
    el("ol", { class: "timeline" }, notes.map((one) => el("li", {}, note(one)))),
    left.length ? el("p", { class: "hint" }, left.join(" ")) : null,
  );
}

/** As a shell takes it: what a name holds is never a part of the command. */
function quoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function note(one) {
  const open = folded(words.open);
  // One at a time: the next one closes it, and what a review is made of is on the page once.
  open.name = "review";
  open.addEventListener("toggle", () => open.open && load(open, one.review), { once: true });
  return [
    el("h3", {}, el("span", {}, day(one.written_on)), verdictTag(one.verdict), one.close_date ? el("span", { class: "hint" }, fill(words.closesBy, { date: day(one.close_date) })) : null),
    coverage(one.coverage),
    one.strongest.length ? el("ul", { class: "saids" }, one.strongest.map((said) => el("li", {}, said_(said)))) : el("p", { class: "hint" }, words.nothingSaid),
    el("p", { class: "hint" }, fill(texts.coaching.balanceText, one.balance)),
    open,
  ];
}

function coverage(statuses) {
  const items = Object.entries(statuses).map(([question, status]) =>
    el("li", { class: `cover ${status}` }, el("i", { class: "ring", "aria-hidden": "true" }), fill(words.covered, { question: texts.questions.titles[question], status: texts.questions.status[status].toLowerCase() })),
  );
  return el("ul", { class: "coverage" }, items);
}

function said_({ quote, who, on, kind, grade, direction }) {
  const against = direction === "stalls" ? words.stalls : null;
  const about = [texts.evidence.kinds[kind], who, day(on, "short"), fill(words.strength, { grade }), against].filter(Boolean).join(", ");
  return el("figure", { class: `said ${direction === "stalls" ? "against" : ""}` }, el("blockquote", { dir: "auto" }, quote), el("figcaption", { class: "hint" }, about));
}

async function load(open, id) {
  const place = el("div", { class: "whole", role: "status" }, words.loading);
  open.append(place);
  try {
    const [review] = await Promise.all([keptReview(id), component()]);
    place.replaceWith(whole(review));
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    place.textContent = failure.message;
  }
}

/** What shows a review, which is asked for only here: the page itself does without. */
async function component() {
  try {
    await import("./deal-coach.js");
  } catch (error) {
    throw noAnswer(error);
  }
}

/** The review as it was made and as it was corrected since; whoever may do so corrects it. */
function whole(review) {
  // A module does not know where it came from.
  const view = el("deal-coach", { class: "whole", kept: true, src: "./" });
  view.review = review;
  return view;
}
