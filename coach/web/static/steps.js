// Next steps of a 1-on-1: those to agree on, and those agreed earlier with what became of them.

import { changeCommitment, Failure, holdOneOnOne } from "./api.js";
import { el } from "./dom.js";
import { panel } from "./result.js";
import { counted, day, fill, texts } from "./texts.js";

const words = texts.oneOnOne;

/** What is to be agreed, and what was: once the 1-on-1 is kept, its steps go from the one to the other. */
export function stepsView(pack) {
  const settled = el("div", { class: "rows" });
  const earlier = panel("carried", words.carried, settled);
  const show = ({ next_steps: { agreed, carried } }) => {
    settled.replaceChildren(...[...agreed, ...carried].map(settledRow));
    earlier.hidden = !settled.hasChildNodes();
  };
  show(pack);
  return [agreement(pack, show), earlier];
}

/** Proposed steps to tick and change, and the button that keeps the 1-on-1 as held; `kept` is called with it. */
function agreement(pack, kept) {
  const rows = el("div", { class: "rows" }, pack.next_steps.proposed.map((step) => stepRow(step, false)));
  const said = el("p", { role: "status" });
  const signed = [pack.rep, words.manager].map((name) => el("input", { type: "checkbox", "data-name": name }));
  const add = () => {
    rows.append(stepRow({ what: "", owner: "rep", due_on: pack.next_on, deal: null }, true));
    rows.lastElementChild.querySelector("textarea").focus();
  };
  const hold = attempt(said, async () => {
    const taken = [...rows.children].filter((row) => row.taken());
    const steps = taken.map((row) => row.step());
    const open = signed.find((box) => !box.checked);
    if (open) throw missing(open, fill(words.notSigned, { name: open.dataset.name }));
    kept(await holdOneOnOne({ rep: pack.rep, held_on: pack.as_of, steps }));
    // They stand below now: kept again from here, with other words, they would be agreed on twice.
    for (const row of taken) row.remove();
    for (const box of signed) box.checked = false;
    return counted(words.held, steps.length);
  });
  const view = panel(
    "agree",
    words.agree,
    el("p", { class: "hint" }, words.agreeHint),
    rows,
    el("div", { class: "actions" }, el("button", { type: "button", class: "quiet", onclick: add }, words.add)),
    el(
      "fieldset",
      { class: "sign-off" },
      el("legend", {}, words.signOff),
      signed.map((box) => el("label", { class: "check" }, box, fill(words.agrees, { name: box.dataset.name }))),
      el("button", { type: "button", class: "main-button", onclick: hold }, words.hold),
    ),
    said,
  );
  view.tabIndex = -1;
  return view;
}

function stepRow(step, taken) {
  const take = el("input", { type: "checkbox", checked: taken, "aria-label": words.take });
  const what = el("textarea", { rows: "2", maxlength: "2000", "aria-label": words.what }, step.what);
  const owner = choice(words.owner, words.owners, step.owner);
  const due = el("input", { type: "date", value: step.due_on, "aria-label": words.due });
  const deal = el("input", { class: "deal", value: step.deal ?? "", maxlength: "300", placeholder: words.deal, "aria-label": words.deal });
  what.addEventListener("input", () => (take.checked = true));
  const row = el("div", { class: "step", role: "group", "aria-label": words.step }, take, what, owner, due, deal);
  row.taken = () => take.checked;
  row.step = () => {
    if (!what.value.trim()) throw missing(what, words.noWhat);
    if (!due.value) throw missing(due, words.noDue);
    return { what: what.value.trim(), owner: owner.value, due_on: due.value, deal: deal.value.trim() || null };
  };
  return row;
}

function settledRow(step) {
  const state = choice(words.state, words.states, step.kept);
  const proof = el("input", { value: step.proof ?? "", maxlength: "2000", placeholder: words.proof, "aria-label": words.proof });
  const said = el("span", { role: "status", class: "hint" });
  const save = attempt(said, async () => {
    const shown = proof.value.trim();
    await changeCommitment(step.id, { kept: state.value, ...(shown && { proof: shown }) });
    return words.saved;
  });
  return el(
    "div",
    { class: "step" },
    el("p", {}, `${words.owners[step.owner]}, ${day(step.due_on)}: ${step.what}`, step.deal && ` (${step.deal})`),
    state,
    proof,
    el("button", { type: "button", class: "quiet", onclick: save }, words.save),
    said,
  );
}

function missing(control, message) {
  control.focus();
  return new Failure(message);
}

function choice(label, names, chosen) {
  const options = Object.entries(names).map(([value, name]) => el("option", { value, selected: value === chosen }, name));
  return el("select", { "aria-label": label }, options);
}

/** Do something, and say how it went beside it. */
function attempt(said, action) {
  return async () => {
    try {
      said.textContent = await action();
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      said.textContent = failure.message;
    }
  };
}
