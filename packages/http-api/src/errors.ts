import { ArgusError, showValue } from "@argus/core";

export function hostRefused(host: string | undefined): ArgusError {
  const message =
    host === undefined
      ? "the request has no Host header, so it cannot be told whom it was meant for"
      : `the Host header ${showValue(host)} is not a name this server answers to; if it should be, add it to the setting server.allowed_hosts`;
  return new ArgusError("ARGUS_ACCESS_HOST", message);
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

export function noScrape(): ArgusError {
  return new ArgusError("ARGUS_SCRAPE_NONE", "no scrape is running");
}

export function stopping(): ArgusError {
  return new ArgusError("ARGUS_SERVER_STOPPING", "the server is stopping", { retryable: true });
}

export function paramRefused(name: string, why: string): ArgusError {
  return new ArgusError("ARGUS_QUERY_INVALID", `the query is not valid: ${name}: ${why}`, {
    details: [{ path: name, message: why }],
  });
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

export function pageMissing(folder: string): ArgusError {
  return new ArgusError(
    "ARGUS_PAGE_MISSING",
    `the page is not built: there is no index.html in ${folder}. Run "pnpm build", then load this again. The API works without it: /api/openapi.json`,
  );
}
