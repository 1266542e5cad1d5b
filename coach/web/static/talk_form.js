// The form for a conversation: a transcript pasted, dropped or chosen, and who speaks in it.

import { Failure, sample, textOfFile } from "./api.js";
import { dateOf, today, wireForm } from "./form.js";
import { texts } from "./texts.js";

const words = texts.manager;
const form = document.getElementById("editor");
const transcript = document.getElementById("transcript");
const manager = document.getElementById("manager");
const rep = document.getElementById("rep");
const heldOn = document.getElementById("held-on");
const controls = { transcript, manager, rep, held_on: heldOn };
let wired;

/** Wire the form; `review` is called with a conversation and may fail. */
export function startTalkForm(review) {
  transcript.placeholder = words.placeholder;
  wired = wireForm({
    send: () => review(submission()),
    read,
    controlAt: (path) => controls[path],
    kept: () => transcript.value && words.kept,
    dropZone: transcript,
  });
  clear();
  document.getElementById("sample").addEventListener("click", () => wired.attempt(async () => write(await sample("talk"))));
}

/** Empty the form; the conversation counts as held today. */
export function clear() {
  form.reset();
  heldOn.value = today();
  wired.hideError();
}

export function focusTranscript() {
  transcript.focus();
}

function submission() {
  if (!transcript.value.trim()) throw new Failure(words.noText, ["transcript"]);
  return {
    manager: manager.value.trim(),
    rep: rep.value.trim(),
    held_on: dateOf(heldOn),
    transcript: transcript.value,
  };
}

function write(talk) {
  transcript.value = talk.transcript;
  manager.value = talk.manager;
  rep.value = talk.rep;
  document.getElementById("submit").focus();
}

async function read([file]) {
  transcript.value = await textOfFile(file);
  transcript.focus();
  transcript.setSelectionRange(0, 0);
}
