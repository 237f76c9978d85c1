import type { CameraFilter } from "@argus/core";

import type { TimeSlice } from "../time-slice.ts";
import { CODED_FIELDS, type CameraColumns } from "./camera-columns.ts";
import { CHUNK_SIZE } from "./column.ts";
import { keepInBox, keepMarked, keepNear, keepWanted } from "./narrowing.ts";
import { countBits, type Selection } from "./selection.ts";

const CHUNK_WORDS = CHUNK_SIZE / 32;

/** Takes away the bits of a chunk's slots that a part of the filter does not want. */
type Narrow = (bits: Uint32Array, chunk: number) => void;

/**
 * The slots among those of `bits`, which are taken over, that a filter selects; `q`, `collection` and `favourite` are
 * not looked at. Chunk after chunk is seen through all of the filter at once, so every camera is judged as it is at one
 * moment, although cameras may change between two chunks.
 */
export async function selectSlots(
  columns: CameraColumns,
  filter: CameraFilter,
  bits: Uint32Array,
  slice: TimeSlice,
): Promise<Selection> {
  let parts = partsOf(columns, filter);
  for (let chunk = 0; chunk * CHUNK_WORDS < bits.length; chunk += 1) {
    const inChunk = bits.subarray(chunk * CHUNK_WORDS, (chunk + 1) * CHUNK_WORDS);
    for (const narrow of parts) narrow(inChunk, chunk);
    if (slice.isOver) {
      await slice.pause();
      // Values that are new since then have codes that the parts do not know.
      parts = partsOf(columns, filter);
    }
  }
  return { bits, count: countBits(bits) };
}

function partsOf(columns: CameraColumns, filter: CameraFilter): Narrow[] {
  return [
    ...goneParts(columns, filter),
    ...duplicateParts(columns, filter),
    ...valueParts(columns, filter),
    ...placeParts(columns, filter),
  ];
}

function goneParts({ gone: bits }: CameraColumns, { gone = "no" }: CameraFilter): Narrow[] {
  if (gone === "any") return [];
  return [(inChunk, chunk) => keepMarked(inChunk, bits.words, chunk * CHUNK_WORDS, gone === "yes")];
}

function duplicateParts({ duplicates }: CameraColumns, filter: CameraFilter): Narrow[] {
  if (filter.duplicates !== "hide") return [];
  return [(inChunk, chunk) => keepMarked(inChunk, duplicates.words, chunk * CHUNK_WORDS, false)];
}

function valueParts({ coded, tags }: CameraColumns, filter: CameraFilter): Narrow[] {
  const parts: Narrow[] = [];
  for (const field of CODED_FIELDS) {
    const values = filter[field];
    if (values !== undefined) parts.push(wantedPart(coded[field].codes.chunks, coded[field].wanted(values)));
  }
  if (filter.tag !== undefined) parts.push(wantedPart(tags.lists.codes.chunks, tags.wanted(filter.tag)));
  return parts;
}

function wantedPart(chunks: readonly (Uint32Array | Uint8Array)[], wanted: Uint8Array): Narrow {
  return (inChunk, chunk) => keepWanted(inChunk, chunks[chunk] ?? new Uint8Array(0), wanted);
}

function placeParts({ lats, lons }: CameraColumns, { bbox, near }: CameraFilter): Narrow[] {
  const parts: Narrow[] = [];
  const none = new Float64Array(0);
  const of = (chunk: number): [Float64Array, Float64Array] => [lats.chunks[chunk] ?? none, lons.chunks[chunk] ?? none];
  if (bbox !== undefined) parts.push((inChunk, chunk) => keepInBox(inChunk, ...of(chunk), bbox));
  if (near !== undefined) parts.push((inChunk, chunk) => keepNear(inChunk, ...of(chunk), near));
  return parts;
}
