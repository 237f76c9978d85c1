import type { CameraFilter } from "@argus/core";

import type { Selection } from "./selection.ts";

/** Each takes one bit per camera. */
const MAX_KEPT = 16;
/** What `select` looks at itself, in one order for all. */
const KEYS = [
  "source",
  "country",
  "region",
  "city",
  "kind",
  "tag",
  "health",
  "bbox",
  "near",
  "gone",
  "duplicates",
] as const;

/** The selections of the filters asked for last; those who ask at the same time share one. */
export class RecentSelections {
  readonly #kept = new Map<string, Promise<Selection>>();
  #version = -1;

  /** What was made for this filter at this version, or what `make` makes. */
  get(filter: CameraFilter, version: number, make: () => Promise<Selection>): Promise<Selection> {
    if (version !== this.#version) this.#kept.clear();
    this.#version = version;
    const key = JSON.stringify(KEYS.map((name) => filter[name] ?? null));
    const selection = this.#kept.get(key) ?? make();
    // Put last anew: what was asked for longest ago goes first.
    this.#kept.delete(key);
    this.#kept.set(key, selection);
    for (const oldest of this.#kept.keys()) if (this.#kept.size > MAX_KEPT) this.#kept.delete(oldest);
    return selection;
  }
}
