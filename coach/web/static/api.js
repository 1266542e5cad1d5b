// Talks to Coach on the host this page came from, and to nobody else.

import { Failure, contentOf, noAnswer } from "./answers.js";
import { texts } from "./texts.js";

export { Failure } from "./answers.js";

const TIMEOUT_MS = 60_000;
const LARGEST_FILE = 2_000_000;

export function diagnoseRep(submission) {
  return post("v1/diagnoses", submission);
}

export function reviewManager(submission) {
  return post("v1/manager-reviews", submission);
}

export function prepareOneOnOne(submission) {
  return post("v1/one-on-ones", submission);
}

export function holdOneOnOne(submission) {
  return post("v1/one-on-ones/held", submission);
}

export function changeCommitment(id, change) {
  const headers = { "content-type": "application/json" };
  return request(`v1/commitments/${id}`, { method: "PATCH", headers, body: JSON.stringify(change) });
}

/** What holds in the workspace. */
export function workspace() {
  return request("v1/workspace");
}

export function changeWorkspace(change) {
  const headers = { "content-type": "application/json" };
  return request("v1/workspace", { method: "PATCH", headers, body: JSON.stringify(change) });
}

export function keys() {
  return request("v1/keys");
}

export function makeKey(wanted) {
  return post("v1/keys", wanted);
}

/** Make a key that stands in for another, which still works for some hours. */
export function rotateKey(id, hours) {
  return post(`v1/keys/${id}/rotate`, { overlap_hours: hours });
}

export function revokeKey(id) {
  return post(`v1/keys/${id}/revoke`, {});
}

/** A page of runs of the evaluation, the latest first. */
export function evalRuns(query = {}) {
  return request(`v1/eval-runs?${new URLSearchParams(query)}`);
}

/** One of them, with its figures. */
export function evalRun(name) {
  return request(`v1/eval-runs/${encodeURIComponent(name)}`);
}

/** Who is signed in. */
export function whoAmI() {
  return request("v1/me");
}

/** What was said about a rep: their deal reviews, and their diagnoses where these are not switched off. */
export async function said(rep) {
  const query = new URLSearchParams({ rep });
  const { reviews } = await request(`v1/deal-reviews?${query}`);
  const { diagnoses } = await request(`v1/diagnoses?${query}`).catch((failure) => {
    if (failure.code !== "diagnosis_off") throw failure;
    return { diagnoses: [] };
  });
  return { reviews, diagnoses };
}

/**
 * A deal's card, for the page that lies two steps below the others; `crm` and `record` are as they stand in an address.
 * `pass` opens it where nobody is signed in.
 */
export function readCard(crm, record, pass) {
  return request(`../../v1/cards/${crm}/${record}`, pass ? { headers: { authorization: `Bearer ${pass}` } } : {});
}

/** A rep's claim ledger, as it stood on a day. */
export function claims(rep, asOf) {
  return request(`v1/claims?${new URLSearchParams({ rep, as_of: asOf })}`);
}

/** A page of deals: `find`, `closed` and `after` narrow it. */
export function deals(query) {
  return request(`v1/deals?${new URLSearchParams(query)}`);
}

/** One deal over time, by its number. */
export function deal(id) {
  return request(`v1/deals/${id}`);
}

/** A deal review that was kept. */
export function keptReview(id) {
  return request(`v1/deal-reviews/${id}`);
}

export function replyTo(id, text) {
  return post(`v1/reviews/${id}/reply`, { text });
}

/** Import a CRM's export as the snapshot of a day; `mapping` says what its columns are, where Coach does not know. */
export function importExport(file, asOf, mapping) {
  const type = /\.csv$/i.test(file.name) ? "text/csv" : /\.jsonl$/i.test(file.name) ? "application/x-ndjson" : "application/json";
  const query = new URLSearchParams({ name: file.name.slice(0, 300), ...(asOf && { as_of: asOf }), ...(mapping && { mapping }) });
  return request(`v1/opportunities?${query}`, { method: "POST", headers: { "content-type": type }, body: file });
}

export function sampleNote() {
  return request("page/sample");
}

/** A sample that lies beside the page: `packet` or `talk`. */
export function sample(name) {
  return request(`static/sample_${name}.json`);
}

export async function textOfFile(file) {
  return (await send("page/text", file)).text;
}

/** A rep's packet from a .json or .yaml file. */
export function packetOfFile(file) {
  return send("page/packet", file);
}

function post(path, content) {
  const headers = { "content-type": "application/json" };
  return request(path, { method: "POST", headers, body: JSON.stringify(content) });
}

async function send(path, file) {
  if (file.size > LARGEST_FILE) throw new Failure(texts.errors.tooLarge);
  const headers = { "content-type": "application/octet-stream" };
  return request(`${path}?name=${encodeURIComponent(file.name)}`, { method: "POST", headers, body: file });
}

async function request(path, options = {}) {
  return contentOf(await answer(path, options));
}

async function answer(path, options) {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    return await fetch(new URL(path, document.baseURI), { ...options, signal, credentials: "same-origin" });
  } catch (error) {
    throw noAnswer(error);
  }
}
