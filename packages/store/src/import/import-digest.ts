import { createHash } from "node:crypto";

import type { ImportOptions } from "@argus/core";
import type { z } from "zod";

import type { TimeSlice } from "../time-slice.ts";

const CHUNK_BYTES = 1_048_576;

/** SHA-256 of the options and the file, in hex: the same file read the same way, and no other. */
export async function importDigest(
  bytes: Uint8Array,
  options: z.output<typeof ImportOptions>,
  slice: TimeSlice,
): Promise<string> {
  const { format, source_id, attribution, licence, columns } = options;
  const sorted = Object.entries(columns).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash("sha256").update(JSON.stringify([format ?? null, source_id, attribution, licence, sorted]));
  hash.update("\n");
  for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
    if (slice.isOver) await slice.pause();
    hash.update(bytes.subarray(from, from + CHUNK_BYTES));
  }
  return hash.digest("hex");
}
