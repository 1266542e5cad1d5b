// What was said of a review's findings.

export class Corrections {
  /** Whether they can be sent. */
  allowed = false;
  /** Called with the place of a finding of which something was said. */
  onChange = () => {};
  #review;
  #send;
  #said = new Map();

  /** `send` takes the id of a finding and a correction, as the API has both. */
  constructor(review, send) {
    this.#review = review;
    this.#send = send;
  }

  possible() {
    return this.allowed;
  }

  /** What a finding ought to be, `{ kind }`, with null for no finding; undefined where nothing was said of it. */
  of(index) {
    return this.#said.get(index);
  }

  /** Take up what was said before, the first first, as the API has it. */
  take(kept) {
    for (const { finding, right, should_be: labels } of kept) {
      const index = Number(finding.split(".")[1]);
      if (right) this.#said.delete(index);
      // Other labels may have been wrong, and the kind right.
      else if (labels === null || labels.kind) this.#said.set(index, { kind: labels?.kind ?? null });
    }
    for (const index of this.#said.keys()) this.onChange(index);
  }

  async send(index, kind) {
    await this.#send(`${this.#review.id}.${index}`, { right: false, should_be: kind && { kind } });
    this.#said.set(index, { kind });
    this.onChange(index);
  }
}
