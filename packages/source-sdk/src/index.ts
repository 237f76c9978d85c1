export { ArgusError, type CameraInput } from "@argus/core";
export { baseUrl } from "./base-url.ts";
export { headingOf } from "./heading.ts";
export type { HttpRequest, PoliteHttp, PoliteHttpOptions } from "./http.ts";
export { createPoliteHttp } from "./polite-http.ts";
export { readRows, type ReadRowsOptions } from "./read-rows.ts";
export { credentialIn, redactUrl } from "./redact.ts";
export * from "./source.ts";
export { textBoolean } from "./text-boolean.ts";
