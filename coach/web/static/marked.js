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
 * Mark spans in a text; of a text that is not there, list them. `look` says of a span its `side` (a class), its `label`
 * (for people who listen) and its `card`, where `acts` tells whether there is something to press on it.
 * Returns `{ element, show, renew }`: `show(indexes, origin)` lights spans and goes to the first, `renew(index)` has one
 * looked at again.
 */
export function markedText(whole, spans, look) {
  const card = el("div", { class: "card", part: "card", id: "card", role: "tooltip", hidden: true });
  const marks = new Map();
  const parts = whole == null ? spans.map(({ quote }, index) => ({ text: quote, index })) : pieces(whole, spans);
  const body = parts.map(({ text, index }) => {
    if (index === undefined) return text;
    const mark = el("mark", { tabindex: 0, role: "button", "data-index": index }, text);
    marks.set(index, mark);
    renew(index);
    return whole == null ? el("p", {}, mark) : mark;
  });
  const element = el("div", { class: "marked" }, el("div", { class: "text", dir: "auto", lang: "" }, body), card);
  const reader = new CardReader(element, card, {
    content: (index) => look.card(spans[index], Number(index)),
    acts: look.acts ?? (() => false),
  });
  const show = (indexes, origin) => {
    const found = indexes.map((index) => marks.get(index)).filter(Boolean);
    if (found.length) reader.visit(found, origin);
  };
  function renew(index) {
    marks.get(index).className = look.side(spans[index], index);
    marks.get(index).setAttribute("aria-label", look.label(spans[index], index));
  }
  return { element, show, renew };
}

/** Opens the card on hover, focus or tap, and closes it on Escape or when the reader turns elsewhere. */
class CardReader {
  #element;
  #card;
  #look;
  #open = null;
  #origin = null;
  #visiting = false;
  #leaving = 0;
  #hiding = false;

  constructor(element, card, look) {
    this.#element = element;
    this.#card = card;
    this.#look = look;
    const markAt = (event) => event.target.closest?.("mark");
    element.addEventListener("focusin", (event) => markAt(event) && !this.#hiding && this.#show(markAt(event)));
    element.addEventListener("focusout", () => this.#hideSoon());
    element.addEventListener("pointerover", (event) => {
      // A touch screen makes up mouse events after a tap; they would open the mark below a card that was just closed.
      if (event.pointerType !== "mouse" || !canHover.matches || this.#isChoosing()) return;
      if (markAt(event)) this.#show(markAt(event));
      else if (card.contains(event.target)) clearTimeout(this.#leaving);
      else this.#hideSoon({ pointer: true });
    });
    // A finger leaves as it lifts, and means nothing by it.
    element.addEventListener("pointerleave", ({ pointerType }) => this.#hideSoon({ pointer: pointerType === "mouse" && canHover.matches }));
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
      const wasInCard = this.#isInCard();
      this.#hide();
      if (wasInCard) return;
      // Back to where the reader jumped from.
      if (this.#origin?.isConnected) goTo(this.#origin);
      this.#origin = null;
    } else if (mark && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      this.#show(mark);
      this.#card.querySelector("button")?.focus();
    }
  }

  #isInCard() {
    return this.#card.contains(this.#active());
  }

  /** Whether the reader is choosing something on the card, which then waits. */
  #isChoosing() {
    return this.#isInCard() && this.#card.querySelector("[role=group]") !== null;
  }

  #active() {
    return this.#element.getRootNode().activeElement;
  }

  #show(mark) {
    clearTimeout(this.#leaving);
    if (this.#open === mark) return;
    this.#hide();
    this.#open = mark;
    mark.setAttribute("aria-describedby", this.#card.id);
    const { index } = mark.dataset;
    this.#card.replaceChildren(...this.#look.content(index));
    this.#take(this.#look.acts(index));
    this.#card.hidden = false;
    this.#place(mark);
  }

  /** A card with something to press takes the focus, even in a browser whose buttons do not. */
  #take(acts) {
    this.#card.setAttribute("role", acts ? "group" : "tooltip");
    if (acts) this.#card.tabIndex = -1;
    else this.#card.removeAttribute("tabindex");
  }

  #hideSoon({ pointer = false } = {}) {
    clearTimeout(this.#leaving);
    this.#leaving = setTimeout(() => {
      if (pointer ? this.#isChoosing() : this.#isInCard()) return;
      const focused = this.#active()?.closest?.("mark");
      if (focused && this.#element.contains(focused)) this.#show(focused);
      else this.#hide();
    }, HOVER_GRACE_MS);
  }

  #hide() {
    // The focus goes back to the mark before what has it is gone.
    this.#hiding = true;
    if (this.#isInCard()) this.#open?.focus({ preventScroll: true });
    this.#hiding = false;
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
    const isAbove = !below && fitsAbove;
    const left = Math.min(last.left - frame.left, frame.width - this.#card.offsetWidth);
    // Above, it grows upwards, away from its mark.
    this.#card.style.top = isAbove ? "auto" : `${last.bottom - frame.top + 8}px`;
    this.#card.style.bottom = isAbove ? `${frame.bottom - first.top + 8}px` : "auto";
    this.#card.style.left = `${Math.max(0, left)}px`;
  }
}
