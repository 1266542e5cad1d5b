// Puts the rep's page together: the form and the diagnosis.

import { diagnoseRep } from "./api.js";
import { diagnosisView, headlineOf } from "./diagnosis.js";
import { startFrame } from "./frame.js";
import { clear, focusRep, startRepForm } from "./rep_form.js";
import { fill, texts } from "./texts.js";

const frame = startFrame({ region: texts.rep.region, clear, focusForm: focusRep });

startRepForm(async (packet) => {
  const found = await diagnoseRep(packet);
  const said = headlineOf(found);
  frame.showResult(diagnosisView(found, packet, { edit: frame.leave, fresh: frame.fresh }), {
    title: fill(texts.rep.documentTitle, { rep: found.rep, headline: said.headline }),
    said: fill(texts.rep.ready, said),
  });
});
