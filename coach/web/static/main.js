// Puts the deal note's page together: the form and the review.

import { reviewDeal } from "./api.js";
import { clear, focusNote, startEditor } from "./editor.js";
import { startFrame } from "./frame.js";
import { reviewView } from "./review.js";
import { fill, texts } from "./texts.js";

const frame = startFrame({ region: texts.review.region, clear, focusForm: focusNote });

startEditor(async (submission) => {
  const review = await reviewDeal(submission);
  const verdict = texts.verdict.words[review.claim.verdict];
  frame.showResult(reviewView(review, submission.note, { edit: frame.leave, fresh: frame.fresh }), {
    title: fill(texts.review.documentTitle, { verdict, deal: review.deal.name ?? texts.review.untitled }),
    said: fill(texts.review.ready, { verdict, explanation: review.claim.explanation }),
  });
});
