// Talks to one Coach, on this host or another, and to nobody else.

import { EventSourceParserStream } from "eventsource-parser/stream";

import { Failure, contentOf, failureOf, noAnswer } from "../static/answers.js";
import { texts } from "../static/texts_review.js";

const FIRST_ANSWER_MS = 60_000;
const LATELY = 20;
const CORRECTS = "feedback:write";

export class Client {
  #base;
  #key;

  /** `base` is where Coach is; a `key` is needed on another host than Coach's own, where people sign in. */
  constructor(base, key) {
    this.#base = base;
    this.#key = key;
  }

  /** Review a note: the events of the stream, each `{ event, data }`. Ends early by `signal`. */
  async *reviews(submission, signal) {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new DOMException("", "TimeoutError")), FIRST_ANSWER_MS);
    let done = false;
    try {
      const response = await this.#send("v1/deal-reviews/stream", submission, AbortSignal.any([signal, late.signal]));
      if (!response.ok) await contentOf(response);
      const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()).getReader();
      for (;;) {
        const { value } = await events.read();
        clearTimeout(timer);
        if (!value) break;
        const data = JSON.parse(value.data);
        if (value.event === "error") throw failureOf(data);
        done = value.event === "done";
        yield { event: value.event, data };
      }
    } catch (error) {
      if (error instanceof Failure || signal.aborted) throw error;
      throw noAnswer(error);
    } finally {
      clearTimeout(timer);
    }
    if (!done) throw new Failure(texts.errors.unreachable);
  }

  /** The latest review of a deal of the CRM; null where none was kept. */
  async latest(crm, record) {
    const query = new URLSearchParams({ crm, record, limit: LATELY });
    const { reviews } = await this.#get(`v1/deal-reviews?${query}`);
    // They come in the order in which they were kept; an old note may have come late.
    return reviews.reduce((latest, one) => (latest && latest.written_on >= one.written_on ? latest : one), null);
  }

  /** What was said of a review's findings, the first first; null where the review was not kept. */
  async corrections(id) {
    const response = await this.#sent(`v1/reviews/${encodeURIComponent(id)}/corrections`);
    return response.status === 404 ? null : (await contentOf(response)).corrections;
  }

  /** Whether whoever asks may correct findings. */
  async mayCorrect() {
    return (await this.#get("v1/me")).scopes.includes(CORRECTS);
  }

  async correct(finding, correction) {
    return contentOf(await this.#sent(`v1/findings/${encodeURIComponent(finding)}/feedback`, correction));
  }

  async #get(path) {
    return contentOf(await this.#sent(path));
  }

  async #sent(path, content) {
    try {
      return await this.#send(path, content);
    } catch (error) {
      throw noAnswer(error);
    }
  }

  #send(path, content, signal = AbortSignal.timeout(FIRST_ANSWER_MS)) {
    const headers = { accept: "application/json, text/event-stream" };
    if (this.#key) headers.authorization = `Bearer ${this.#key}`;
    if (content === undefined) return fetch(new URL(path, this.#base), { headers, signal, credentials: "same-origin" });
    headers["content-type"] = "application/json";
    return fetch(new URL(path, this.#base), { method: "POST", headers, body: JSON.stringify(content), signal, credentials: "same-origin" });
  }
}
