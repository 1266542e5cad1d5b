// What Coach answered, or why not, in words for the reader.

import { texts } from "./texts_review.js";

/** What went wrong, in words for the reader; `fields` are the paths of the fields at fault, such as `deal.name`. */
export class Failure extends Error {
  name = "Failure";

  constructor(detail, fields = [], proposal = null, code = null) {
    super(detail);
    this.fields = fields;
    this.proposal = proposal;
    this.code = code;
  }
}

/** Why there was no answer at all. */
export function noAnswer(error) {
  return new Failure(error.name === "TimeoutError" ? texts.errors.slow : texts.errors.unreachable);
}

/** What an answer holds; one that says what is wrong is a failure. */
export async function contentOf(response) {
  let content;
  try {
    content = await response.json();
  } catch {
    throw new Failure(texts.errors.unclear);
  }
  if (response.ok) return content;
  if (response.status === 401) throw new Failure(texts.errors.signedOut, [], null, content.code);
  throw failureOf(content);
}

/** The failure that a problem document tells of. */
export function failureOf({ detail, errors = [], proposal, code }) {
  const fields = errors.map((error) => error.loc.slice(1).join("."));
  return new Failure(detail ?? texts.errors.unclear, fields, proposal, code);
}
