// The page of eval runs: the list, one run (`?run=`), or two of them side by side (`?run=` and `&with=`).

import { evalRun, evalRuns, Failure } from "./api.js";
import { announce, el } from "./dom.js";
import { runList } from "./eval_list.js";
import { pairTitle, pairView } from "./eval_pair.js";
import { runView } from "./eval_run.js";
import { startPage } from "./frame.js";
import { fill } from "./texts.js";
import { evals as words } from "./texts_evals.js";

const place = document.getElementById("runs");
const error = document.getElementById("error");
const asked = new URLSearchParams(location.search);

startPage();
show(asked.get("run"), asked.get("with"));

async function show(name, other) {
  try {
    if (name && other) await showPair(name, other);
    else if (name) await showRun(name);
    else place.replaceChildren(...runList(await evalRuns()));
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    error.replaceChildren(failure.code === "not_found" ? words.none : failure.message, " ", el("a", { href: "evals" }, words.all));
    error.hidden = false;
  }
  place.setAttribute("aria-busy", "false");
}

async function showRun(name) {
  // Without the others it is shown, too.
  const others = evalRuns({ limit: 100 }).catch(() => ({ runs: [] }));
  const [run, { runs }] = await Promise.all([evalRun(name), others]);
  place.replaceChildren(...runView(run, runs.filter((one) => one.name !== name && !one.fault)));
  document.title = fill(words.documentTitle, run);
  announce(fill(words.ready, run));
}

/** The earlier one first, whichever was asked for first. */
async function showPair(...names) {
  const pair = await Promise.all(names.map(evalRun));
  const [before, after] = pair.sort((one, two) => Date.parse(one.written_at) - Date.parse(two.written_at));
  place.replaceChildren(...pairView(before, after));
  document.title = pairTitle(before, after);
  announce(fill(words.beside.ready, { before: before.name, after: after.name }));
}
