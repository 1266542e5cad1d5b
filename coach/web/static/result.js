// What every result has: its head with the buttons, what to know before relying on it, and who read it.

import { el } from "./dom.js";
import { fill, texts } from "./texts_review.js";

/** The head. `acts` are what its buttons do: `edit` and `fresh`; `names` are what these two are called. */
export function resultHead(title, about, acts, names) {
  const button = (name, onclick) => el("button", { type: "button", class: "quiet", onclick }, name);
  return el(
    "div",
    { class: "review-head" },
    el("div", {}, el("h1", {}, title), el("p", { class: "hint" }, about)),
    el("div", { class: "actions" }, button(names.edit, acts.edit), button(names.fresh, acts.fresh), button(texts.print, () => print())),
  );
}

/** A section in a panel of its own, with a title that names it. Whatever of the content is null is left out. */
export function panel(name, title, ...content) {
  const id = `${name}-title`;
  return el("section", { class: `panel ${name}`, "aria-labelledby": id }, el("h2", { id }, title), ...content);
}

/** What the reader must know before relying on the result; null where there is nothing. */
export function notices(all) {
  if (!all.length) return null;
  const items = all.map((notice) => el("li", {}, notice.text));
  return el(
    "section",
    { class: "notices", "aria-labelledby": "notices" },
    el("h2", { id: "notices" }, texts.notices),
    el("ul", {}, items),
  );
}

/** Who read it, in which time, for how much; and what left this machine for it. */
export function provenance({ engine, model, cached, cost_usd: cost, duration_ms: duration, rubric, sent = [] }) {
  const values = {
    model,
    cost: cached ? texts.cost.cached : cost === null ? texts.cost.unknown : fill(texts.cost.known, { cost: cost.toFixed(4) }),
    duration: duration < 10 ? duration.toFixed(1) : Math.round(duration),
    engine: texts.engines[engine] ?? engine,
    rubric: rubric.id,
    version: rubric.version,
  };
  const said = fill(model ? texts.provenanceModel : texts.provenance, values);
  return el("p", { class: "hint provenance" }, said, sent.length ? ` ${leaving(sent)}` : "");
}

/** What left this machine: how many texts, to whom, and what was taken out of them. */
function leaving(sent) {
  const models = [...new Set(sent.map((one) => one.model))].join(", ");
  const taken = Object.entries(sent[0].redacted).map(([kind, count]) => `${count} ${texts.redacted[kind] ?? kind}`);
  const values = { models, count: sent.length, hashes: sent.map((one) => one.sha256.slice(0, 12)).join(", ") };
  return fill(taken.length ? texts.sentRedacted : texts.sent, { ...values, taken: taken.join(", ") });
}
