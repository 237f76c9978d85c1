import type { CameraFilter, Facet, Facets } from "@argus/core";

import type { CameraEntry } from "./camera-entry.ts";
import type { CameraIndex } from "./camera-index.ts";
import { compileFilter } from "./filter.ts";
import { TimeSlice } from "./time-slice.ts";

/** The most values one facet lists; rarer ones are left out. */
const MAX_FACET_VALUES = 200;
/** How many entries are counted between two looks at the clock. */
const STRIDE = 1024;

type Counts = Map<string, number>;

/**
 * Counts the cameras a filter selects by each field's values, most first and equal counts by value.
 * Every facet is counted under the whole filter, its own field included.
 */
export async function facetsOf(index: CameraIndex, filter: CameraFilter): Promise<Facets> {
  const matches = compileFilter(filter);
  const counts = emptyCounts();
  const slice = new TimeSlice();
  const sorted = index.inOrder();
  for (let from = 0; from < sorted.length; from += STRIDE) {
    for (const entry of sorted.slice(from, from + STRIDE)) if (matches(entry)) count(counts, entry);
    if (slice.isOver) await slice.pause();
  }
  return {
    source: toFacet(counts.source),
    country: toFacet(counts.country),
    region: toFacet(counts.region),
    city: toFacet(counts.city),
    kind: toFacet(counts.kind),
    tag: toFacet(counts.tag),
    health: toFacet(counts.health),
  };
}

function emptyCounts(): Record<keyof Facets, Counts> {
  return {
    source: new Map(),
    country: new Map(),
    region: new Map(),
    city: new Map(),
    kind: new Map(),
    tag: new Map(),
    health: new Map(),
  };
}

function count(counts: Record<keyof Facets, Counts>, entry: CameraEntry): void {
  add(counts.source, entry.source);
  add(counts.country, entry.country);
  add(counts.region, entry.region);
  add(counts.city, entry.city);
  add(counts.kind, entry.kind);
  add(counts.health, entry.health);
  entry.camera.tags.forEach((tag, at, tags) => {
    // A tag given twice is one.
    if (tags.indexOf(tag) === at) add(counts.tag, tag);
  });
}

function add(counts: Counts, value: string | null): void {
  if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
}

function toFacet(counts: Counts): Facet {
  return [...counts]
    .map(([value, number]) => ({ value, count: number }))
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, MAX_FACET_VALUES);
}
