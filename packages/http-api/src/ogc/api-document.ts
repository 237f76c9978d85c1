import { type OpenApiDocument, documentOf } from "../openapi.ts";
import { OPENAPI_3_0, reachableFrom } from "../openapi-schemas.ts";
import type { Route } from "../route.ts";
import { OGC } from "./links.ts";

/** The OGC API alone in OpenAPI 3.0, which is what the standard's clients read: they look for the largest `limit`. */
export function ogcDocument(routes: readonly Route[], version: string, server: string): OpenApiDocument {
  const document = documentOf(routes, OPENAPI_3_0, {
    info: {
      title: "Argus: OGC API - Features",
      version,
      description: "A registry of public cameras. Errors are Argus' own, the same as everywhere in its API.",
      license: { name: "MIT" },
    },
    servers: [{ url: server + OGC }],
    base: OGC,
  });
  const { paths, components } = document;
  return { ...document, components: { schemas: reachableFrom(paths, components.schemas) } };
}
