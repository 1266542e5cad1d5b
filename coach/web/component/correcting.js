// Correcting a finding in two clicks, from the card of its mark: that it is not right, and what it is.

import { announce, el } from "../static/dom.js";
import { fill, texts } from "../static/texts_review.js";

const words = texts.correcting;
const KINDS = ["buyer_action", "buyer_commitment", "buyer_statement", "seller_action", "seller_opinion"];

/** Whose evidence a finding of a kind is; of none where it is no finding. */
export function centreOf({ kind }) {
  return kind?.split("_")[0] ?? "none";
}

/**
 * The foot of a card; null where nothing was said and nothing can be. `corrections` has `possible()`, `of(index)` and
 * `send(index, kind)`; the kind is null where it ought to be no finding.
 */
export function correcting(statement, index, corrections) {
  const foot = el("div", { class: "correct" });
  const show = (...nodes) => foot.replaceChildren(...nodes.filter(Boolean));

  const rest = (failure) => {
    const said = corrections.of(index);
    show(
      said ? el("p", { class: "corrected-to" }, fill(words.corrected, { kind: kindName(said.kind) })) : null,
      said ? el("p", { class: "hint" }, words.stays) : null,
      failure ? el("p", { class: "failed" }, failure) : null,
      corrections.possible() ? el("button", { type: "button", class: "link", onclick: choose }, said ? words.again : words.start) : null,
    );
  };

  const choose = () => {
    const kinds = [...KINDS, null].filter((kind) => kind !== (corrections.of(index) ?? statement).kind);
    const buttons = kinds.map((kind) => el("button", { type: "button", class: `kind ${centreOf({ kind })}`, onclick: () => send(kind) }, kindName(kind)));
    show(el("p", {}, words.which), el("div", { class: "kinds", role: "group", "aria-label": words.which }, buttons));
    buttons[0].focus();
  };

  const send = async (kind) => {
    show(el("p", { class: "hint", tabindex: -1 }, words.sending));
    foot.firstChild.focus();
    try {
      await corrections.send(index, kind);
      rest();
      announce(fill(words.corrected, { kind: kindName(kind) }), foot);
    } catch (failure) {
      rest(failure.message);
      announce(failure.message, foot);
    }
    foot.querySelector("button")?.focus();
  };

  rest();
  return foot.hasChildNodes() ? foot : null;
}

function kindName(kind) {
  return texts.evidence.kinds[kind] ?? texts.evidence.noFinding;
}
