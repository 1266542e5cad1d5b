// A text with spans marked in place, and the card that says what a mark means.

import { el, goTo } from "./dom.js";

const HOVER_GRACE_MS = 180;
const canHover = matchMedia("(hover: hover)");

/** Split a text into pieces: `{ text }` or `{ text, index }` for a span. Offsets count code points, not UTF-16 units. */
function pieces(whole, spans) {
  const points = Array.from(whole);
  const text = (start, end) => points.slice(start, end).join("");
  const result = [];
  let at = 0;
  const inOrder = spans.map((span, index) => ({ ...span, index })).sort((one, other) => one.start - other.start);
  for (const { start, end, index } of inOrder) {
    if (start < at || end > points.length) continue;
    if (start > at) result.push({ text: text(at, start) });
    result.push({ text: text(start, end), index });
    at = end;
  }
  if (at < points.length) result.push({ text: text(at) });
  return result;
}

/**
 * Mark spans in a text. `look` says of a span its `side` (a class), its `label` (for people who listen) and its `card`.
 * Returns `{ element, show }`: `show(indexes, origin)` lights spans and goes to the first.
 */
export function markedText(whole, spans, look) {
  const card = el("div", { class: "card", id: "card", role: "tooltip", hidden: true });
  const marks = new Map();
  const body = pieces(whole, spans).map(({ text, index }) => {
    if (index === undefined) return text;
    const span = spans[index];
    const attributes = { class: look.side(span), tabindex: 0, role: "button", "aria-label": look.label(span), "data-index": index };
    const mark = el("mark", attributes, text);
    marks.set(index, mark);
    return mark;
  });
  const element = el("div", { class: "marked" }, el("div", { class: "text", dir: "auto" }, body), card);
  const reader = new CardReader(element, card, (index) => look.card(spans[index]));
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
  #contentOf;
  #open = null;
  #origin = null;
  #visiting = false;
  #leaving = 0;

  constructor(element, card, contentOf) {
    this.#element = element;
    this.#card = card;
    this.#contentOf = contentOf;
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
    this.#card.replaceChildren(...this.#contentOf(mark.dataset.index));
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
