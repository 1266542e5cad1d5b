// The settings: who is signed in, what holds in the workspace, and its keys.

import { Failure, whoAmI, workspace } from "./api.js";
import { el } from "./dom.js";
import { startPage } from "./frame.js";
import { keysPanel } from "./keys_panel.js";
import { folded } from "./quotes.js";
import { panel } from "./result.js";
import { fill, texts } from "./texts.js";
import { workspacePanel } from "./workspace_panel.js";

const words = texts.settings;
const panels = document.getElementById("panels");
const error = document.getElementById("error");

startPage();
show();

async function show() {
  try {
    const me = await whoAmI();
    const rules = me.scopes.includes("reviews:read") ? await workspace() : null;
    panels.replaceChildren(...[mePanel(me), rules && workspacePanel(rules, me), keysPanel(me), rules && evalsPanel()].filter(Boolean));
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    error.textContent = failure.message;
    error.hidden = false;
  }
  panels.setAttribute("aria-busy", "false");
}

function mePanel(me) {
  const local = me.id === "local";
  const named = me.person ? fill(words.named, { person: me.person, role: texts.who[me.role] }) : texts.who[me.role];
  return panel(
    "me",
    words.me,
    el("p", {}, local ? words.local : fill(words.signedIn, { named, workspace: me.workspace })),
    local ? null : el("p", { class: "hint" }, words.sees[me.role]),
    folded(words.may, el("ul", { class: "may" }, me.scopes.map((scope) => el("li", {}, words.scopes[scope] ?? scope)))),
  );
}

function evalsPanel() {
  return panel("evals", words.evals.title, el("p", {}, words.evals.lead), el("p", {}, el("a", { href: "evals" }, words.evals.link)));
}
