import type { CameraEntry } from "./camera-entry.ts";
import { Interned } from "./interned.ts";
import { UrlIndex } from "./url-index.ts";

/** Every camera in memory, by id, by URL and in the order of ids. */
export class CameraIndex {
  readonly #entries = new Map<string, CameraEntry>();
  readonly #urls = new UrlIndex();
  readonly #texts = new Interned();
  readonly #perSource = new Map<string, number>();
  #sorted: readonly CameraEntry[] = [];
  #unsorted: CameraEntry[] = [];
  #present = 0;

  /** Cameras that are not gone. */
  get size(): number {
    return this.#present;
  }

  /** Cameras that are not gone, per source. */
  get perSource(): ReadonlyMap<string, number> {
    return this.#perSource;
  }

  get(id: string): CameraEntry | undefined {
    return this.#entries.get(id);
  }

  put(entry: CameraEntry): void {
    this.#texts.intern(entry.camera);
    entry.refresh();
    const known = this.#entries.get(entry.id);
    if (known === undefined) {
      this.#entries.set(entry.id, entry);
      this.#unsorted.push(entry);
    } else {
      this.#urls.remove(known.camera);
      this.#count(known, -1);
      known.become(entry);
    }
    this.#urls.add(entry.camera);
    this.#count(entry, 1);
  }

  /** The camera with exactly this stream or snapshot URL; among several one that is not gone, then the first id. */
  findByUrl(url: string): CameraEntry | undefined {
    let found: CameraEntry | undefined;
    for (const id of this.#urls.get(url)) {
      const entry = this.#entries.get(id);
      if (entry !== undefined && (found === undefined || isBefore(entry, found))) found = entry;
    }
    return found;
  }

  /** All entries in no particular order. */
  entries(): Iterable<CameraEntry> {
    return this.#entries.values();
  }

  /** All entries by id (UTF-16 code units). The list is never changed, only replaced by a later one. */
  inOrder(): readonly CameraEntry[] {
    if (this.#unsorted.length > 0) {
      this.#sorted = merge(this.#sorted, this.#unsorted.toSorted(byId));
      this.#unsorted = [];
    }
    return this.#sorted;
  }

  #count({ camera, isGone }: CameraEntry, step: 1 | -1): void {
    if (isGone) return;
    this.#present += step;
    const count = (this.#perSource.get(camera.source_id) ?? 0) + step;
    if (count === 0) this.#perSource.delete(camera.source_id);
    else this.#perSource.set(camera.source_id, count);
  }
}

/** Where the first entry stands whose id is not before `id`. */
export function lowerBound(sorted: readonly CameraEntry[], id: string, from = 0): number {
  let low = from;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = sorted[middle];
    if (entry !== undefined && entry.id < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

// A batch is small beside the rest: places are looked up, and what lies between is copied without comparing.
function merge(sorted: readonly CameraEntry[], added: readonly CameraEntry[]): CameraEntry[] {
  const merged: CameraEntry[] = [];
  let from = 0;
  for (const entry of added) {
    const to = lowerBound(sorted, entry.id, from);
    for (const between of sorted.slice(from, to)) merged.push(between);
    merged.push(entry);
    from = to;
  }
  for (const rest of sorted.slice(from)) merged.push(rest);
  return merged;
}

function byId(a: CameraEntry, b: CameraEntry): number {
  return a.id < b.id ? -1 : 1;
}

function isBefore(a: CameraEntry, b: CameraEntry): boolean {
  return a.isGone === b.isGone ? a.id < b.id : b.isGone;
}
