import { CodedColumn } from "./coded-column.ts";
import { Dictionary } from "./dictionary.ts";

const NO_TAGS = new Uint32Array(0);

/** The tags of each slot. Cameras of one origin mostly have the same few lists, so each list is held once. */
export class TagColumn {
  readonly tags: Dictionary = new Dictionary();
  /** By the lists' JSON text. */
  readonly lists: CodedColumn;
  /** The distinct tags of each list, by its code. */
  readonly #members: (Uint32Array | undefined)[] = [];

  constructor() {
    const drop = (code: number): void => {
      for (const tag of this.membersOf(code)) this.tags.release(tag);
      this.#members[code] = undefined;
    };
    this.lists = new CodedColumn(Uint32Array, new Dictionary(drop));
  }

  /** `json`: the list as JSON text. */
  set(slot: number, json: string): void {
    this.lists.set(slot, json);
    const code = this.lists.codes.at(slot);
    this.#members[code] ??= this.#read(json);
  }

  /** The codes of a list's distinct tags. */
  membersOf(list: number): Uint32Array {
    return this.#members[list] ?? NO_TAGS;
  }

  /** For each list's code whether it holds one of `tags`. */
  wanted(tags: readonly string[]): Uint8Array {
    const codes = new Set(tags.map((tag) => this.tags.codeOf(tag)).filter((code) => code !== 0));
    const wanted = new Uint8Array(this.lists.dictionary.limit);
    if (codes.size === 0) return wanted;
    for (let list = 1; list < wanted.length; list += 1) {
      if (this.membersOf(list).some((tag) => codes.has(tag))) wanted[list] = 1;
    }
    return wanted;
  }

  sweep(): void {
    this.lists.dictionary.sweep();
    this.tags.sweep();
  }

  #read(json: string): Uint32Array {
    // The database holds what the store wrote: a list of texts.
    const tags = new Set(JSON.parse(json) as string[]);
    return Uint32Array.from(tags, (tag) => this.tags.retain(tag));
  }
}
