// What was said about a rep: each review with what it stands on, a reply, and what the reply changed.

import { Failure, replyTo } from "./api.js";
import { announce, el } from "./dom.js";
import { day, fill, texts } from "./texts.js";

const words = texts.mine;
const MOST_QUOTES = 4;

/** Build the page. `acts.edit` goes back to the form, where there is a choice of whom to show. */
export function mineView(name, { reviews, diagnoses }, acts) {
  const nothing = reviews.length + diagnoses.length ? null : el("p", {}, words.nothing);
  return [
    el(
      "div",
      { class: "review-head" },
      el("div", {}, el("h1", { id: "verdict", tabindex: -1 }, fill(words.about, { name })), acts.edit ? null : el("p", { class: "hint" }, words.hint)),
      acts.edit ? el("div", { class: "actions" }, el("button", { type: "button", class: "quiet", onclick: acts.edit }, words.edit)) : null,
    ),
    nothing,
    ...reviews.map(reviewed),
    ...diagnoses.map(diagnosed),
  ].filter(Boolean);
}

function reviewed(review) {
  const theirs = review.statements.filter((one) => one.centre === "buyer").sort((one, other) => other.grade - one.grade);
  const quotes = theirs.slice(0, MOST_QUOTES).map((one) => el("li", {}, el("q", {}, one.quote)));
  return entry(
    review.id,
    fill(words.note, { deal: review.deal.name ?? words.untitled, date: day(review.written_on) }),
    el("p", { class: `tag ${review.claim.verdict}` }, texts.verdict.words[review.claim.verdict]),
    el("p", {}, review.claim.explanation),
    review.notices.some((one) => one.code === "with_reply") ? el("p", { class: "hint" }, words.withReply) : null,
    el("h3", {}, words.stands),
    quotes.length ? el("ul", { class: "stands" }, quotes) : el("p", { class: "hint" }, words.none),
    el("p", { class: "hint" }, fill(words.focus, { title: review.focus.title })),
  );
}

function diagnosed(found) {
  const { primary } = found;
  const quotes = primary.because.map((index) => el("li", {}, el("q", {}, found.signals[index].quote)));
  return entry(
    found.id,
    fill(words.diagnosis, { date: day(found.as_of) }),
    el("p", { class: "tag" }, `${words.competencies[primary.competency] ?? primary.competency}: ${words.gaps[primary.gap]}`),
    el("h3", {}, words.stands),
    quotes.length ? el("ul", { class: "stands" }, quotes) : el("p", { class: "hint" }, words.none),
    el("p", { class: "hint" }, fill(words.look, { look: primary.look })),
  );
}

function entry(id, title, ...content) {
  const heading = `about-${id}`;
  return el(
    "section",
    { class: "panel about", "aria-labelledby": heading },
    el("h2", { id: heading }, title),
    ...content,
    reply(id),
  );
}

/** A box to say what was missed; once it is sent, what it changed stands in its place. */
function reply(id) {
  const text = el("textarea", { id: `reply-${id}`, rows: 3, maxlength: 10000, "aria-describedby": `hint-${id}` });
  const told = el("p", { class: "error", role: "alert", hidden: true });
  const send = el("button", { type: "submit", class: "main-button" }, words.send);
  const form = el(
    "form",
    { class: "reply" },
    el("label", { for: text.id }, words.missed),
    text,
    el("p", { class: "hint", id: `hint-${id}` }, words.missedHint),
    told,
    el("div", { class: "submit" }, send),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    told.hidden = true;
    if (!text.value.trim() || form.ariaBusy === "true") return text.focus();
    form.ariaBusy = "true";
    send.textContent = words.sending;
    try {
      const { difference } = await replyTo(id, text.value);
      const changed = el("div", { class: "changed", tabindex: -1 }, ...difference_(difference));
      form.replaceWith(changed);
      changed.focus();
      announce(words.kept);
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      told.textContent = failure.message;
      told.hidden = false;
      send.textContent = words.send;
      form.ariaBusy = "false";
    }
    return null;
  });
  return form;
}

function difference_(found) {
  return found.schema === "coach.review_difference/1" ? ofReview(found) : ofDiagnosis(found);
}

function ofReview({ claim, coverage, added, focus }) {
  const { words: verdicts } = texts.verdict;
  const same = claim.before === claim.after;
  const parts = [
    el("h3", {}, words.kept),
    el("p", { class: "turn" }, same ? fill(words.same, { verdict: verdicts[claim.after] }) : fill(words.turned, { before: verdicts[claim.before], after: verdicts[claim.after] })),
    el("p", {}, claim.why_after),
  ];
  if (added.length) {
    parts.push(el("p", {}, words.added), el("ul", { class: "stands" }, added.map((one) => el("li", {}, el("q", {}, one.quote), ` ${fill(words.grade, one)}`))));
  } else {
    parts.push(el("p", { class: "hint" }, words.nothingAdded));
  }
  for (const one of coverage) {
    parts.push(el("p", { class: "hint" }, fill(words.moved, { question: texts.questions.titles[one.question], before: texts.questions.status[one.before], after: texts.questions.status[one.after] })));
  }
  if (focus.before !== focus.after) parts.push(el("p", {}, fill(words.focusNow, { title: focus.after })));
  return parts;
}

function ofDiagnosis({ primary_before: before, primary_after: after, added, prescription }) {
  const told = (one) => `${words.competencies[one.competency] ?? one.competency}: ${words.gaps[one.gap]}`;
  const same = told(before) === told(after);
  return [
    el("h3", {}, words.kept),
    el("p", { class: "turn" }, same ? fill(words.same, { verdict: told(after) }) : fill(words.turned, { before: told(before), after: told(after) })),
    added.length ? el("ul", { class: "stands" }, added.map((quote) => el("li", {}, el("q", {}, quote)))) : el("p", { class: "hint" }, words.nothingAdded),
    prescription.before === prescription.after ? null : el("p", {}, fill(words.focusNow, { title: prescription.after })),
  ];
}
