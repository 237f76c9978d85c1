import { type OpenApiDocument, openApiOf } from "../openapi.ts";
import type { Api } from "../options.ts";
import type { Route } from "../route.ts";

/** The document that describes all routes, this one included. */
export function openApiRoutes(api: Api, others: readonly Route[]): Route[] {
  let document: OpenApiDocument | null = null;
  const route: Route = {
    method: "get",
    path: "/api/openapi.json",
    operationId: "getOpenApi",
    tag: "server",
    summary: "This document",
    answers: { 200: { description: "OpenAPI 3.1.", content: { "application/json": null } } },
    handle(_request, response) {
      // Made when first asked for: a start should not wait for it.
      document ??= openApiOf([...others, route], api.version);
      response.json(document);
    },
  };
  return [route];
}
