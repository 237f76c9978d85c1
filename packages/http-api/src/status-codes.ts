import type { ArgusError } from "@argus/core";

/** The HTTP status of every error code: the only place where the two meet. */
export const STATUS_OF_CODE = {
  ARGUS_ACCESS_HOST: 403,
  ARGUS_ACCESS_ORIGIN: 403,
  ARGUS_ACCESS_CROSS_SITE: 403,
  ARGUS_CAMERA_UNKNOWN: 404,
  ARGUS_EVENTS_BUSY: 503,
  ARGUS_HEALTH_NOT_READY: 503,
  ARGUS_INTERNAL: 500,
  ARGUS_PAGE_MISSING: 503,
  ARGUS_QUERY_INVALID: 400,
  ARGUS_REQUEST_CONTENT_TYPE: 415,
  ARGUS_REQUEST_INVALID: 422,
  ARGUS_REQUEST_MALFORMED: 400,
  ARGUS_REQUEST_METHOD: 405,
  ARGUS_REQUEST_TOO_LARGE: 413,
  ARGUS_ROUTE_UNKNOWN: 404,
  ARGUS_SCRAPE_NONE: 404,
  ARGUS_SCRAPE_RUNNING: 409,
  ARGUS_SERVER_STOPPING: 503,
  ARGUS_SOURCE_BROKEN: 422,
  ARGUS_SOURCE_HOST_CLOSED: 503,
  ARGUS_SOURCE_UNCONFIGURED: 422,
  ARGUS_SOURCE_UNKNOWN: 422,
  ARGUS_STORE_BUSY: 503,
  ARGUS_STORE_CLOSED: 503,
  ARGUS_STORE_CURSOR_INVALID: 400,
  ARGUS_STORE_LOCKED: 503,
  ARGUS_STORE_WRITE_FAILED: 503,
  ARGUS_STREAM_BLOCKED: 403,
  ARGUS_STREAM_BUSY: 503,
  ARGUS_STREAM_CLOSED: 503,
  ARGUS_STREAM_NOT_JPEG: 502,
  ARGUS_STREAM_STATUS: 502,
  ARGUS_STREAM_TIMEOUT: 504,
  ARGUS_STREAM_TOO_LARGE: 502,
  ARGUS_STREAM_UNREACHABLE: 502,
  // Argus cannot play the camera's format: what is missing is on the server's side, so not 415.
  ARGUS_STREAM_UNSUPPORTED: 501,
  ARGUS_STREAM_URL_UNKNOWN: 403,
} as const;

export type MappedCode = keyof typeof STATUS_OF_CODE;

/** The status an error is answered with; a code that is not in the table is a fault of the server. */
export function statusOf(error: ArgusError): number {
  const table: Readonly<Record<string, number>> = STATUS_OF_CODE;
  return Object.hasOwn(table, error.code) ? (table[error.code] ?? 500) : error.retryable ? 503 : 500;
}
