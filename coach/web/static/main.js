// Puts the page together: the form, the review, and the way between them, which the browser's Back button knows too.

import { reviewDeal } from "./api.js";
import { announce } from "./dom.js";
import { clear, focusNote, startEditor } from "./editor.js";
import { reviewView } from "./review.js";
import { fill, textAt, texts } from "./texts.js";

const editor = document.getElementById("editor");
const view = document.getElementById("review");

for (const element of document.querySelectorAll("[data-text]")) element.textContent = textAt(element.dataset.text);
view.setAttribute("aria-label", texts.review.region);
view.setAttribute("role", "region");

// A reload on a review begins at the form again.
history.replaceState(null, "");

startEditor(async (submission) => {
  const review = await reviewDeal(submission);
  view.replaceChildren(...reviewView(review, submission.note, { edit: leaveReview, fresh }));
  // The state holds no note: going back shows the form as it was left, in this tab only.
  history.pushState({ view: "review" }, "");
  showReview();
  const verdict = texts.verdict.words[review.claim.verdict];
  document.title = fill(texts.review.documentTitle, { verdict, deal: review.deal.name ?? texts.review.untitled });
  announce(fill(texts.review.ready, { verdict, explanation: review.claim.explanation }));
});

addEventListener("popstate", ({ state }) => (state?.view === "review" && view.hasChildNodes() ? showReview() : showEditor()));

function showReview() {
  editor.hidden = true;
  view.hidden = false;
  scrollTo(0, 0);
  document.getElementById("verdict").focus({ preventScroll: true });
}

function showEditor() {
  view.hidden = true;
  editor.hidden = false;
  document.title = texts.brand;
  scrollTo(0, 0);
  focusNote();
}

function leaveReview() {
  if (history.state?.view === "review") history.back();
  else showEditor();
}

function fresh() {
  clear();
  leaveReview();
}
