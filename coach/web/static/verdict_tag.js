// A verdict in one word, with its colour and its sign.

import { el } from "./dom.js";
import { texts } from "./texts.js";

/** The tag; of a deal without a note, that there is none. */
export function verdictTag(verdict) {
  if (!verdict) return el("span", { class: "tag" }, texts.deals.noNote);
  const { words, icons } = texts.verdict;
  return el("span", { class: `tag ${verdict}` }, el("span", { "aria-hidden": "true" }, `${icons[verdict]} `), words[verdict]);
}
