// What every form of Coach does: it tells what fails beside what was written, says when it is busy, and takes files.

import { Failure } from "./api.js";
import { fill, texts } from "./texts.js";

const form = document.getElementById("editor");
const submit = document.getElementById("submit");
const errorBox = document.getElementById("error");
const file = document.getElementById("file");

/**
 * Wire the form of this page.
 *
 * `send` is called as it is submitted, `read` with the files that are dropped (and the element under them) or chosen,
 * `controlAt` gives the control for a path of the payload, `kept` says that what was written is kept, or nothing.
 * Returns `{ attempt, hideError }`: `attempt(action)` runs what may fail with a `Failure`.
 */
export function wireForm({ send, read, controlAt, kept, dropZone }) {
  const submitName = submit.textContent;
  const key = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
  document.getElementById("keys").textContent = fill(texts.form.keys, { key });

  const attempt = async (action) => {
    if (form.ariaBusy === "true") return;
    hideError();
    setBusy(true, submitName);
    try {
      await action();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      showError(error, controlAt, kept());
    } finally {
      setBusy(false, submitName);
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(send);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  document.getElementById("choose").addEventListener("click", () => file.click());
  file.addEventListener("change", () => {
    const chosen = [...file.files];
    // Emptied, so that the same file can be chosen again after it was changed.
    if (chosen.length) attempt(() => read(chosen)).finally(() => (file.value = ""));
  });
  acceptDrops(dropZone, (files, target) => attempt(() => read(files, target)));
  return { attempt, hideError };
}

/** The day it is here, as a field of type date has it. */
export function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** What a date field holds, or null; a date that is not complete is a failure. */
export function dateOf(input) {
  if (input.validity.badInput) throw new Failure(texts.errors.badDate, [input.id]);
  return input.value || null;
}

function setBusy(busy, submitName) {
  form.ariaBusy = String(busy);
  // Not `disabled`, which would throw the keyboard's focus away.
  submit.setAttribute("aria-disabled", String(busy));
  submit.textContent = busy ? texts.form.busy : submitName;
}

function showError(failure, controlAt, kept) {
  errorBox.textContent = kept ? `${sentence(failure.message)} ${kept}` : sentence(failure.message);
  errorBox.hidden = false;
  const controls = failure.fields.map((path) => controlAt(path) ?? document.getElementById(path)).filter(Boolean);
  for (const control of controls) {
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-errormessage", errorBox.id);
  }
  (controls[0] ?? errorBox).focus();
}

function hideError() {
  errorBox.hidden = true;
  errorBox.textContent = "";
  for (const control of form.querySelectorAll("[aria-invalid]")) {
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-errormessage");
  }
}

function sentence(text) {
  const [first, ...rest] = text;
  return `${first.toUpperCase()}${rest.join("")}${/[.!?]$/.test(text) ? "" : "."}`;
}

function acceptDrops(zone, onFiles) {
  const carriesFile = (event) => event.dataTransfer?.types.includes("Files");
  let depth = 0;
  const follow = (change) => {
    depth = change === 0 ? 0 : depth + change;
    zone.classList.toggle("dropping", depth > 0 && !form.hidden);
  };
  document.addEventListener("dragenter", (event) => carriesFile(event) && follow(1));
  document.addEventListener("dragleave", (event) => carriesFile(event) && follow(-1));
  // The whole page takes the file: a near miss would have the browser open it and lose what was written.
  document.addEventListener("dragover", (event) => carriesFile(event) && event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    follow(0);
    const dropped = [...event.dataTransfer.files];
    if (dropped.length && !form.hidden) onFiles(dropped, event.target);
  });
}
