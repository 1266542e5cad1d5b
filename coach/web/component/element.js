// <deal-coach>: a deal review on any page. The guide is coach/docs/component.md.

import { Failure } from "../static/answers.js";
import { announce, el } from "../static/dom.js";
import look from "../static/review.css";
import { fill, texts } from "../static/texts_review.js";
import { Client } from "./client.js";
import ground from "./component.css";
import { Corrections } from "./corrections.js";
import { reviewView } from "./review.js";

const words = texts.component;
const HOME = document.currentScript ? new URL("../", document.currentScript.src).href : null;
const PROPERTIES = ["key", "about", "note", "review"];

const sheet = new CSSStyleSheet();
sheet.replaceSync(look + ground);

class DealCoach extends HTMLElement {
  static observedAttributes = ["src", "crm", "record"];

  #key = null;
  #about = {};
  #note = null;
  #review = null;
  #changed = new Set();
  #reading = null;
  #corrections = new Corrections();
  #view = el("div", { class: "review" });
  #status = el("p", { class: "status-line hint", role: "status", part: "status" });
  #problem = el("p", { class: "problem", role: "alert", part: "problem" });

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    const announcer = el("p", { id: "announcer", class: "unseen", "aria-live": "polite" });
    root.append(el("div", { class: "ground", part: "ground", lang: "en" }, this.#problem, this.#status, this.#view, announcer));
  }

  connectedCallback() {
    for (const name of PROPERTIES) this.#takeUp(name);
    this.#update();
  }

  disconnectedCallback() {
    // Not where it was only moved.
    queueMicrotask(() => this.isConnected || this.stop());
  }

  attributeChangedCallback(name) {
    this.#change(name);
  }

  /** An API key; it cannot be read back. */
  set key(value) {
    this.#key = value || null;
  }

  /** What is known of a note that is to be reviewed: `deal`, `rep`, `record` and `written_on`, as the API takes them. */
  get about() {
    return this.#about;
  }

  set about(value) {
    this.#about = value ?? {};
  }

  /** The note. Set by itself, it is reviewed; set together with `review`, it is shown with it. */
  get note() {
    return this.#note;
  }

  set note(value) {
    this.#note = value;
    this.#change("note");
  }

  /** The review that is shown. */
  get review() {
    return this.#review;
  }

  set review(value) {
    this.stop();
    this.#review = value;
    this.#change("review");
  }

  /** Review a note: what the API takes. Resolves with the first review; what comes later is told by events. */
  read(submission) {
    this.stop();
    const reading = (this.#reading = new AbortController());
    this.#note = submission.note;
    this.#review = null;
    this.#changed.delete("note");
    this.#clear();
    this.#status.textContent = texts.form.busy;
    return new Promise((resolve, reject) => {
      this.#follow(submission, reading.signal, resolve).catch((error) => {
        if (!reading.signal.aborted) this.#fails(error);
        reject(error);
      });
    });
  }

  /** Stop reading; what was read stays. */
  stop() {
    this.#reading?.abort();
    this.#reading = null;
    this.#status.textContent = "";
  }

  async #follow(submission, signal, onFirst) {
    let last = null;
    for await (const { event, data } of this.#client().reviews(submission, signal)) {
      if (event !== "review") continue;
      this.#show(data, { replaces: last !== null });
      last = data;
      this.#status.textContent = words.modelReads;
      onFirst(data);
    }
    this.#status.textContent = "";
    this.#reading = null;
    this.#tell("coach-done", last);
    if (submission.rep) await this.#takeCorrections();
  }

  /** Bring up to date what was changed; all that a host sets in one go counts together. */
  #update() {
    if (!this.isConnected || !this.#changed.size) return;
    const changed = this.#changed;
    this.#changed = new Set();
    if (changed.has("review")) this.#clear();
    if (changed.has("review") && this.#review) this.#showGiven();
    else if (changed.has("note") && this.#note) this.read({ ...this.#about, note: this.#note }).catch(() => {});
    else if (!changed.has("review") && this.getAttribute("crm") && this.getAttribute("record")) this.#fetch();
  }

  #showGiven() {
    this.#show(this.#review);
    if (this.hasAttribute("kept")) this.#takeCorrections();
  }

  /** Show the latest review that is kept of a deal of the CRM. */
  async #fetch() {
    this.stop();
    this.#clear();
    const reading = (this.#reading = new AbortController());
    this.#status.textContent = texts.form.busy;
    try {
      const found = await this.#client().latest(this.getAttribute("crm"), this.getAttribute("record"));
      if (reading.signal.aborted) return;
      this.#note = null;
      this.#status.textContent = found ? "" : words.nothing;
      if (!found) return;
      this.#show(found);
      await this.#takeCorrections();
    } catch (error) {
      if (!reading.signal.aborted) this.#fails(error);
    }
  }

  #show(review, { replaces = false } = {}) {
    const place = replaces && placeOf(this.shadowRoot.activeElement);
    this.#review = review;
    this.#problem.textContent = "";
    this.#corrections = new Corrections(review, (finding, correction) => this.#correct(finding, correction));
    const copied = (text) => this.#tell("coach-question-copied", { text });
    const { nodes, renew } = reviewView(review, this.#note, { corrections: this.#corrections, copied });
    this.#corrections.onChange = renew;
    this.#view.replaceChildren(...nodes);
    if (place) place(this.shadowRoot).focus({ preventScroll: true });
    this.#tell("coach-review", review);
    const said = { verdict: texts.verdict.words[review.claim.verdict], explanation: review.claim.explanation };
    announce(fill(replaces ? words.replaced : texts.review.ready, said), this.#view);
  }

  /** Show how it was corrected, where it was kept, and let whoever may do so correct it. */
  async #takeCorrections() {
    const corrections = this.#corrections;
    const client = this.#client();
    try {
      const kept = await client.corrections(this.#review.id);
      if (!kept) return;
      corrections.take(kept);
      corrections.allowed = await client.mayCorrect();
    } catch {
      // Then there is nothing to press.
    }
  }

  async #correct(finding, correction) {
    try {
      await this.#client().correct(finding, correction);
    } catch (error) {
      this.#tellOf(error);
      throw error;
    }
    this.#tell("coach-correction", { finding, ...correction });
  }

  #fails(error) {
    this.#status.textContent = "";
    this.#reading = null;
    const detail = error instanceof Failure ? error.message : texts.errors.unclear;
    this.#problem.textContent = this.#review ? fill(words.modelFailed, { detail: detail.replace(/[.]?$/, ".") }) : detail;
    this.#tellOf(error);
  }

  #tellOf({ message, code = null, fields = [] }) {
    this.#tell("coach-error", { message, code, fields });
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  #clear() {
    this.#problem.textContent = "";
    this.#view.replaceChildren();
  }

  #client() {
    const base = this.getAttribute("src") ?? HOME ?? document.baseURI;
    return new Client(new URL(base.endsWith("/") ? base : `${base}/`, document.baseURI), this.#key);
  }

  #change(name) {
    this.#changed.add(name);
    queueMicrotask(() => this.#update());
  }

  /** What was set before the script had come. */
  #takeUp(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }
}

/** How to find where the reader is in another reading of the same note; null where the reader is elsewhere. */
function placeOf(element) {
  if (!element) return null;
  const isSame = (one) => one.localName === element.localName && one.textContent === element.textContent;
  return (root) => [...root.querySelectorAll("mark, button")].find(isSame) ?? root.getElementById("verdict");
}

if (!customElements.get("deal-coach")) customElements.define("deal-coach", DealCoach);
