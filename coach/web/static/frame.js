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
 * Start a page of a form and its result. `region` is what the result is called, `clear` empties the form, `focusForm`
 * goes to its first field, `left` is called as the reader goes back to it.
 * Returns `{ showResult, leave, fresh }`.
 */
export function startFrame({ region, clear, focusForm, left = () => {} }) {
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
    left();
    focusForm();
  };
  const leave = () => {
    if (history.state?.view === "review") history.back();
    else showForm();
  };
  addEventListener("popstate", ({ state }) => (state?.view === "review" && headline() ? showView() : showForm()));

  return {
    leave,
    fresh: () => {
      clear();
      leave();
    },
    /**
     * Show a result; its headline has the id `verdict`, and it is there already where `nodes` is null. `said` is for
     * people who listen.
     */
    showResult: (nodes, { title: named, said }) => {
      if (nodes) view.replaceChildren(...nodes);
      // The state holds no text: going back shows the form as it was left, in this tab only.
      history.pushState({ view: "review" }, "");
      showView();
      document.title = named;
      if (said) announce(said);
    },
  };
}

function showView() {
  form.hidden = true;
  view.hidden = false;
  scrollTo(0, 0);
  headline().focus({ preventScroll: true });
}

function headline() {
  return (view.shadowRoot ?? document).getElementById("verdict");
}
