import type { ImportCounts, ImportOptions, ImportPreview } from "@argus/core";

import { callJson, callNothing, type CallOptions, type Http, search } from "./http.ts";

/** A large file is read row by row, and stored in one transaction. */
const IMPORT_TIMEOUT_MS = 600_000;
const MEDIA_TYPES = { csv: "text/csv", geojson: "application/geo+json" } as const;
/** What a file is sent as when nothing says its format; the server then looks at its beginning. */
const UNKNOWN_TYPE = "application/octet-stream";

/** Bringing one's own cameras along. A file may have 32 MB and 200,000 rows. */
export type ImportCalls = {
  /** Reads the file and says what storing it would do; nothing is stored. @throws ARGUS_IMPORT_UNREADABLE */
  previewImport(file: Blob | string, options?: ImportOptions & CallOptions): Promise<ImportPreview>;
  /**
   * Stores a file that was previewed, given the preview's digest, the same bytes and the same options; all of it or, on an
   * error, nothing.
   * @throws ARGUS_IMPORT_DIGEST when it is not what was previewed; ARGUS_IMPORT_BAD_ROWS when it has bad rows and
   *   `skipBad` is not true
   */
  importCameras(
    file: Blob | string,
    options: ImportOptions & CallOptions & { digest: string; skipBad?: boolean },
  ): Promise<ImportCounts>;
  /** Marks an imported camera gone. @throws ARGUS_CAMERA_UNKNOWN; ARGUS_CAMERA_NOT_OWN for those of other sources */
  removeCamera(id: string, options?: CallOptions): Promise<void>;
};

export function importCalls(http: Http): ImportCalls {
  const patient = { ...http, timeoutMs: Math.max(http.timeoutMs, IMPORT_TIMEOUT_MS) };
  return {
    previewImport: (file, { signal, ...options } = {}) =>
      callJson(patient, `/api/imports/preview${search(paramsOf(options))}`, upload(file, options, signal)),
    importCameras: (file, { signal, digest, skipBad, ...options }) => {
      const params = paramsOf(options);
      params.set("digest", digest);
      if (skipBad === true) params.set("skip_bad", "yes");
      return callJson(patient, `/api/imports${search(params)}`, upload(file, options, signal));
    },
    removeCamera: (id, options) =>
      callNothing(http, `/api/cameras/${encodeURIComponent(id)}`, { ...options, method: "DELETE" }),
  };
}

function upload(
  body: Blob | string,
  { format }: ImportOptions,
  signal: AbortSignal | undefined,
): NonNullable<Parameters<typeof callJson>[2]> {
  const type = format === undefined ? UNKNOWN_TYPE : MEDIA_TYPES[format];
  return { signal, method: "POST", file: { body, type } };
}

function paramsOf({ format, source_id, attribution, licence, columns = {} }: ImportOptions): URLSearchParams {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries({ format, source_id, attribution, licence })) {
    if (value !== undefined) params.set(key, value);
  }
  for (const [field, column] of Object.entries(columns)) params.append("column", `${field}:${column}`);
  return params;
}
