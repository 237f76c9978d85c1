import type { PoliteHttp } from "@argus/source-sdk";

/**
 * The same promise, marked as handled: a source that starts something and never awaits it must not bring the whole
 * process down with an unhandled rejection.
 */
export function handled<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}

/** The same HTTP, with every answer marked as handled. */
export function handledHttp(http: PoliteHttp): PoliteHttp {
  return Object.freeze({
    json: (url, schema, request) => handled(http.json(url, schema, request)),
    xml: (url, schema, request) => handled(http.xml(url, schema, request)),
    csv: (url, request) => handled(http.csv(url, request)),
    html: (url, request) => handled(http.html(url, request)),
    text: (url, request) => handled(http.text(url, request)),
    bytes: (url, request) => handled(http.bytes(url, request)),
  } satisfies PoliteHttp);
}
