// The rep's page: what was said about them, and what they say to that.

import { Failure, said, whoAmI } from "./api.js";
import { startFrame } from "./frame.js";
import { mineView } from "./mine_view.js";
import { fill, texts } from "./texts.js";

const form = document.getElementById("editor");
const rep = document.getElementById("rep");
const error = document.getElementById("error");
const words = texts.mine;

const frame = startFrame({ region: words.region, clear: () => form.reset(), focusForm: () => rep.focus() });

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (rep.value.trim()) show(rep.value.trim());
  else tell(words.noName);
});
start();

/** Whoever is signed in as a rep sees their own at once. */
async function start() {
  const me = await whoAmI().catch(() => null);
  if (me?.role !== "rep") return;
  rep.value = me.person;
  show(me.person, null);
}

async function show(name, edit = frame.leave) {
  error.hidden = true;
  try {
    const found = await said(name);
    const count = found.reviews.length + found.diagnoses.length;
    frame.showResult(mineView(name, found, { edit }), {
      title: fill(words.documentTitle, { name }),
      said: fill(words.ready, { count }),
    });
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    tell(failure.message);
  }
}

function tell(text) {
  error.textContent = text;
  error.hidden = false;
  rep.focus();
}
