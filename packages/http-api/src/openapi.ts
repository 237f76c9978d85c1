import {
  Camera,
  CameraChanges,
  CameraExtent,
  CameraFeature,
  CameraFeatureCollection,
  CameraPage,
  ErrorAnswer,
  Facet,
  Facets,
  Health,
  HealthStatus,
  RejectedCamera,
  Scrape,
  ScrapedSource,
  ScrapeState,
  SourceInfo,
  SourceState,
  StreamKind,
} from "@argus/core";
import { z } from "zod";

import { CurrentScrapeAnswer, ScrapeAnswer, ScrapesAnswer, SourcesAnswer } from "./answers.ts";
import type { Answer, Parameter, Route } from "./route.ts";
import { type MappedCode, STATUS_OF_CODE } from "./status-codes.ts";

type Json = { [key: string]: unknown };

/** An OpenAPI 3.1 document. */
export type OpenApiDocument = {
  openapi: string;
  info: Json;
  paths: Record<string, Json>;
  components: Json;
  tags: Json[];
};

const NAMED: Readonly<Record<string, z.ZodType>> = {
  Camera,
  CameraChanges,
  CameraExtent,
  CameraFeature,
  CameraFeatureCollection,
  CameraPage,
  CurrentScrapeAnswer,
  ErrorAnswer,
  Facet,
  Facets,
  Health,
  HealthStatus,
  RejectedCamera,
  Scrape,
  ScrapeAnswer,
  ScrapedSource,
  ScrapeState,
  ScrapesAnswer,
  SourceInfo,
  SourcesAnswer,
  SourceState,
  StreamKind,
};
const NAME_OF: ReadonlyMap<z.ZodType, string> = new Map(Object.entries(NAMED).map(([name, schema]) => [schema, name]));
const COMMON_ERRORS: readonly MappedCode[] = [
  "ARGUS_ACCESS_HOST",
  "ARGUS_ACCESS_ORIGIN",
  "ARGUS_ACCESS_CROSS_SITE",
  "ARGUS_REQUEST_MALFORMED",
  "ARGUS_INTERNAL",
];

/** The document that describes the routes, made of them and of core's schemas. */
export function openApiOf(routes: readonly Route[], version: string): OpenApiDocument {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/gu, "{$1}");
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Argus",
      version,
      summary: "A registry of public cameras.",
      license: { name: "MIT", identifier: "MIT" },
    },
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: { schemas: namedSchemas() },
  };
}

function operationOf(route: Route): Json {
  const { operationId, tag, summary, description, parameters = [], body } = route;
  return {
    operationId,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    ...(parameters.length === 0 ? {} : { parameters: parameters.map(parameterOf) }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { "application/json": { schema: schemaOf(body) } } } }),
    responses: responsesOf(route),
  };
}

function parameterOf({ name, in: place, required = false, description, schema, explode }: Parameter): Json {
  const style = explode === false ? { style: "form", explode: false } : {};
  return { name, in: place, required, description, schema: schemaOf(schema), ...style };
}

function responsesOf({ answers, errors = [] }: Route): Json {
  const responses: Json = {};
  for (const [status, answer] of Object.entries(answers)) responses[status] = successOf(answer);
  const codes = [...new Set([...errors, ...COMMON_ERRORS])];
  for (const status of new Set(codes.map((code) => STATUS_OF_CODE[code]))) {
    responses[status] = failureOf(codes.filter((code) => STATUS_OF_CODE[code] === status));
  }
  return responses;
}

function successOf({ description, content }: Answer): Json {
  if (content === undefined) return { description };
  const media = Object.entries(content).map(([type, schema]): [string, Json] => [
    type,
    schema === null ? {} : { schema: schemaOf(schema) },
  ]);
  return { description, content: Object.fromEntries(media) };
}

function failureOf(codes: readonly MappedCode[]): Json {
  return {
    description: codes.join(", "),
    content: { "application/json": { schema: { $ref: refTo("ErrorAnswer") } } },
  };
}

function refTo(name: string): string {
  return `#/components/schemas/${name}`;
}

function schemaOf(schema: z.ZodType): Json {
  const name = NAME_OF.get(schema);
  return name === undefined ? tidy(z.toJSONSchema(schema)) : { $ref: refTo(name) };
}

function namedSchemas(): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: refTo });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, tidy(schema)]));
}

/** Without what means nothing in OpenAPI, or would forbid an answer to gain a field. */
function tidy(schema: object): Json {
  const copy = JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === "additionalProperties" && value === false ? undefined : withoutDatePattern(value),
  ) as Json;
  return Object.fromEntries(Object.entries(copy).filter(([key]) => key !== "$schema" && key !== "$id"));
}

/** zod adds its own long pattern to `format: date-time`, which says it already. */
function withoutDatePattern(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("format" in value) || value.format !== "date-time") return value;
  return { ...value, pattern: undefined };
}
