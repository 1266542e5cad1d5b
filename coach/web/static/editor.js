// The form for a deal note, pasted, dropped or chosen, and what is known of the deal.

import { Failure, sampleNote, textOfFile } from "./api.js";
import { dateOf, today, wireForm } from "./form.js";
import { dealFromAddress, noteFromAddress } from "./from_address.js";
import { fill, texts } from "./texts.js";

const form = document.getElementById("editor");
const note = document.getElementById("note");
const name = document.getElementById("name");
const rep = document.getElementById("rep");
const closeDate = document.getElementById("close-date");
const writtenOn = document.getElementById("written-on");
const ofRecord = document.getElementById("record");
const controls = { note, rep, "deal.name": name, "deal.close_date": closeDate, written_on: writtenOn };
let wired;
/** The deal's `crm` and `record`, where the CRM's card led here. */
let record = null;

/** Wire the form; `review` is called with a submission and may fail. */
export function startEditor(review) {
  wired = wireForm({
    send: () => review(submission()),
    read,
    controlAt: (path) => controls[path],
    kept: () => note.value && texts.editor.kept,
    dropZone: note,
  });
  clear();
  const given = noteFromAddress();
  if (given !== null) {
    note.value = given;
    document.getElementById("submit").focus();
  }
  takeDeal(dealFromAddress());
  ofRecord.querySelector("button").addEventListener("click", () => {
    setRecord(null);
    name.focus();
  });
  const fillSample = async () => write(await sampleNote());
  document.getElementById("sample").addEventListener("click", () => wired.attempt(fillSample));
}

/** Empty the form; the note counts as written today. */
export function clear() {
  form.reset();
  writtenOn.value = today();
  setRecord(null);
  wired.hideError();
}

export function focusNote() {
  note.focus();
}

function submission() {
  if (!note.value.trim()) throw new Failure(texts.editor.noNote, ["note"]);
  if (record && !rep.value.trim()) throw new Failure(texts.editor.noRep, ["rep"]);
  return {
    deal: { name: name.value.trim() || null, close_date: dateOf(closeDate) },
    rep: rep.value.trim() || null,
    record,
    written_on: dateOf(writtenOn),
    note: note.value,
  };
}

/** Begin with the deal that a card was of. */
function takeDeal(deal) {
  if (!deal) return;
  name.value = deal.name ?? "";
  closeDate.value = deal.close_date ?? "";
  setRecord({ crm: deal.crm, record: deal.record });
}

/** Say what deal of the CRM the note is of; null where it is known by its name. */
function setRecord(given) {
  record = given;
  ofRecord.hidden = !given;
  if (given) ofRecord.querySelector("span").textContent = fill(texts.editor.record, { record: given.record, crm: texts.crms[given.crm] ?? given.crm });
}

function write(sample) {
  setRecord(null);
  note.value = sample.note;
  name.value = sample.deal.name ?? "";
  closeDate.value = sample.deal.close_date ?? "";
  writtenOn.value = sample.written_on;
  document.getElementById("submit").focus();
}

async function read([file]) {
  note.value = await textOfFile(file);
  note.focus();
  note.setSelectionRange(0, 0);
}
