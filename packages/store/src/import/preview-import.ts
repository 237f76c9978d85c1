import { type ImportCounts, ImportOptions, type ImportPreview, type ListedCamera, parseOrThrow } from "@argus/core";
import type { z } from "zod";

import { TimeSlice } from "../time-slice.ts";
import { importDigest } from "./import-digest.ts";
import { ImportReader } from "./import-reader.ts";
import { SAMPLE_SIZE } from "./limits.ts";

const BATCH = 500;

/** Cameras that a store did not have, had otherwise, and had as they are. */
export type ComparedCounts = Omit<ImportCounts, "skipped">;

/** How many of some cameras, each with an id of its own, a store does not have, has otherwise, and has as they are. */
export type CompareCameras = (cameras: readonly ListedCamera[]) => Promise<ComparedCounts>;

export type PreviewContext = {
  /** What is stored; left out: nothing is, so every camera is new. */
  compare?: CompareCameras;
  signal?: AbortSignal | undefined;
};

/**
 * Reads a CSV or GeoJSON file of cameras and says what storing it would do. Stores nothing.
 * @throws ArgusError ARGUS_IMPORT_UNREADABLE, ARGUS_IMPORT_TOO_LARGE; ARGUS_REQUEST_INVALID for options
 */
export async function previewImport(
  file: Uint8Array | string,
  options: ImportOptions = {},
  { compare = async (cameras) => ({ new: cameras.length, changed: 0, unchanged: 0 }), signal }: PreviewContext = {},
): Promise<ImportPreview> {
  const bytes = bytesOf(file);
  const complete = completeOptions(options);
  const reader = new ImportReader(bytes, complete);
  const counts = { new: 0, changed: 0, unchanged: 0 };
  const sample: ListedCamera[] = [];
  for await (const batch of batchesOf(reader.cameras(signal))) {
    sample.push(...batch.slice(0, SAMPLE_SIZE - sample.length));
    const found = await compare(batch);
    for (const key of ["new", "changed", "unchanged"] as const) counts[key] += found[key];
  }
  return { ...reader.told, ...counts, sample, digest: await importDigest(bytes, complete, new TimeSlice()) };
}

export function bytesOf(file: Uint8Array | string): Uint8Array {
  return typeof file === "string" ? Buffer.from(file, "utf8") : file;
}

export function completeOptions(options: ImportOptions): z.output<typeof ImportOptions> {
  return parseOrThrow(ImportOptions, options, "how to import", "ARGUS_REQUEST_INVALID");
}

async function* batchesOf(cameras: AsyncIterable<ListedCamera>): AsyncGenerator<ListedCamera[], void> {
  let batch: ListedCamera[] = [];
  for await (const camera of cameras) {
    batch.push(camera);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
