// What holds in the workspace; an administrator changes it, and everybody else reads it.

import { changeWorkspace, Failure } from "./api.js";
import { el } from "./dom.js";
import { panel } from "./result.js";
import { counted, texts } from "./texts.js";

const words = texts.settings;
const LONGEST_DAYS = 36500;
const KEPT = ["retention_days", "retention_crm_days"];

export function workspacePanel(rules, me) {
  return me.scopes.includes("admin") ? form(rules) : reading(rules);
}

function reading(rules) {
  const facts = [
    [words.diagnosis, words.switched[rules.diagnosis]],
    ...KEPT.map((name) => [words[name], rules[name] ? counted(words.days, rules[name]) : words.forever]),
  ];
  return panel("workspace", words.workspace, el("dl", { class: "facts" }, facts.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))), el("p", { class: "hint" }, words.adminChanges));
}

function form(rules) {
  const on = el("input", { type: "checkbox", id: "diagnosis", checked: rules.diagnosis === "on", "aria-describedby": "diagnosis-hint" });
  const fields = KEPT.map((name) => el("input", { type: "number", id: name, min: 1, max: LONGEST_DAYS, step: 1, value: rules[name] ?? "", placeholder: words.forever, "aria-describedby": `${name}-hint` }));
  const said = el("p", { role: "status", class: "hint" });
  const save = el("button", { type: "submit", class: "main-button" }, words.save);
  let known = rules;
  // What is to be deleted is said first, and done once it is asked for again.
  let warned = null;
  const view = el(
    "form",
    { novalidate: true },
    el("div", { class: "setting" }, el("label", { class: "check" }, on, words.diagnosis), el("p", { class: "hint", id: "diagnosis-hint" }, words.diagnosisHint)),
    el("div", { class: "pair" }, KEPT.map((name, at) => el("div", { class: "field" }, el("label", { for: name }, words[name]), fields[at], el("p", { class: "hint", id: `${name}-hint` }, words.hints[name])))),
    el("div", { class: "submit" }, save, said),
  );
  view.addEventListener("submit", async (event) => {
    event.preventDefault();
    const wrong = fields.find((field) => !field.validity.valid);
    for (const field of fields) field.setAttribute("aria-invalid", String(field === wrong));
    if (wrong) {
      said.textContent = words.badDays;
      wrong.focus();
      return;
    }
    const values = Object.fromEntries(KEPT.map((name, at) => [name, fields[at].value ? Number(fields[at].value) : null]));
    const shorter = KEPT.some((name) => values[name] && values[name] < (known[name] ?? Infinity));
    const same = JSON.stringify(values);
    if (shorter && warned !== same) {
      warned = same;
      save.textContent = words.saveAndDelete;
      said.textContent = words.deletes;
      return;
    }
    try {
      known = await changeWorkspace({ diagnosis: on.checked ? "on" : "off", ...values });
      said.textContent = words.saved;
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      said.textContent = failure.message;
    }
    warned = null;
    save.textContent = words.save;
  });
  return panel("workspace", words.workspace, view);
}
