// The form for what there is about a rep: written here, or filled from a packet file or from notes that are dropped.

import { Failure, packetOfFile, sample, textOfFile } from "./api.js";
import { el } from "./dom.js";
import { dateOf, today, wireForm } from "./form.js";
import { keepRows } from "./rows.js";
import { fill, texts } from "./texts.js";

const words = texts.rep;
const at = (id) => document.getElementById(id);
const form = at("editor");
const [rep, role, tenure, asOf] = ["rep", "role", "tenure", "as-of"].map(at);
const [observation, rideAlong, ownText] = ["observation", "ride-along", "own-text"].map(at);
const controls = {
  rep, role, tenure, as_of: asOf, manager_observation: observation, ride_along: rideAlong, "self_assessment.text": ownText,
};
const PACKET = /\.(json|ya?ml)$/i;

const notes = keepRows({ list: at("notes"), addButton: at("add-note"), make: noteRow, number: numberNote, first: noteOf });
const figures = keepRows({ list: at("figures"), addButton: at("add-figure"), make: figureRow, number: numberFigure, first: (row) => figureOf(row)[0] });
let wired;

/** Wire the form; `diagnose` is called with a packet and may fail. */
export function startRepForm(diagnose) {
  at("ratings").append(...Object.entries(words.competencies).map(ratingRow));
  at("notes").setAttribute("aria-label", words.notes);
  wired = wireForm({
    send: () => diagnose(submission()),
    read,
    controlAt,
    kept: () => (isWritten() ? words.kept : null),
    dropZone: form,
  });
  clear();
  at("sample").addEventListener("click", () => wired.attempt(async () => write(await sample("packet"))));
}

/** Empty the form; dates count from today. */
export function clear() {
  form.reset();
  notes.set([]);
  figures.set([]);
  asOf.value = today();
  wired.hideError();
}

export function focusRep() {
  rep.focus();
}

function submission() {
  if (!rep.value.trim()) throw new Failure(words.noName, ["rep"]);
  const deals = writtenNotes().map((area) => area.value);
  const read = [observation, rideAlong, ownText].map((area) => area.value);
  if (![...read, ...deals].some((text) => text.trim())) throw new Failure(words.noText, ["manager_observation"]);
  return {
    rep: rep.value.trim(),
    role: role.value.trim(),
    tenure: tenure.value.trim(),
    self_assessment: { ratings: ratings(), text: ownText.value },
    manager_observation: observation.value.trim() ? observation.value : null,
    ride_along: rideAlong.value.trim() ? rideAlong.value : null,
    deal_notes: deals,
    results: results(),
    as_of: dateOf(asOf),
  };
}

function ratings() {
  const chosen = [...at("ratings").querySelectorAll("input:checked")].filter((input) => input.value);
  return Object.fromEntries(chosen.map((input) => [input.name, Number(input.value)]));
}

function results() {
  const found = {};
  for (const row of figures.rows()) {
    const [name, value] = figureOf(row);
    if (!name.value.trim() && !value.value.trim()) continue;
    if (!name.value.trim()) throw new Failure(words.unnamedFigure, [name.id]);
    if (Object.hasOwn(found, name.value.trim())) throw new Failure(words.sameFigure, [name.id]);
    found[name.value.trim()] = figure(value.value.trim());
  }
  return Object.keys(found).length ? found : null;
}

/** A number where it is written as one, and the words as they are where not. */
function figure(text) {
  if (!text) return null;
  return String(Number(text)) === text ? Number(text) : text;
}

function write(packet) {
  clear();
  rep.value = packet.rep;
  role.value = packet.role ?? "";
  tenure.value = packet.tenure ?? "";
  observation.value = packet.manager_observation ?? "";
  rideAlong.value = packet.ride_along ?? "";
  ownText.value = packet.self_assessment?.text ?? "";
  notes.set(packet.deal_notes ?? []);
  figures.set(Object.entries(packet.results ?? {}));
  for (const [competency, rating] of Object.entries(packet.self_assessment?.ratings ?? {})) {
    form.elements[competency].value = String(rating);
  }
  at("submit").focus();
}

/** A packet fills the whole form; a note goes into the empty text it was dropped on, else it becomes a deal note. */
async function read(files, target) {
  for (const file of files) {
    if (PACKET.test(file.name)) {
      write(await packetOfFile(file));
      continue;
    }
    const text = await textOfFile(file);
    const area = [target, ...notes.rows().map(noteOf)].find((one) => one?.matches?.("textarea") && !one.value.trim());
    if (area) area.value = text;
    else notes.append(text);
    (area ?? noteOf(notes.rows().at(-1))).focus();
  }
}

function isWritten() {
  return [...form.querySelectorAll("textarea, input:not([type])")].some((control) => control.value.trim());
}

function controlAt(path) {
  const [first, second] = path.split(".");
  if (first === "deal_notes") return writtenNotes()[second] ?? noteOf(notes.rows()[0]);
  if (first === "results") {
    const named = figures.rows().find((row) => figureOf(row)[0].value.trim() === second);
    return figureOf(named ?? figures.rows()[0])[0];
  }
  return controls[path];
}

// The parts that are built here: a row for each note, figure and rating.

/** Those that are sent, in the order in which they are sent. */
function writtenNotes() {
  return notes.rows().map(noteOf).filter((area) => area.value.trim());
}

function noteOf(row) {
  return row.querySelector("textarea");
}

function figureOf(row) {
  return row.querySelectorAll("input");
}

function removeButton(onclick, name) {
  return el("button", { type: "button", class: "link remove", onclick }, name);
}

function noteRow(text, remove) {
  const area = el("textarea", { dir: "auto", spellcheck: "true" });
  area.value = text ?? "";
  return el("div", { class: "field" }, el("div", { class: "field-head" }, el("label"), removeButton(remove, words.remove)), area);
}

function numberNote(row, number) {
  const [label, area, button] = [row.querySelector("label"), noteOf(row), row.querySelector("button")];
  area.id = `note-${number}`;
  label.htmlFor = area.id;
  label.textContent = fill(words.note, { number });
  button.setAttribute("aria-label", fill(words.removeNote, { number }));
}

function figureRow([name, value] = [], remove) {
  const inputs = [
    el("input", { maxlength: 100, placeholder: words.figureNamePlaceholder }),
    el("input", { maxlength: 300, placeholder: words.figureValuePlaceholder }),
  ];
  [inputs[0].value, inputs[1].value] = [name ?? "", value ?? ""];
  return el("div", { class: "figure" }, inputs, removeButton(remove, "×"));
}

function numberFigure(row, number) {
  const [name, value] = figureOf(row);
  [name.id, value.id] = [`figure-name-${number}`, `figure-value-${number}`];
  name.setAttribute("aria-label", fill(words.figureName, { number }));
  value.setAttribute("aria-label", fill(words.figureValue, { number }));
  const button = row.querySelector("button");
  button.title = words.remove;
  button.setAttribute("aria-label", fill(words.removeFigure, { number }));
}

function ratingRow([competency, title]) {
  const choice = (value) => {
    const label = value ? words.rated[value] : words.unrated;
    const input = el("input", { type: "radio", name: competency, value, "aria-label": label, checked: !value });
    return el("label", { title: label }, input, el("span", { "aria-hidden": "true" }, value || "–"));
  };
  return el("fieldset", { class: "rating" }, el("legend", {}, title), el("div", { class: "scale" }, ["", "1", "2", "3", "4", "5"].map(choice)));
}
