import type { ImportCounts, ImportOptions, ImportPreview, ListedCamera } from "@argus/core";

import { TimeSlice } from "../time-slice.ts";
import { importDigest } from "./import-digest.ts";
import { importBadRows, importNotPreviewed } from "./import-errors.ts";
import { ImportReader } from "./import-reader.ts";
import { bytesOf, type CompareCameras, type ComparedCounts, completeOptions, previewImport } from "./preview-import.ts";

const SHOWN_FAULTS = 5;

/** What imports need of a store. */
export type ImportTarget = {
  compare: CompareCameras;
  /** All of them in one transaction, or none. */
  upsert(cameras: readonly ListedCamera[]): Promise<ComparedCounts>;
};

export type AgreedImport = {
  /** The preview's. */
  digest: string;
  /** Leaves bad rows out, instead of refusing the file. Default: false. */
  skipBad?: boolean;
  signal?: AbortSignal | undefined;
};

/** Brings a user's own cameras into a store: first a preview, then, when they agree, what was previewed. */
export class CameraImports {
  readonly #target: ImportTarget;

  constructor(target: ImportTarget) {
    this.#target = target;
  }

  /** What storing the file would do. @throws what `previewImport` throws */
  async preview(
    file: Uint8Array | string,
    options: ImportOptions = {},
    { signal }: { signal?: AbortSignal | undefined } = {},
  ): Promise<ImportPreview> {
    return previewImport(file, options, { compare: this.#target.compare, signal });
  }

  /**
   * Stores a file that was previewed under the same options; all of it or, on an error, nothing. What is stored already
   * and not in the file stays.
   * @throws ArgusError ARGUS_IMPORT_DIGEST, ARGUS_IMPORT_BAD_ROWS, and what `previewImport` throws
   */
  async store(
    file: Uint8Array | string,
    options: ImportOptions,
    { digest, skipBad = false, signal }: AgreedImport,
  ): Promise<ImportCounts> {
    const bytes = bytesOf(file);
    const complete = completeOptions(options);
    if ((await importDigest(bytes, complete, new TimeSlice())) !== digest) throw importNotPreviewed(digest);
    const reader = new ImportReader(bytes, complete);
    const cameras: ListedCamera[] = [];
    for await (const camera of reader.cameras(signal)) cameras.push(camera);
    if (reader.badRows > 0 && !skipBad) throw importBadRows(reader.badRows, reader.bad.slice(0, SHOWN_FAULTS));
    return { ...(await this.#target.upsert(cameras)), skipped: reader.badRows };
  }
}
