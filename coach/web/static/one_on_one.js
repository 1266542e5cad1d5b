// Puts the page of the 1-on-1 together: the form and the pack.

import { prepareOneOnOne } from "./api.js";
import { startFrame } from "./frame.js";
import { clear, focusRep, startOneOnOneForm } from "./one_on_one_form.js";
import { packView } from "./one_on_one_view.js";
import { fill, texts } from "./texts.js";

const words = texts.oneOnOne;
const frame = startFrame({ region: words.region, clear, focusForm: focusRep });

startOneOnOneForm(async (asked) => {
  const pack = await prepareOneOnOne(asked);
  frame.showResult(packView(pack, { edit: frame.leave, fresh: frame.fresh }), {
    title: fill(words.documentTitle, pack),
    said: fill(words.ready, pack),
  });
});
