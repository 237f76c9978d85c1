import { type Kind, type Parts, within } from "../snapshot/parts.ts";
import { Column } from "./column.ts";
import { Dictionary } from "./dictionary.ts";

type Codes = Uint32Array | Uint8Array;

/** A text for each slot that many slots share; null where unknown. */
export class CodedColumn {
  readonly codes: Column<Codes>;
  readonly dictionary: Dictionary;

  /** `Uint8Array` is for columns that have at most 255 values. */
  constructor(codes: Kind<Codes>, dictionary: Dictionary = new Dictionary()) {
    this.codes = new Column<Codes>(codes);
    this.dictionary = dictionary;
  }

  async transfer(parts: Parts): Promise<void> {
    await this.codes.transfer(parts, "codes");
    await this.dictionary.transfer(within(parts, "dictionary"));
  }

  at(slot: number): string | null {
    return this.dictionary.textOf(this.codes.at(slot));
  }

  set(slot: number, text: string | null): void {
    const former = this.codes.at(slot);
    // Retained first, or a text that stays would be let go in between.
    this.codes.set(slot, this.dictionary.retain(text));
    if (former !== 0) this.dictionary.release(former);
  }

  /** For each code whether it is one of `values`. */
  wanted(values: readonly string[]): Uint8Array {
    const wanted = new Uint8Array(this.dictionary.limit);
    for (const value of values) wanted[this.dictionary.codeOf(value)] = 1;
    wanted[0] = 0;
    return wanted;
  }
}
