import type { Answer, Parameter, Route } from "./route.ts";
import { type Dialect, type Json, namedSchemas, OPENAPI_3_1, referenceTo, schemaOf } from "./openapi-schemas.ts";
import { type MappedCode, STATUS_OF_CODE } from "./status-codes.ts";

/** An OpenAPI document. */
export type OpenApiDocument = {
  openapi: string;
  info: Json;
  servers?: Json[];
  paths: Record<string, Json>;
  components: { schemas: Record<string, Json> };
  tags: Json[];
};

const COMMON_ERRORS: readonly MappedCode[] = [
  "ARGUS_ACCESS_HOST",
  "ARGUS_ACCESS_ORIGIN",
  "ARGUS_ACCESS_CROSS_SITE",
  "ARGUS_REQUEST_MALFORMED",
  "ARGUS_INTERNAL",
];

/** The OpenAPI 3.1 document that describes the routes, made of them and of core's schemas. */
export function openApiOf(routes: readonly Route[], version: string): OpenApiDocument {
  const license = { name: "MIT", identifier: "MIT" };
  const info = { title: "Argus", version, summary: "A registry of public cameras.", license };
  return documentOf(routes, OPENAPI_3_1, { info });
}

/** What of a document is not made of routes; `base` is left out of their paths. */
export type About = { info: Json; servers?: Json[]; base?: string };

/** A document of some routes, and all schemas that have a name. */
export function documentOf(routes: readonly Route[], dialect: Dialect, about: About): OpenApiDocument {
  const { base = "", ...head } = about;
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.slice(base.length).replaceAll(/:(\w+)/gu, "{$1}") || "/";
    paths[path] = { ...paths[path], [route.method]: operationOf(route, dialect) };
  }
  return {
    openapi: dialect.openapi,
    ...head,
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: { schemas: namedSchemas(dialect) },
  };
}

function operationOf(route: Route, dialect: Dialect): Json {
  const { operationId, tag, summary, description, parameters = [] } = route;
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(parameters.length === 0 ? {} : { parameters: parameters.map((each) => parameterOf(each, dialect)) }),
    ...bodyOf(route, dialect),
    responses: responsesOf(route, dialect),
  };
}

function bodyOf({ body, file }: Route, dialect: Dialect): Json {
  if (body === undefined && file === undefined) return {};
  const content =
    body === undefined
      ? Object.fromEntries((file ?? []).map((type) => [type, {}]))
      : { "application/json": { schema: schemaOf(body, dialect) } };
  return { requestBody: { required: true, content } };
}

function parameterOf(parameter: Parameter, dialect: Dialect): Json {
  const { name, in: place, required = false, description, schema, explode } = parameter;
  const style = explode === false ? { style: "form", explode: false } : {};
  return { name, in: place, required, description, schema: schemaOf(schema, dialect), ...style };
}

function responsesOf({ answers, errors = [] }: Route, dialect: Dialect): Json {
  const responses: Json = {};
  for (const [status, answer] of Object.entries(answers)) responses[status] = successOf(answer, dialect);
  const codes = [...new Set([...errors, ...COMMON_ERRORS])];
  for (const status of new Set(codes.map((code) => STATUS_OF_CODE[code]))) {
    responses[status] = failureOf(codes.filter((code) => STATUS_OF_CODE[code] === status));
  }
  return responses;
}

function successOf({ description, content }: Answer, dialect: Dialect): Json {
  if (content === undefined) return { description };
  const media = Object.entries(content).map(([type, schema]): [string, Json] => [
    type,
    schema === null ? {} : { schema: schemaOf(schema, dialect) },
  ]);
  return { description, content: Object.fromEntries(media) };
}

function failureOf(codes: readonly MappedCode[]): Json {
  return {
    description: codes.join(", "),
    content: { "application/json": { schema: referenceTo("ErrorAnswer") } },
  };
}
