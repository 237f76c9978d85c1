export { createApiServer } from "./api-server.ts";
export { createHttpApi } from "./app.ts";
export type { OpenApiDocument } from "./openapi.ts";
export type { HttpApiLimits, HttpApiOptions } from "./options.ts";
export type { ApiImports, ApiPersonal } from "./personal-ports.ts";
export type { ApiSources, ApiStore, ApiStreams } from "./ports.ts";
