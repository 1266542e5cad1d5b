// Every text of a deal review, for the component that shows it; the other texts are in texts.js. A `{name}` is filled in by `fill`.

export const locale = "en-GB";

export const texts = {
  form: { busy: "Reading…", keys: "or {key} + Enter" },
  component: {
    modelReads: "Read by the embedded engine so far; the model’s reading comes next.",
    modelFailed: "This is the embedded engine’s reading; the model’s did not come: {detail}",
    replaced: "The model’s reading is here. {verdict}. {explanation}",
    nothing: "No review of this deal is kept yet.",
  },
  correcting: {
    start: "Not right?",
    which: "What is it?",
    sending: "Sending…",
    corrected: "Corrected to: {kind}",
    stays: "Kept beside the review, which stays as it was read.",
    again: "Not right either?",
  },
  errors: {
    unreachable: "Coach does not answer. Check that it is still running, then try again.",
    signedOut: "Your sign-in has ended. Open Coach in another tab, sign in there, and try again here: nothing on this page is lost.",
    slow: "Coach took too long to answer. Try again, or send less text.",
    unclear: "Coach gave an answer that this page cannot read. Reload the page and try again.",
    tooLarge: "This file is larger than 2 MB. Paste the part of it that matters.",
    badDate: "One of the dates is not complete.",
  },
  review: {
    region: "Deal review",
    untitled: "Deal review",
    writtenOn: "Note written {date}",
    edit: "Edit note",
    fresh: "New note",
    skip: "Skip the note",
    ready: "Review ready. {verdict}. {explanation}",
    documentTitle: "{verdict}: {deal}",
  },
  verdict: {
    claim: "The claim: closes by {date}",
    claimUndated: "The claim: the close date in the note",
    noClaim: "The claim",
    words: { established: "Established", unproven: "Unproven", refuted: "Refuted", no_claim: "No claim" },
    icons: { established: "✓", unproven: "?", refuted: "✕", no_claim: "–" },
    because: "Because the note says",
    wouldEstablish: "What would establish it",
    refuter: "What would refute it",
    refuterBy: "By {date}",
  },
  questions: {
    region: "The four buyer questions",
    titles: { problem: "Problem", criteria: "Criteria", action: "Action", process: "Process" },
    asks: {
      problem: "What problems do they have that we can solve?",
      criteria: "What does each decision maker judge by?",
      action: "What have they done so far to evaluate this?",
      process: "What is their timeline and way to a decision?",
    },
    status: { answered: "Answered", partial: "Partly", missing: "Missing" },
    evidence: { one: "1 statement", other: "{count} statements" },
    noEvidence: "Nothing in the note",
  },
  note: {
    title: "The note",
    quotes: "From the note",
    hint: "Point at, tap or tab to a mark to see why it counts.",
    none: "Nothing in this note bears on whether, why, how or when the customer buys.",
    buyer: "The customer did or said",
    seller: "We did, believe or hope",
  },
  evidence: {
    kinds: {
      buyer_action: "Customer’s act",
      buyer_commitment: "Customer’s commitment",
      buyer_statement: "Customer’s words",
      seller_action: "Our act",
      seller_opinion: "Our opinion",
    },
    noFinding: "No evidence at all",
    label: "{kind}: {quote}",
    grade: "Strength {grade} of 5",
    who: "Who",
    when: "When",
    direction: "Effect",
    directions: { advances: "Moves the deal forward", stalls: "Counts against the deal", neutral: "Neither for nor against" },
    informs: "Tells about",
    unsure: "Not sure: the reader may have this wrong. Look at the words yourself.",
    why: {
      buyer_action: {
        checked: "The customer’s own act, and the note says who did what, so you can check it. There is no stronger evidence.",
        unchecked: "An act of the customer’s, but the note does not say who did what, so it cannot be checked yet.",
        neutral: "An act of the customer’s that by itself moves nothing.",
      },
      buyer_commitment: {
        checked: "Somebody there agreed to do this. It is strong evidence once it is done.",
        unchecked: "A promise, but the note does not say who will do what. Find out, then see it kept.",
      },
      buyer_statement: {
        checked: "Their own words, and the note says whose. Words tell what they need; acts show that they buy.",
        unchecked: "Their words, but the note does not say whose. Find out who said it.",
      },
      seller_action: "Our own work. It shows effort, not that the customer is buying.",
      seller_opinion: "What our side believes or hopes. It is no evidence that the customer is buying.",
    },
  },
  coaching: {
    asks: "What to ask",
    noAsks: "Nothing is left open. Ask what could still go wrong.",
    copyLabel: "Copy question {number}",
    copyAll: "Copy all",
    seeInNote: "See in note",
    seeLabel: "See in note: question {number}",
    focus: "The one focus",
    balance: "Whose note is it?",
    balanceText: "Customer {buyer} : {seller} us",
    balanceWhy: "Statements about what the customer did or said, against those about us.",
  },
  copying: {
    copy: "Copy",
    copied: "Copied",
    copiedAloud: "Copied to the clipboard",
    notCopied: "Not copied: the browser did not allow it",
  },
  notices: "Before you rely on this",
  print: "Print",
  provenanceModel: "Read by {model} in {duration} ms, {cost}; rubric {rubric} version {version}.",
  cost: { cached: "bought earlier, nothing spent now", unknown: "cost unknown", known: "for ${cost}" },
  provenance: "Read in {duration} ms by the {engine} engine, rubric {rubric} version {version}.",
  sent: "Sent from this machine: {count} × the text in its prompt, to {models} (SHA-256 {hashes}…), nothing taken out.",
  sentRedacted: "Sent from this machine: {count} × the text in its prompt, to {models} (SHA-256 {hashes}…), without {taken}.",
  redacted: { email: "mail addresses", phone: "phone numbers", card: "card numbers", iban: "account numbers", id: "identity numbers", person: "names" },
  engines: { local: "embedded", llm: "model" },
};

/** Put values in the place of `{name}`. */
export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** A day as people read it: 30 June 2026. Takes and keeps null. */
export function day(iso, month = "long") {
  if (!iso) return null;
  const format = { day: "numeric", month, year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(locale, format).format(new Date(`${iso}T00:00:00Z`));
}

/** The text for a number: `{ one, other }` with `{count}` in it. */
export function counted({ one, other }, count) {
  return fill(count === 1 ? one : other, { count });
}
