// Talks to Coach on the host this page came from, and to nobody else.

import { texts } from "./texts.js";

const TIMEOUT_MS = 60_000;
export const LARGEST_FILE = 2_000_000;

/** What went wrong, in words for the reader; `fields` are the names of the fields at fault. */
export class Failure extends Error {
  constructor(detail, fields = []) {
    super(detail);
    this.fields = fields;
  }
}

export function reviewDeal(submission) {
  const headers = { "content-type": "application/json" };
  return request("v1/deal-reviews", { method: "POST", headers, body: JSON.stringify(submission) });
}

export function sampleNote() {
  return request("page/sample");
}

export async function textOfFile(file) {
  if (file.size > LARGEST_FILE) throw new Failure(texts.errors.tooLarge);
  const headers = { "content-type": "application/octet-stream" };
  const path = `page/text?name=${encodeURIComponent(file.name)}`;
  return (await request(path, { method: "POST", headers, body: file })).text;
}

async function request(path, options = {}) {
  const response = await answer(path, options);
  let content;
  try {
    content = await response.json();
  } catch {
    throw new Failure(texts.errors.unclear);
  }
  if (response.ok) return content;
  const fields = (content.errors ?? []).map((error) => error.loc.at(-1));
  throw new Failure(content.detail ?? texts.errors.unclear, fields);
}

async function answer(path, options) {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    return await fetch(new URL(path, document.baseURI), { ...options, signal, credentials: "same-origin" });
  } catch (error) {
    throw new Failure(error.name === "TimeoutError" ? texts.errors.slow : texts.errors.unreachable);
  }
}
