// What every page has: its texts, and the way between form and result, which the browser's Back button knows too.

import { announce } from "./dom.js";
import { textAt, texts } from "./texts.js";
import { showWho } from "./who.js";

const form = document.getElementById("editor");
const view = document.getElementById("review");
const title = document.title;

/** Start a page: its texts, and who is signed in. */
export function startPage() {
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = textAt(element.dataset.text);
  document.querySelector("nav").setAttribute("aria-label", texts.pages.label);
  showWho();
}

/**
 * Start a page of a form and its result. `region` is what the result is called, `clear` empties the form, `focusForm` goes to its first field.
 * Returns `{ showResult, leave, fresh }`.
 */
export function startFrame({ region, clear, focusForm }) {
  startPage();
  view.setAttribute("aria-label", region);
  view.setAttribute("role", "region");
  // A reload on a result begins at the form again.
  history.replaceState(null, "");

  const showForm = () => {
    view.hidden = true;
    form.hidden = false;
    document.title = title;
    scrollTo(0, 0);
    focusForm();
  };
  const leave = () => {
    if (history.state?.view === "review") history.back();
    else showForm();
  };
  addEventListener("popstate", ({ state }) => (state?.view === "review" && view.hasChildNodes() ? showView() : showForm()));

  return {
    leave,
    fresh: () => {
      clear();
      leave();
    },
    /** Show a result; its headline has the id `verdict`. `said` is for people who listen. */
    showResult: (nodes, { title: named, said }) => {
      view.replaceChildren(...nodes);
      // The state holds no text: going back shows the form as it was left, in this tab only.
      history.pushState({ view: "review" }, "");
      showView();
      document.title = named;
      announce(said);
    },
  };
}

function showView() {
  form.hidden = true;
  view.hidden = false;
  scrollTo(0, 0);
  document.getElementById("verdict").focus({ preventScroll: true });
}
