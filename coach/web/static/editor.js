// The form: a note pasted, dropped or chosen, and what is known of the deal. It keeps what was written, whatever fails.

import { Failure, sampleNote, textOfFile } from "./api.js";
import { fill, texts } from "./texts.js";

const form = document.getElementById("editor");
const note = document.getElementById("note");
const name = document.getElementById("name");
const closeDate = document.getElementById("close-date");
const writtenOn = document.getElementById("written-on");
const submit = document.getElementById("submit");
const errorBox = document.getElementById("error");
const file = document.getElementById("file");
const fieldNames = { note, name, close_date: closeDate, written_on: writtenOn };

/** Wire the form; `review` is called with a submission and may fail. */
export function startEditor(review) {
  clear();
  const key = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";
  document.getElementById("keys").textContent = fill(texts.editor.keys, { key });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(() => review(submission()));
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  document.getElementById("sample").addEventListener("click", () => attempt(async () => write(await sampleNote())));
  document.getElementById("choose").addEventListener("click", () => file.click());
  file.addEventListener("change", () => {
    const [chosen] = file.files;
    // Emptied, so that the same file can be chosen again after it was changed.
    if (chosen) attempt(() => read(chosen)).finally(() => (file.value = ""));
  });
  acceptDrops();
}

/** Empty the form; the note counts as written today. */
export function clear() {
  form.reset();
  const now = new Date();
  writtenOn.value = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  hideError();
}

export function focusNote() {
  note.focus();
}

function submission() {
  if (closeDate.validity.badInput || writtenOn.validity.badInput) throw new Failure(texts.errors.badDate);
  return {
    deal: { name: name.value.trim() || null, close_date: closeDate.value || null },
    written_on: writtenOn.value || null,
    note: note.value,
  };
}

function write(sample) {
  note.value = sample.note;
  name.value = sample.deal.name ?? "";
  closeDate.value = sample.deal.close_date ?? "";
  writtenOn.value = sample.written_on;
  submit.focus();
}

async function read(chosen) {
  note.value = await textOfFile(chosen);
  note.focus();
  note.setSelectionRange(0, 0);
}

async function attempt(action) {
  if (form.ariaBusy === "true") return;
  hideError();
  setBusy(true);
  try {
    await action();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    showError(error);
  } finally {
    setBusy(false);
  }
}

function setBusy(busy) {
  form.ariaBusy = String(busy);
  // Not `disabled`, which would throw the keyboard's focus away.
  submit.setAttribute("aria-disabled", String(busy));
  submit.textContent = busy ? texts.editor.busy : texts.editor.submit;
}

function showError(failure) {
  errorBox.textContent = note.value ? `${sentence(failure.message)} ${texts.errors.kept}` : sentence(failure.message);
  errorBox.hidden = false;
  const fields = failure.fields.map((field) => fieldNames[field]).filter(Boolean);
  for (const field of fields) field.setAttribute("aria-invalid", "true");
  (fields[0] ?? errorBox).focus();
}

function sentence(text) {
  const [first, ...rest] = text;
  return `${first.toUpperCase()}${rest.join("")}${/[.!?]$/.test(text) ? "" : "."}`;
}

function hideError() {
  errorBox.hidden = true;
  errorBox.textContent = "";
  for (const field of Object.values(fieldNames)) field.removeAttribute("aria-invalid");
}

function acceptDrops() {
  const carriesFile = (event) => event.dataTransfer?.types.includes("Files");
  let depth = 0;
  const follow = (change) => {
    depth = change === 0 ? 0 : depth + change;
    note.classList.toggle("dropping", depth > 0 && !form.hidden);
  };
  document.addEventListener("dragenter", (event) => carriesFile(event) && follow(1));
  document.addEventListener("dragleave", (event) => carriesFile(event) && follow(-1));
  // The whole page takes the file: a near miss would have the browser open it and lose what was written.
  document.addEventListener("dragover", (event) => carriesFile(event) && event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    follow(0);
    const [dropped] = event.dataTransfer.files;
    if (dropped && !form.hidden) attempt(() => read(dropped));
  });
}
