// How much of a rep's notes is the customer's, month by month: what the notes are about, and no score of a person.

import { claims, Failure } from "./api.js";
import { el } from "./dom.js";
import { panel } from "./result.js";
import { counted, fill, month, texts } from "./texts.js";

const SHOWN = 12;
const words = texts.rep.share;

/** The panel; it stays hidden where nothing is kept of this rep, or where who asks may not see it. */
export function shareTrend({ rep, as_of: asOf }) {
  const place = el("div", { hidden: true });
  load(place, rep, asOf);
  return place;
}

async function load(place, rep, asOf) {
  try {
    const { evidence } = await claims(rep, asOf);
    const months = evidence.filter((one) => one.share !== null).slice(-SHOWN);
    if (!months.length) return;
    place.replaceChildren(
      panel("share-trend", words.title, el("p", { class: "hint" }, words.why), el("ol", {}, months.map(point)), months.length > 1 ? null : el("p", { class: "hint" }, words.oneMonth)),
    );
    place.hidden = false;
  } catch (failure) {
    // Nobody of this name is known yet, or this key may not read claims: the diagnosis stands without it.
    if (!(failure instanceof Failure)) throw failure;
  }
}

function point({ month: first, buyer, seller, share, notes }) {
  const parts = ["buyer", "seller"].map((side) => el("span", { class: side }));
  parts[0].style.flexGrow = buyer;
  parts[1].style.flexGrow = seller;
  const said = fill(words.point, { buyer, all: buyer + seller, notes: counted(words.notes, notes) });
  return el("li", {}, el("h3", {}, month(first)), el("div", { class: "bar", "aria-hidden": "true" }, parts), el("strong", {}, fill(words.percent, { percent: Math.round(100 * share) })), el("span", { class: "hint" }, said));
}
