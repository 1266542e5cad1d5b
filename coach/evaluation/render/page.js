"use strict";
// Only comfort: without it every case is there, and a link leads to it closed.
(() => {
  const form = document.getElementById("filter");
  const cases = [...document.querySelectorAll("details.case")];

  const follow = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target?.matches("details")) {
      target.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", follow);
  follow();

  if (!form) return;
  const words = new Map(cases.map((one) => [one, one.querySelector("summary").textContent.toLowerCase()]));
  const filter = () => {
    const state = form.elements.state.value;
    const wanted = form.elements.find.value.trim().toLowerCase();
    let shown = 0;
    for (const one of cases) {
      const asked = state === "flipped" ? "flipped" in one.dataset : !state || one.dataset.state === state;
      one.hidden = !asked || !words.get(one).includes(wanted);
      shown += !one.hidden;
    }
    form.querySelector("output").textContent = `${shown} of ${cases.length} shown`;
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  filter();
})();
