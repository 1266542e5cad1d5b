// Puts the conversation's page together: the form and the mirror.

import { reviewManager } from "./api.js";
import { startFrame } from "./frame.js";
import { mirrorView } from "./mirror.js";
import { clear, focusTranscript, startTalkForm } from "./talk_form.js";
import { fill, texts } from "./texts.js";

const frame = startFrame({ region: texts.manager.region, clear, focusForm: focusTranscript });

startTalkForm(async (talk) => {
  const review = await reviewManager(talk);
  const said = { manager: review.manager, title: review.practice.title, ...review.balance };
  frame.showResult(mirrorView(review, talk.transcript, { edit: frame.leave, fresh: frame.fresh }), {
    title: fill(texts.manager.documentTitle, said),
    said: fill(texts.manager.ready, said),
  });
});
