import type { Facet, Facets } from "@argus/core";

import type { TimeSlice } from "../time-slice.ts";
import { CODED_FIELDS, type CameraColumns, type CodedField } from "./camera-columns.ts";
import { CodeCounts } from "./code-counts.ts";
import type { CodedColumn } from "./coded-column.ts";
import { CHUNK_SIZE } from "./column.ts";
import type { Dictionary } from "./dictionary.ts";
import type { Selection } from "./selection.ts";
import type { TagColumn } from "./tag-column.ts";
import { TopSlots } from "./top-slots.ts";

/** The most values one facet lists; rarer ones are left out. */
const MAX_FACET_VALUES = 200;
const CHUNK_WORDS = CHUNK_SIZE / 32;
const NO_CODES = new Uint8Array(0);
const NO_COUNTS = new Uint32Array(0);

type Tally = { readonly column: CodedColumn; readonly counts: CodeCounts };

/**
 * Counts a selection's cameras by each field's values, most first and equal counts by value. Codes must not be swept
 * until it is done.
 */
export async function countFacets(columns: CameraColumns, { bits }: Selection, slice: TimeSlice): Promise<Facets> {
  const { coded, tags } = columns;
  const lists: Tally = { column: tags.lists, counts: new CodeCounts() };
  const fields = new Map<CodedField, Tally>(
    CODED_FIELDS.map((field) => [field, { column: coded[field], counts: new CodeCounts() }]),
  );
  for (let chunk = 0; chunk * CHUNK_WORDS < bits.length; chunk += 1) {
    const inChunk = bits.subarray(chunk * CHUNK_WORDS, (chunk + 1) * CHUNK_WORDS);
    for (const { column, counts } of [lists, ...fields.values()])
      counts.add(inChunk, column.codes.chunks[chunk] ?? NO_CODES, column.dictionary.limit);
    if (slice.isOver) await slice.pause();
  }
  const facet = (field: CodedField): Facet =>
    toFacet(fields.get(field)?.counts.counts ?? NO_COUNTS, coded[field].dictionary);
  return {
    source: facet("source"),
    country: facet("country"),
    region: facet("region"),
    city: facet("city"),
    kind: facet("kind"),
    tag: toFacet(countTags(lists.counts.counts, tags), tags.tags),
    health: facet("health"),
  };
}

function countTags(lists: Uint32Array, tags: TagColumn): Uint32Array {
  const counts = new Uint32Array(tags.tags.limit);
  lists.forEach((count, list) => {
    if (count > 0) for (const tag of tags.membersOf(list)) counts[tag] = (counts[tag] ?? 0) + count;
  });
  return counts;
}

function toFacet(counts: Uint32Array, dictionary: Dictionary): Facet {
  const facet: Facet = [];
  const least = leastListed(counts);
  counts.forEach((count, code) => {
    const value = count < least ? null : dictionary.textOf(code);
    if (value !== null) facet.push({ value, count });
  });
  return facet.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, MAX_FACET_VALUES);
}

/** What a value must count to be listed; at that count there may be more values than are. */
function leastListed(counts: Uint32Array): number {
  const most = new TopSlots(MAX_FACET_VALUES);
  for (let code = 1; code < counts.length; code += 1) most.offer(code, -(counts[code] ?? 0), 0);
  return Math.max(1, -most.maxKey);
}
