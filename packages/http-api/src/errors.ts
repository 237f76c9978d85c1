import { ArgusError, showValue } from "@argus/core";

export function hostMissing(): ArgusError {
  return new ArgusError(
    "ARGUS_REQUEST_MALFORMED",
    "the request has no Host header, so it cannot be told whom it was meant for; send one",
  );
}

export function hostRefused(host: string): ArgusError {
  return new ArgusError(
    "ARGUS_ACCESS_HOST",
    `the Host header ${showValue(host)} is not a name this server answers to; if it should be, add it to the setting server.allowed_hosts`,
  );
}

/** A request whose head is longer than the server reads. */
export function headTooLarge(maxBytes: number): ArgusError {
  return new ArgusError(
    "ARGUS_REQUEST_HEAD_TOO_LARGE",
    `the URL and the headers together are longer than ${maxBytes} bytes; ask for less at once`,
  );
}

export function requestTimedOut(): ArgusError {
  return new ArgusError("ARGUS_REQUEST_TIMEOUT", "the request did not arrive in time; send it again", {
    retryable: true,
  });
}

export function requestUnreadable(cause: Error): ArgusError {
  return new ArgusError("ARGUS_REQUEST_MALFORMED", `the request is no valid HTTP: ${cause.message}`, { cause });
}

export function originRefused(origin: string): ArgusError {
  return new ArgusError(
    "ARGUS_ACCESS_ORIGIN",
    `the Origin header ${showValue(origin)} is another site's; if it should be allowed, add its host to the setting server.allowed_hosts`,
  );
}

export function crossSiteRefused(site: string): ArgusError {
  return new ArgusError(
    "ARGUS_ACCESS_CROSS_SITE",
    `another site's page asked for this (Sec-Fetch-Site: ${showValue(site)}); open the address itself instead`,
  );
}

export function cameraUnknown(id: string): ArgusError {
  return new ArgusError("ARGUS_CAMERA_UNKNOWN", `there is no camera ${showValue(id)}`);
}

export function streamUrlUnknown(url: string): ArgusError {
  return new ArgusError(
    "ARGUS_STREAM_URL_UNKNOWN",
    `no camera of the registry has the URL ${showValue(url)}; only stored URLs are fetched`,
  );
}

export function eventsBusy(max: number): ArgusError {
  return new ArgusError("ARGUS_EVENTS_BUSY", `${max} event streams are open already; close one or try again later`, {
    retryable: true,
  });
}

/** Nothing to cancel: no scrape at all, or none of this source on this server. */
export function noScrape(sourceId?: string): ArgusError {
  const what = sourceId === undefined ? "no scrape is running" : `${sourceId} is not being scraped by this server`;
  return new ArgusError("ARGUS_SCRAPE_NONE", what);
}

export function stopping(): ArgusError {
  return new ArgusError("ARGUS_SERVER_STOPPING", "the server is stopping", { retryable: true });
}

export function paramRefused(name: string, why: string): ArgusError {
  return new ArgusError("ARGUS_QUERY_INVALID", `the query is not valid: ${name}: ${why}`, {
    details: [{ path: name, message: why }],
  });
}

export function tileInvalid(name: string, value: string, max: number): ArgusError {
  return new ArgusError(
    "ARGUS_TILE_INVALID",
    `the tile's ${name} is ${showValue(value)}; it must be a whole number from 0 to ${max}`,
  );
}

export function routeUnknown(method: string, path: string): ArgusError {
  return new ArgusError(
    "ARGUS_ROUTE_UNKNOWN",
    `there is no ${method} ${showValue(path)}; /api/openapi.json lists every call`,
  );
}

export function methodRefused(method: string, path: string, allowed: string): ArgusError {
  return new ArgusError("ARGUS_REQUEST_METHOD", `${showValue(path)} does not take ${method}, but ${allowed}`);
}

export function urlMalformed(url: string): ArgusError {
  return new ArgusError(
    "ARGUS_REQUEST_MALFORMED",
    `the URL ${showValue(url)} is not percent-encoded UTF-8; a literal % is written %25`,
  );
}

export function jsonExpected(contentType: string | undefined): ArgusError {
  const found = contentType === undefined ? "none" : showValue(contentType);
  return new ArgusError(
    "ARGUS_REQUEST_CONTENT_TYPE",
    `the body must be sent as Content-Type: application/json, not ${found}`,
  );
}

export function fileExpected(types: readonly string[], contentType: string | undefined): ArgusError {
  const found = contentType === undefined ? "none" : showValue(contentType);
  return new ArgusError(
    "ARGUS_REQUEST_CONTENT_TYPE",
    `the body must be sent as Content-Type: ${types.join(" or ")}, not ${found}`,
  );
}

export function uploadsBusy(max: number): ArgusError {
  return new ArgusError("ARGUS_UPLOADS_BUSY", `${max} files are being read already; try again in a moment`, {
    retryable: true,
  });
}

export function preconditionUnclear(): ArgusError {
  return new ArgusError(
    "ARGUS_REQUEST_MALFORMED",
    "the precondition was not understood; send If-Match with one ETag as it was given, or If-None-Match: *",
  );
}

export function sourceNotInstalled(id: string): ArgusError {
  return new ArgusError(
    "ARGUS_SOURCE_NOT_INSTALLED",
    `there is no source ${showValue(id)}; GET /api/sources lists those that are installed`,
  );
}

export function collectionUnknown(id: string): ArgusError {
  return new ArgusError("ARGUS_COLLECTION_UNKNOWN", `there is no collection ${showValue(id)}`);
}

export function wallUnknown(id: string): ArgusError {
  return new ArgusError("ARGUS_WALL_UNKNOWN", `there is no wall ${showValue(id)}`);
}

export function cameraNotOwn(id: string): ArgusError {
  return new ArgusError(
    "ARGUS_CAMERA_NOT_OWN",
    `${showValue(id)} was not imported but comes from a source, which would list it again; only imported cameras can be removed`,
  );
}

export function pageMissing(folder: string): ArgusError {
  return new ArgusError(
    "ARGUS_PAGE_MISSING",
    `the page is not built: there is no index.html in ${folder}. Run "pnpm build", then load this again. The API works without it: /api/openapi.json`,
  );
}
