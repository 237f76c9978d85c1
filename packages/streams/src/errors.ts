import { ArgusError, type Camera } from "@argus/core";

// 408 Request Timeout, 425 Too Early, 429 Too Many Requests: the origin itself asks to come back.
const RETRYABLE_STATUSES: ReadonlySet<number> = new Set([408, 425, 429]);
const FIRST_SERVER_ERROR = 500;
const BYTES_PER_MIB = 1024 * 1024;

/** The address is not public and nobody opened it. */
export function addressBlocked(host: string, address: string, why: string): ArgusError {
  const named = host === address ? host : `${host} leads to ${address}, which`;
  return new ArgusError(
    "ARGUS_STREAM_BLOCKED",
    `${named} is not a public address (${why}), so Argus does not connect to it. ` +
      `If the camera is yours, add "${address}" to allow under [egress] in argus.toml`,
    { details: { host, address, why } },
  );
}

/** A URL that Argus does not follow whatever its address is. */
export function urlBlocked(host: string, what: string): ArgusError {
  return new ArgusError(
    "ARGUS_STREAM_BLOCKED",
    `${host}: ${what}. Argus opens only http and https URLs without credentials: correct the camera's URL`,
    {
      details: { host },
    },
  );
}

export function unsupported(camera: Camera, wanted: "snapshot" | "stream"): ArgusError {
  const mend =
    camera.page_url === null ? "its source would have to give a JPEG or MJPEG URL" : "open its page_url instead";
  return new ArgusError(
    "ARGUS_STREAM_UNSUPPORTED",
    `camera ${camera.id} of kind ${camera.stream_kind} has no ${wanted} that Argus can open; ${mend}`,
    {
      details: { id: camera.id, stream_kind: camera.stream_kind },
    },
  );
}

const MAX_REASON = 300;

/** The camera's source cannot say where its pictures are; `reason` is the source's own. */
export function unresolved(
  camera: Camera,
  reason: string,
  { cause, retryable }: { cause?: unknown; retryable: boolean },
): ArgusError {
  const { id, source_id } = camera;
  const mend = retryable ? "try again later" : `look at the state of the source "${source_id}"`;
  return new ArgusError(
    "ARGUS_STREAM_UNRESOLVED",
    `the source "${source_id}" cannot say where the pictures of camera ${id} are just now: ${reason.slice(0, MAX_REASON)}; ${mend}`,
    { retryable, cause, details: { id, source_id } },
  );
}

export function unreachable(
  host: string,
  what: string,
  options: { cause?: unknown; retryable?: boolean } = {},
): ArgusError {
  const { cause, retryable = true } = options;
  const mend = retryable ? "it may be off for now: try again later" : "check the camera's URL";
  return new ArgusError("ARGUS_STREAM_UNREACHABLE", `${host} ${what}; ${mend}`, {
    retryable,
    cause,
    details: { host },
  });
}

export function timedOut(host: string, what: string, ms: number): ArgusError {
  return new ArgusError("ARGUS_STREAM_TIMEOUT", `${host} ${what} within ${ms} ms; it is slow or off: try again later`, {
    retryable: true,
    details: { host, ms },
  });
}

export function badStatus(host: string, status: number, what = "so there is no picture"): ArgusError {
  const retryable = status >= FIRST_SERVER_ERROR || RETRYABLE_STATUSES.has(status);
  const mend = retryable ? "try again later" : "check the camera's URL, or scrape its source again";
  return new ArgusError("ARGUS_STREAM_STATUS", `${host} answered with status ${status}, ${what}; ${mend}`, {
    retryable,
    details: { host, status },
  });
}

/** `retryable` where the picture was only cut short; what is of another format stays so. */
export function notJpeg(host: string, came: string, retryable = false): ArgusError {
  const mend = retryable ? "try again later" : "check that the camera's URL is that of a picture";
  return new ArgusError("ARGUS_STREAM_NOT_JPEG", `${host} sent ${came} instead of a whole JPEG; ${mend}`, {
    retryable,
    details: { host, came },
  });
}

export function tooLarge(host: string, limit: number): ArgusError {
  const shown = limit >= BYTES_PER_MIB ? `${Math.round(limit / BYTES_PER_MIB)} MiB` : `${limit} bytes`;
  return new ArgusError(
    "ARGUS_STREAM_TOO_LARGE",
    `${host} sent a picture of more than ${shown}; if that is right, raise frameBytes in the limits of its streams`,
    {
      details: { host, limit },
    },
  );
}

export function busy(host: string, what: string): ArgusError {
  return new ArgusError(
    "ARGUS_STREAM_BUSY",
    `${host} cannot be opened now: ${what}; close a view or try again in a moment`,
    {
      retryable: true,
      details: { host },
    },
  );
}

export function closed(): ArgusError {
  return new ArgusError("ARGUS_STREAM_CLOSED", "the streams are closed, for Argus is stopping; start it again");
}

export function allowInvalid(value: string): ArgusError {
  return new ArgusError(
    "ARGUS_STREAM_ALLOW_INVALID",
    `${JSON.stringify(value)} under [egress] allow is not an address or a CIDR range like "192.168.1.0/24"`,
    {
      details: { value },
    },
  );
}
