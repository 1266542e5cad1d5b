// Runs a 1-on-1: a clock over the agenda's parts, which says quietly when a part has had its minutes. It ends nothing.

import { announce, el } from "./dom.js";
import { panel } from "./result.js";
import { fill, texts } from "./texts.js";

const TICK_MS = 250;
const words = texts.oneOnOne.run;

/** The panel. `show(part)` is called as a part begins, `done()` once the last is left. */
export function runView(agenda, { show, done }) {
  const parts = agenda.map((item) => ({ ...item, allowed: item.minutes * 60, spent: 0, told: false, cell: null }));
  const whole = parts.reduce((sum, one) => sum + one.allowed, 0);
  const clock = el("strong", {}, minutes(0));
  const toggle = el("button", { type: "button", class: "main-button", onclick: () => (since === null ? start() : pause()) }, words.start);
  const button = (name, by) => el("button", { type: "button", class: "quiet", onclick: () => go(current + by) }, name);
  const [back, next] = [button(words.back, -1), button(words.next, 1)];
  let current = 0;
  // When the current stretch began; null while the clock stands.
  let since = null;
  let ticking = null;

  const list = el("ol", { class: "parts" }, parts.map((one, at) => el("li", {}, (one.cell = cell(one, () => go(at))))));
  const view = panel(
    "run",
    words.title,
    el("div", { class: "run-head" }, el("p", { class: "clock", role: "timer" }, clock, ` ${fill(words.of, { minutes: whole / 60 })}`), el("div", { class: "actions" }, toggle, back, next)),
    list,
    el("p", { class: "hint keys" }, words.keys),
  );
  view.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(current + by);
  });
  draw();
  return view;

  function start() {
    since = performance.now();
    ticking = setInterval(tick, TICK_MS);
    toggle.textContent = words.pause;
    begin();
    draw();
  }

  function pause() {
    count();
    clearInterval(ticking);
    since = null;
    toggle.textContent = words.goOn;
    draw();
  }

  /** Add what has gone by to the part that it went by in. */
  function count() {
    if (since === null) return;
    const now = performance.now();
    parts[current].spent += (now - since) / 1000;
    since = now;
  }

  function tick() {
    // Gone from the page: the form was shown, or another pack.
    if (!view.isConnected) return pause();
    count();
    const one = parts[current];
    if (one.spent >= one.allowed && !one.told) {
      one.told = true;
      announce(fill(words.up, one));
    }
    return draw();
  }

  function go(to) {
    if (to < 0) return;
    count();
    if (to >= parts.length) {
      if (since !== null) pause();
      done();
      return;
    }
    current = to;
    begin();
    draw();
  }

  function begin() {
    const one = parts[current];
    announce(fill(words.began, one));
    show(one.part);
  }

  function draw() {
    clock.textContent = minutes(parts.reduce((sum, one) => sum + one.spent, 0));
    parts.forEach((one, at) => drawPart(one, at === current));
    back.setAttribute("aria-disabled", String(current === 0));
    next.textContent = current === parts.length - 1 ? words.finish : words.next;
  }
}

function cell(item, onclick) {
  return el(
    "button",
    { type: "button", class: "part", onclick },
    el("span", { class: "part-title" }, `${item.part}. ${item.title}`),
    el("span", { class: "left" }),
    el("span", { class: "bar", "aria-hidden": "true" }, el("span", { class: "spent" }), el("span")),
    item.deals.length ? el("span", { class: "hint" }, item.deals.join(", ")) : null,
  );
}

function drawPart({ cell: button, allowed, spent }, isCurrent) {
  const left = allowed - spent;
  button.classList.toggle("over", left < 0);
  if (isCurrent) button.setAttribute("aria-current", "step");
  else button.removeAttribute("aria-current");
  button.querySelector(".left").textContent = fill(left < 0 ? words.over : words.left, { time: minutes(Math.abs(left)) });
  const [done, rest] = button.querySelector(".bar").children;
  done.style.flexGrow = Math.min(spent, allowed);
  rest.style.flexGrow = Math.max(left, 0);
}

/** Seconds as a clock has them: 4:05. */
function minutes(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
