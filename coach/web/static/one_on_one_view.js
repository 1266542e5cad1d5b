// The pack as it is prepared: its two pages in a frame, and below them what is to be agreed and what was.

import { el, goTo } from "./dom.js";
import { runView } from "./run.js";
import { stepsView } from "./steps.js";
import { day, fill, texts } from "./texts.js";

const words = texts.oneOnOne;

/** What the page shows of a pack; `acts` are what its buttons do: `edit` and `fresh`. */
export function packView(pack, acts) {
  const frame = el("iframe", { class: "pack", src: address(pack, "html"), title: words.document });
  const button = (name, onclick) => el("button", { type: "button", class: "quiet", onclick }, name);
  const link = (name, form, file) => el("a", { class: "quiet", href: address(pack, form), download: file }, name);
  const about = fill(words.about, { date: day(pack.as_of), next: day(pack.next_on) });
  const head = el(
    "div",
    { class: "review-head" },
    el("div", {}, el("h1", { id: "verdict", tabindex: "-1" }, fill(words.headline, pack)), el("p", { class: "hint" }, about)),
    el(
      "div",
      { class: "actions" },
      button(words.edit, acts.edit),
      button(words.fresh, acts.fresh),
      button(words.print, () => frame.contentWindow.print()),
      link(words.markdown, "md", "one-on-one.md"),
      link(words.calendar, "ics", "next-one-on-one.ics"),
      button(words.json, () => save(pack)),
    ),
  );
  const [agreement, earlier] = stepsView(pack);
  const run = runView(pack.agenda, { show: (part) => turnTo(frame, part), done: () => goTo(agreement, "start") });
  return [head, run, frame, agreement, earlier];
}

/** Have the pack show a part, without moving the page around it. */
function turnTo(frame, part) {
  const heading = frame.contentDocument?.getElementById(`part-${part}`);
  if (heading) frame.contentWindow.scrollBy(0, heading.getBoundingClientRect().top);
}

function address(pack, form) {
  const query = new URLSearchParams({ rep: pack.rep, as_of: pack.as_of, form });
  return `v1/one-on-ones/document?${query}`;
}

function save(pack) {
  const url = URL.createObjectURL(new Blob([JSON.stringify(pack, null, 2)], { type: "application/json" }));
  el("a", { href: url, download: "one-on-one.json" }).click();
  URL.revokeObjectURL(url);
}
