// A deal at a glance, for the sidebar of a CRM: asks for the card that the address names, and shows it.

import { Failure, readCard } from "./api.js";
import { cardView, failureView, titleOf } from "./card_view.js";
import { announce, el } from "./dom.js";
import { hostOf } from "./host.js";
import { fill, texts } from "./texts.js";

const words = texts.card;
const place = document.getElementById("glance");
// As they stand in the address: a slash in a record is encoded there, and stays so.
const [crm, record] = location.pathname.split("/").slice(-2);
// Behind the #, so that it is in no log of a server.
const pass = new URLSearchParams(location.hash.slice(1)).get("pass");
const host = hostOf(crm);

place.setAttribute("aria-label", words.label);
// Where the CRM's proof was refused there is nothing to ask for.
if (place.dataset.refused) showFailure(new Failure(place.dataset.refused), () => location.reload());
else show();

async function show() {
  place.setAttribute("aria-busy", "true");
  place.replaceChildren(el("p", { class: "hint" }, words.loading));
  try {
    const card = await readCard(crm, record || (await host.record()), pass);
    document.title = fill(words.documentTitle, { deal: titleOf(card) });
    place.replaceChildren(...cardView(card));
    announce(fill(words.ready, { deal: titleOf(card), verdict: texts.verdict.words[card.verdict] ?? words.notReviewed }));
    done();
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    showFailure(failure, show);
  }
}

function showFailure(failure, again) {
  place.replaceChildren(...failureView(failure, { hasPass: Boolean(pass), again }));
  announce(place.querySelector("h1").textContent);
  done();
}

function done() {
  place.setAttribute("aria-busy", "false");
  host.shown();
}
