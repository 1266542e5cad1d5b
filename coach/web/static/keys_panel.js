// The workspace's keys: made, shown once, rotated and revoked.

import { Failure, keys, revokeKey, rotateKey } from "./api.js";
import { copyButton } from "./copying.js";
import { announce, el } from "./dom.js";
import { keyForm } from "./key_form.js";
import { panel } from "./result.js";
import { day, fill, texts } from "./texts.js";

const words = texts.settings.keys;

/** The panel; whoever is no administrator reads who may make keys. */
export function keysPanel(me) {
  if (!me.scopes.includes("admin")) return panel("keys", words.title, el("p", {}, words.adminOnly));
  const said = el("p", { class: "error", role: "alert", hidden: true });
  const shown = el("div", { class: "shown-key", hidden: true });
  const list = el("div", { "aria-live": "off" });
  const tell = (failure) => {
    if (!(failure instanceof Failure)) throw failure;
    said.textContent = failure.message;
    said.hidden = false;
  };

  /** Do something with keys: what was shown before is gone from the page, and what fails is said in words. */
  const act = async (action) => {
    said.hidden = true;
    forget(shown);
    try {
      const made = await action();
      if (made?.key) showOnce(shown, made, me);
      await refresh();
      return true;
    } catch (failure) {
      tell(failure);
      return false;
    }
  };
  const refresh = async () => {
    // Whoever made the first key has to sign in with it from now on.
    const found = me.id === "local" && !shown.hidden ? null : (await keys()).keys;
    list.replaceChildren(found === null ? "" : found.length ? table(found, me, act) : el("p", {}, words.none));
    form.hidden = found === null;
  };
  const form = keyForm({ first: me.id === "local", own: me.scopes, make: act });
  refresh().catch(tell);
  return panel("keys", words.title, el("p", { class: "hint" }, me.id === "local" ? words.leadLocal : words.lead), said, shown, list, form);
}

function forget(place) {
  place.replaceChildren();
  place.hidden = true;
}

function showOnce(place, { key, made }, me) {
  const field = el("input", { readonly: true, value: key, "aria-label": words.theKey, spellcheck: "false", onfocus: () => field.select() });
  place.replaceChildren(
    el("h3", {}, fill(words.made, made)),
    el("div", { class: "copy-row" }, field, copyButton(texts.copying.copy, words.copy, key), el("button", { type: "button", class: "quiet", onclick: () => forget(place) }, words.done)),
    el("p", { class: "hint" }, words.once),
  );
  if (me.id === "local") place.append(el("p", {}, words.signInNow, " ", el("a", { href: "login?next=/settings" }, words.signIn)));
  place.hidden = false;
  field.focus();
  announce(words.once);
}

function table(found, me, act) {
  const heads = Object.values(words.columns).map((name) => el("th", { scope: "col" }, name));
  // Those in force first; the others stay, for the log names them.
  const sorted = [...found].sort((one, other) => (one.state !== "good") - (other.state !== "good"));
  return el("table", { role: "table" }, el("thead", {}, el("tr", { role: "row" }, heads)), el("tbody", {}, sorted.map((one) => row(one, me, act))));
}

function row(key, me, act) {
  const cell = (name, ...content) => el("td", { role: "cell", "data-name": words.columns[name], [`data-${name}`]: "" }, ...content);
  const own = me.id === `key:${key.id}`;
  return el(
    "tr",
    { role: "row", class: key.state },
    el("th", { scope: "row" }, key.name, el("span", { class: "hint" }, `ck_…_${key.id}_…`), own ? el("span", { class: "tag" }, words.own) : null),
    cell("role", texts.who[key.role], key.person ? el("span", { class: "hint" }, key.person) : null),
    cell("made", day(key.made_at.slice(0, 10), "short")),
    cell("state", stateWords(key)),
    cell("acts", key.state === "good" ? acts(key, own, act) : null),
  );
}

function stateWords({ state, expires_at: ends, revoked_at: revoked }) {
  if (state === "revoked") return fill(words.states.revoked, { date: day(revoked.slice(0, 10), "short") });
  // The first moment at which it opens nothing; its last day is the one before.
  const last = ends && day(new Date(new Date(ends).getTime() - 1).toISOString().slice(0, 10), "short");
  return last ? fill(words.states[state === "good" ? "until" : "ended"], { date: last }) : words.states.good;
}

/** Buttons that ask once more before they do anything. */
function acts(key, own, act) {
  const place = el("div", { class: "acts" });
  const button = (name, onclick, kind = "quiet") => el("button", { type: "button", class: kind, onclick }, name);
  const named = (name, text, onclick) => {
    const made = button(name, onclick, "link");
    made.setAttribute("aria-label", fill(text, key));
    return made;
  };
  const offer = () => place.replaceChildren(named(words.rotate, words.rotateLabel, rotate), named(words.revoke, words.revokeLabel, revoke));
  const ask = (question, extra, name, onclick) => {
    const sure = button(name, onclick);
    place.replaceChildren(el("p", {}, question), extra ?? "", el("span", { class: "actions" }, sure, button(words.cancel, () => (offer(), place.querySelector("button").focus()))));
    sure.focus();
  };
  function revoke() {
    ask(own ? words.sureOwn : words.sure, null, words.revokeNow, () => act(() => revokeKey(key.id)));
  }
  function rotate() {
    const overlap = el("select", { "aria-label": words.overlap }, Object.entries(words.overlaps).map(([hours, name]) => el("option", { value: hours }, name)));
    ask(own ? words.rotateSureOwn : words.rotateSure, overlap, words.rotateNow, () => act(() => rotateKey(key.id, Number(overlap.value))));
  }
  offer();
  return place;
}
