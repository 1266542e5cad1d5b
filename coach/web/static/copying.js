// The button that puts a text on the clipboard.

import { announce, el } from "./dom.js";
import { texts } from "./texts_review.js";

/** Make the button: `name` is what it shows, `label` what it is called, `text` what it copies; then `copied` is called. */
export function copyButton(name, label, text, copied = () => {}) {
  const button = el("button", { type: "button", class: "link copy", "aria-label": label, onclick: () => copy() }, name);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      announce(texts.copying.notCopied, button);
      button.textContent = texts.copying.notCopied;
      return;
    }
    announce(texts.copying.copiedAloud, button);
    copied(text);
    button.textContent = texts.copying.copied;
    setTimeout(() => (button.textContent = name), 1800);
  };
  return button;
}
