import { listsOf } from "../snapshot/packed.ts";
import { type Parts, within } from "../snapshot/parts.ts";
import { CodedColumn } from "./coded-column.ts";
import { Dictionary } from "./dictionary.ts";

const NO_TAGS = new Uint32Array(0);

/** The tags of each slot. Cameras of one origin mostly have the same few lists, so each list is held once. */
export class TagColumn {
  readonly tags: Dictionary = new Dictionary();
  /** By the lists' JSON text. */
  readonly lists: CodedColumn;
  /** The distinct tags of each list, by its code. */
  #members: (Uint32Array | undefined)[] = [];

  constructor() {
    const drop = (code: number): void => {
      for (const tag of this.membersOf(code)) this.tags.release(tag);
      this.#members[code] = undefined;
    };
    this.lists = new CodedColumn(Uint32Array, new Dictionary(drop));
  }

  async transfer(parts: Parts): Promise<void> {
    await this.tags.transfer(within(parts, "tags"));
    await this.lists.transfer(within(parts, "lists"));
    this.#members = await listsOf(parts, "members", this.#members);
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
    const wanted = new Uint8Array(this.lists.dictionary.limit);
    const isWantedTag = new Uint8Array(this.tags.limit);
    for (const tag of tags) isWantedTag[this.tags.codeOf(tag)] = 1;
    isWantedTag[0] = 0;
    // Plain loops: where origins put what is their own into tags, there are as many lists as cameras.
    for (let list = 1; list < wanted.length; list += 1) {
      const members = this.membersOf(list);
      for (let nth = 0; nth < members.length; nth += 1) if (isWantedTag[members[nth] ?? 0] === 1) wanted[list] = 1;
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
