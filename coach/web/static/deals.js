// The list of deals: those with the latest note first, found by a part of a name.

import { deals, Failure } from "./api.js";
import { announce, el } from "./dom.js";
import { startPage } from "./frame.js";
import { counted, day, fill, money, texts } from "./texts.js";
import { verdictTag } from "./verdict_tag.js";

const WAIT_MS = 250;
const words = texts.deals;
const at = (id) => document.getElementById(id);
const [search, find, closed, error, list, more] = ["search", "find", "closed", "error", "list", "more"].map(at);
let rows;
let after;
let asked = 0;
let timer;

startPage();
restore();
search.addEventListener("submit", (event) => {
  event.preventDefault();
  show();
});
find.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(show, WAIT_MS);
});
closed.addEventListener("change", () => show());
more.addEventListener("click", () => show(after));
show();

/** What was looked for stands in the address, so that Back and a bookmark have it again. */
function restore() {
  const query = new URLSearchParams(location.search);
  find.value = query.get("find") ?? "";
  closed.checked = query.get("closed") === "true";
}

function wanted() {
  return { ...(find.value.trim() && { find: find.value.trim() }), ...(closed.checked && { closed: "true" }) };
}

async function show(from = null) {
  clearTimeout(timer);
  asked += 1;
  const [own, query] = [asked, wanted()];
  list.setAttribute("aria-busy", "true");
  error.hidden = true;
  try {
    const page = await deals({ ...query, ...(from && { after: from }) });
    // An answer that a later question has overtaken is nobody's any more.
    if (own !== asked) return;
    const first = rows?.childElementCount ?? 0;
    if (from) rows.append(...page.deals.map(row));
    else list.replaceChildren(page.deals.length ? table(page.deals) : nothing(query));
    after = page.after;
    more.hidden = !after;
    if (from) rows.children[first]?.querySelector("a").focus();
    announce(counted(words.found, from ? rows.childElementCount : page.deals.length));
    history.replaceState(null, "", `?${new URLSearchParams(query)}`.replace(/\?$/, location.pathname));
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    if (own !== asked) return;
    error.textContent = failure.message;
    error.hidden = false;
  } finally {
    if (own === asked) list.setAttribute("aria-busy", "false");
  }
}

function table(found) {
  rows = el("tbody", {}, found.map(row));
  const heads = Object.values(words.columns).map((name) => el("th", { scope: "col" }, name));
  return el("table", { class: "panel", role: "table" }, el("thead", {}, el("tr", { role: "row" }, heads)), rows);
}

function row(deal) {
  const cell = (name, ...content) => el("td", { role: "cell", "data-name": words.columns[name], [`data-${name}`]: "" }, ...content);
  const stands = [deal.state && deal.state !== "open" ? words.states[deal.state] : null, deal.stage].filter(Boolean).join(", ");
  return el(
    "tr",
    { role: "row" },
    el("th", { scope: "row" }, el("a", { href: `deal?id=${deal.id}` }, deal.name), about(deal.account)),
    cell("rep", deal.rep ?? words.unknown.rep),
    cell("amount", deal.amount ? money(deal.amount) : words.unknown.amount, about(stands)),
    cell("closes", day(deal.closed_on ?? deal.close_date, "short") ?? words.unknown.closes),
    cell("says", verdictTag(deal.verdict), about(deal.notes ? fill(words.noted[deal.notes === 1 ? "one" : "other"], { count: deal.notes, date: day(deal.noted_on, "short") }) : null)),
  );
}

function about(text) {
  return text ? el("span", { class: "hint" }, text) : null;
}

/** What to do where there is no deal yet, or none of that name. */
function nothing(query) {
  if (query.find) return el("section", { class: "panel empty" }, el("h2", {}, fill(words.noneFound, query)), el("p", {}, closed.checked ? words.noneFoundAll : words.noneFoundOpen));
  const { title, lead, ways } = words.empty;
  return el(
    "section",
    { class: "panel empty" },
    el("h2", {}, title),
    el("p", {}, lead),
    el("ol", {}, ways.map(({ what, link, href, code }) => el("li", {}, what, link ? [" ", el("a", { href }, link)] : null, code ? el("code", { tabindex: 0 }, code) : null))),
  );
}
