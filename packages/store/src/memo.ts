/** Longer texts are seldom seen twice. */
const LONGEST = 40;
const MOST = 10_000;

/** What a function makes of texts, known again for those that were asked for lately; some 20,000 at most. */
export class Memo {
  readonly #make: (text: string) => string;
  #recent = new Map<string, string>();
  #former = new Map<string, string>();

  constructor(make: (text: string) => string) {
    this.#make = make;
  }

  get(text: string): string {
    const known = this.#recent.get(text);
    if (known !== undefined) return known;
    if (text.length > LONGEST) return this.#make(text);
    const made = this.#former.get(text) ?? this.#make(text);
    if (this.#recent.size >= MOST) {
      // What was not asked for since the last time is forgotten.
      this.#former = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(text, made);
    return made;
  }
}
