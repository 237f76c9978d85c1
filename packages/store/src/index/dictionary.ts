import { textsOf } from "../snapshot/packed.ts";
import { numbersOf, type Parts } from "../snapshot/parts.ts";
import { TimeSlice } from "../time-slice.ts";

/** Texts looked at between two looks at the clock. */
const STRIDE = 1024;

/**
 * Texts that many cameras share, each under a small number; 0 is null. A text that nobody uses any more keeps its
 * number until `sweep`, so whoever works with numbers across pauses only has to see that nobody sweeps meanwhile.
 */
export class Dictionary {
  readonly #codes = new Map<string, number>();
  #texts: (string | null)[] = [null];
  #uses: number[] = [0];
  #free: number[] = [];
  readonly #onDrop: (code: number) => void;
  #unused: number[] = [];
  // Neighbours in a list mostly share their values.
  #lastText: string | null = null;
  #lastCode = 0;

  constructor(onDrop: (code: number) => void = () => {}) {
    this.#onDrop = onDrop;
  }

  /** All codes are below this. */
  get limit(): number {
    return this.#texts.length;
  }

  /** 0 when nobody has used it. */
  codeOf(text: string): number {
    return this.#codes.get(text) ?? 0;
  }

  textOf(code: number): string | null {
    return this.#texts[code] ?? null;
  }

  /** The text's code, with one more use. */
  retain(text: string | null): number {
    const code = this.#find(text);
    this.#uses[code] = (this.#uses[code] ?? 0) + 1;
    return code;
  }

  /** One use less. */
  release(code: number): void {
    const uses = (this.#uses[code] ?? 0) - 1;
    this.#uses[code] = uses;
    if (uses === 0 && code !== 0) this.#unused.push(code);
  }

  /** Lets new texts have the codes of those that nobody uses. */
  sweep(): void {
    if (this.#unused.length === 0) return;
    for (const code of this.#unused) if (this.#uses[code] === 0) this.#drop(code);
    this.#unused = [];
  }

  async transfer(parts: Parts): Promise<void> {
    this.#texts = await textsOf(parts, "texts", this.#texts);
    this.#uses = await numbersOf(parts, "uses", this.#uses);
    this.#free = await numbersOf(parts, "free", this.#free);
    this.#unused = await numbersOf(parts, "unused", this.#unused);
    if (parts.isRead) await this.#findCodes();
  }

  async #findCodes(): Promise<void> {
    const slice = new TimeSlice();
    for (const [code, text] of this.#texts.entries()) {
      if (text !== null) this.#codes.set(text, code);
      if (code % STRIDE === 0 && slice.isOver) await slice.pause();
    }
  }

  #find(text: string | null): number {
    if (text === null) return 0;
    if (text === this.#lastText) return this.#lastCode;
    const code = this.#codes.get(text) ?? this.#add(text);
    this.#lastText = text;
    this.#lastCode = code;
    return code;
  }

  #add(text: string): number {
    const code = this.#free.pop() ?? this.#texts.length;
    this.#codes.set(text, code);
    this.#texts[code] = text;
    this.#uses[code] = 0;
    return code;
  }

  #drop(code: number): void {
    const text = this.#texts[code];
    // The same code may have been left by its last user more than once.
    if (text === undefined || text === null) return;
    this.#onDrop(code);
    this.#codes.delete(text);
    this.#texts[code] = null;
    this.#free.push(code);
    if (this.#lastCode === code) this.#lastText = null;
  }
}
