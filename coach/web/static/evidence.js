// The note with its evidence marked in place, and the card that says why a mark counts.

import { el, goTo } from "./dom.js";
import { day, fill, texts } from "./texts.js";

const words = texts.evidence;
const HOVER_GRACE_MS = 180;
const canHover = matchMedia("(hover: hover)");

/** Split a note into pieces: `{ text }` or `{ text, index }` for a statement. Offsets count code points, not UTF-16 units. */
export function pieces(note, statements) {
  const points = Array.from(note);
  const text = (start, end) => points.slice(start, end).join("");
  const result = [];
  let at = 0;
  statements.forEach(({ start, end }, index) => {
    if (start < at || end > points.length) return;
    if (start > at) result.push({ text: text(at, start) });
    result.push({ text: text(start, end), index });
    at = end;
  });
  if (at < points.length) result.push({ text: text(at) });
  return result;
}

/** Build the marked note. Returns `{ element, show }`: `show(indexes, origin)` lights statements and goes to the first. */
export function markedNote(note, statements) {
  const card = el("div", { class: "card", id: "card", role: "tooltip", hidden: true });
  const marks = new Map();
  const body = pieces(note, statements).map(({ text, index }) => {
    if (index === undefined) return text;
    const statement = statements[index];
    const label = fill(words.label, { kind: words.kinds[statement.kind], quote: statement.quote });
    const attributes = { class: statement.centre, tabindex: 0, role: "button", "aria-label": label, "data-index": index };
    const mark = el("mark", attributes, text);
    marks.set(index, mark);
    return mark;
  });
  const element = el("div", { class: "marked" }, el("div", { class: "text", dir: "auto" }, body), card);
  const reader = new CardReader(element, card, statements);
  const show = (indexes, origin) => {
    const found = indexes.map((index) => marks.get(index)).filter(Boolean);
    if (found.length) reader.visit(found, origin);
  };
  return { element, show };
}

/** Opens the card on hover, focus or tap, and closes it on Escape or when the reader turns elsewhere. */
class CardReader {
  #element;
  #card;
  #statements;
  #open = null;
  #origin = null;
  #visiting = false;
  #leaving = 0;

  constructor(element, card, statements) {
    this.#element = element;
    this.#card = card;
    this.#statements = statements;
    const markAt = (event) => event.target.closest?.("mark");
    element.addEventListener("focusin", (event) => markAt(event) && this.#show(markAt(event)));
    element.addEventListener("focusout", () => this.#hideSoon());
    element.addEventListener("pointerover", (event) => {
      // A touch screen makes up mouse events after a tap; they would open the mark below a card that was just closed.
      if (event.pointerType !== "mouse" || !canHover.matches) return;
      if (markAt(event)) this.#show(markAt(event));
      else if (card.contains(event.target)) clearTimeout(this.#leaving);
      else this.#hideSoon();
    });
    element.addEventListener("pointerleave", () => this.#hideSoon());
    element.addEventListener("keydown", (event) => this.#key(event, markAt(event)));
  }

  visit(marks, origin) {
    for (const lit of this.#element.querySelectorAll(".lit")) lit.classList.remove("lit");
    for (const mark of marks) mark.classList.add("lit");
    this.#origin = origin;
    // The mark is on its way to the middle of the window, so what is below it now says nothing.
    this.#visiting = true;
    goTo(marks[0]);
    this.#visiting = false;
  }

  #key(event, mark) {
    if (event.key === "Escape" && this.#open) {
      this.#hide();
      // Back to where the reader jumped from.
      if (this.#origin?.isConnected) goTo(this.#origin);
      this.#origin = null;
    } else if (mark && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      this.#show(mark);
    }
  }

  #show(mark) {
    clearTimeout(this.#leaving);
    if (this.#open === mark) return;
    this.#hide();
    this.#open = mark;
    mark.setAttribute("aria-describedby", this.#card.id);
    this.#card.replaceChildren(...cardContent(this.#statements[mark.dataset.index]));
    this.#card.hidden = false;
    this.#place(mark);
  }

  #hideSoon() {
    clearTimeout(this.#leaving);
    this.#leaving = setTimeout(() => {
      const focused = document.activeElement?.closest?.("mark");
      if (focused && this.#element.contains(focused)) this.#show(focused);
      else this.#hide();
    }, HOVER_GRACE_MS);
  }

  #hide() {
    this.#open?.removeAttribute("aria-describedby");
    this.#open = null;
    this.#card.hidden = true;
  }

  #place(mark) {
    const frame = this.#element.getBoundingClientRect();
    const lines = mark.getClientRects();
    const [first, last] = [lines[0], lines[lines.length - 1]];
    const below = this.#visiting || last.bottom + this.#card.offsetHeight + 8 <= innerHeight;
    const fitsAbove = first.top - this.#card.offsetHeight - 8 >= 0;
    const top = below || !fitsAbove ? last.bottom - frame.top + 8 : first.top - frame.top - this.#card.offsetHeight - 8;
    const left = Math.min(last.left - frame.left, frame.width - this.#card.offsetWidth);
    this.#card.style.top = `${top}px`;
    this.#card.style.left = `${Math.max(0, left)}px`;
  }
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
  ].filter(Boolean);
}

function why({ kind, verifiable, direction }) {
  const reasons = words.why[kind];
  if (typeof reasons === "string") return reasons;
  if (direction === "neutral" && reasons.neutral) return reasons.neutral;
  return verifiable ? reasons.checked : reasons.unchecked;
}
