import { numbersOf, type Parts } from "../snapshot/parts.ts";
import type { CodedColumn } from "./coded-column.ts";

/** How many cameras of each source are not gone. */
export class SourceCounts {
  readonly #sources: CodedColumn;
  /** By the source's code. */
  #counts: number[] = [];
  #total = 0;

  constructor(sources: CodedColumn) {
    this.#sources = sources;
  }

  async transfer(parts: Parts): Promise<void> {
    this.#total = parts.number("total", this.#total);
    this.#counts = await numbersOf(parts, "counts", this.#counts);
  }

  get total(): number {
    return this.#total;
  }

  /** `step`: 1 for a camera that comes, -1 for one that goes. */
  count(slot: number, step: 1 | -1): void {
    const code = this.#sources.codes.at(slot);
    this.#counts[code] = (this.#counts[code] ?? 0) + step;
    this.#total += step;
  }

  bySource(): Map<string, number> {
    const counts = new Map<string, number>();
    this.#counts.forEach((count, code) => {
      const source = count > 0 ? this.#sources.dictionary.textOf(code) : null;
      if (source !== null) counts.set(source, count);
    });
    return counts;
  }
}
