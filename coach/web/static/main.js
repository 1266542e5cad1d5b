// Puts the deal note's page together: the form, and the component that reads the note and shows the review.

import { Failure } from "./api.js";
import { clear, focusNote, startEditor } from "./editor.js";
import { startFrame } from "./frame.js";
import { fill, texts } from "./texts.js";

const view = document.getElementById("review");
const frame = startFrame({ region: texts.review.region, clear, focusForm: focusNote, left: () => view.stop() });

view.querySelector(".edit").addEventListener("click", frame.leave);
view.querySelector(".fresh").addEventListener("click", frame.fresh);
view.querySelector(".print").addEventListener("click", () => print());
view.addEventListener("coach-review", ({ detail: review }) => {
  const verdict = texts.verdict.words[review.claim.verdict];
  const title = fill(texts.review.documentTitle, { verdict, deal: review.deal.name ?? texts.review.untitled });
  if (view.hidden) frame.showResult(null, { title });
  else document.title = title;
});

startEditor(async (submission) => {
  try {
    await view.read(submission);
  } catch (failure) {
    // The component is built by itself, and has a class of its own.
    throw failure.name === "Failure" ? new Failure(failure.message, failure.fields) : failure;
  }
});
