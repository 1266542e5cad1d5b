// One deal: put together from what is kept of it.

import { deal, Failure } from "./api.js";
import { announce, el } from "./dom.js";
import { closeDatePanel } from "./deal_crm.js";
import { notesPanel } from "./deal_notes.js";
import { peoplePanel } from "./deal_people.js";
import { startPage } from "./frame.js";
import { day, fill, money, texts } from "./texts.js";
import { verdictTag } from "./verdict_tag.js";

const words = texts.deal;
const place = document.getElementById("deal");
const error = document.getElementById("error");

startPage();
show(new URLSearchParams(location.search).get("id") ?? "");

async function show(id) {
  // Whoever comes without a number is looking for a deal.
  if (!/^[0-9]{1,18}$/.test(id)) return location.replace("deals");
  try {
    const found = await deal(id);
    place.replaceChildren(...view(found));
    document.title = fill(words.documentTitle, found.deal);
    announce(fill(words.ready, found.deal));
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    error.before(el("h1", {}, words.failed));
    error.replaceChildren(failure.code === "not_found" ? words.none : failure.message, " ", el("a", { href: "deals" }, words.all));
    error.hidden = false;
  }
  place.setAttribute("aria-busy", "false");
  return null;
}

function view(found) {
  return [
    head(found.deal),
    el("div", { class: "columns" }, el("div", { class: "stack" }, notesPanel(found)), el("div", { class: "stack" }, peoplePanel(found), closeDatePanel(found))),
  ];
}

function head(one) {
  const { rep, account, stage, state, amount, as_of: asOf } = one;
  const closes = one.closed_on ? fill(words.closed[state], { date: day(one.closed_on) }) : one.close_date && fill(words.closes, { date: day(one.close_date) });
  const facts = [account, rep, stage ?? (state && texts.deals.states[state]), amount && money(amount), closes].filter(Boolean);
  return el(
    "div",
    { class: "review-head" },
    el(
      "div",
      {},
      el("h1", { id: "verdict" }, one.name, " ", verdictTag(one.verdict)),
      el("p", {}, facts.join(" · ")),
      el("p", { class: "hint" }, asOf ? fill(words.asOf, { date: day(asOf), crm: texts.crms[one.crm] ?? one.crm }) : words.notInCrm),
    ),
    el(
      "div",
      { class: "actions" },
      el("a", { class: "quiet", href: "deals" }, words.all),
      el("button", { type: "button", class: "quiet", onclick: () => print() }, texts.print),
    ),
  );
}
