// Makes the bookmarklet, for the address by which this page was reached.

import { el } from "./dom.js";
import { copyButton } from "./copying.js";
import { startPage } from "./frame.js";
import { texts } from "./texts.js";

const LONGEST = 200_000;

startPage();

/** What the bookmarklet does, in the page that it is used on: it opens Coach with what is selected behind the #. */
function coachSelection(coach, longest, nothing, tooLong) {
  const field = document.activeElement;
  const inField = field && typeof field.selectionStart === "number" && field.type !== "password";
  const text = String(getSelection()).trim() || (inField ? field.value.slice(field.selectionStart, field.selectionEnd) : "");
  if (!text.trim()) alert(nothing);
  else if (text.length > longest) alert(tooLong);
  else open(`${coach}#note=${encodeURIComponent(text)}`, "_blank", "noopener,noreferrer");
}

const here = new URL("./", document.baseURI).href;
const given = [here, LONGEST, texts.selection.nothing, texts.selection.tooLong].map((one) => JSON.stringify(one)).join(",");
// A percent sign would be read as an escape, and a line break would not stand in an address.
const code = `(${coachSelection})(${given})`.replace(/\s*\n\s*/g, " ");
const bookmarklet = `javascript:${encodeURIComponent(`void ${code}`)}`;

const link = document.getElementById("bookmarklet");
link.href = bookmarklet;
// A click here would do nothing: this page's policy runs no script from an address.
link.addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("said").textContent = texts.selection.drag;
});
document.getElementById("copy").append(copyButton(texts.selection.copy, texts.selection.copyLabel, bookmarklet));
