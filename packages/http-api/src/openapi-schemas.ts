import {
  BadRow,
  Camera,
  CameraChanges,
  CameraExtent,
  CameraFeature,
  CameraFeatureCollection,
  CameraIdPage,
  CameraPage,
  Collection,
  CollectionCamerasAnswer,
  DuplicatesAnswer,
  ErrorAnswer,
  Facet,
  Facets,
  Favourite,
  FavouritePage,
  Health,
  HealthStatus,
  ImportCounts,
  ImportPreview,
  ListedCamera,
  Note,
  NotePage,
  PersonalData,
  PersonalMerge,
  RejectedCamera,
  Scrape,
  ScrapedSource,
  ScrapeState,
  SourceChange,
  SourceConfirmed,
  SourceDetails,
  SourceInfo,
  SourceState,
  StreamKind,
  Wall,
} from "@argus/core";
import { z } from "zod";

import {
  CollectionsAnswer,
  CurrentScrapeAnswer,
  FavouriteAnswer,
  NoteAnswer,
  ScrapeAnswer,
  ScrapesAnswer,
  SourcesAnswer,
  WallsAnswer,
} from "./answers.ts";
import {
  OgcCollection,
  OgcCollections,
  OgcConformance,
  OgcFeature,
  OgcFeatures,
  OgcLandingPage,
  OgcLink,
} from "./ogc/answers.ts";

export type Json = { [key: string]: unknown };

/** Which version of OpenAPI a document is, and how zod calls its kind of JSON Schema. */
export type Dialect = { openapi: "3.1.1" | "3.0.3"; target: "draft-2020-12" | "openapi-3.0" };
export const OPENAPI_3_1: Dialect = { openapi: "3.1.1", target: "draft-2020-12" };
export const OPENAPI_3_0: Dialect = { openapi: "3.0.3", target: "openapi-3.0" };

const NAMED: Readonly<Record<string, z.ZodType>> = {
  BadRow,
  Camera,
  CameraChanges,
  CameraExtent,
  CameraFeature,
  CameraFeatureCollection,
  CameraIdPage,
  CameraPage,
  Collection,
  CollectionCamerasAnswer,
  CollectionsAnswer,
  CurrentScrapeAnswer,
  DuplicatesAnswer,
  ErrorAnswer,
  Facet,
  Facets,
  Favourite,
  FavouriteAnswer,
  FavouritePage,
  Health,
  HealthStatus,
  ImportCounts,
  ImportPreview,
  ListedCamera,
  Note,
  NoteAnswer,
  NotePage,
  OgcCollection,
  OgcCollections,
  OgcConformance,
  OgcFeature,
  OgcFeatures,
  OgcLandingPage,
  OgcLink,
  PersonalData,
  PersonalMerge,
  RejectedCamera,
  Scrape,
  ScrapeAnswer,
  ScrapedSource,
  ScrapeState,
  ScrapesAnswer,
  SourceChange,
  SourceConfirmed,
  SourceDetails,
  SourceInfo,
  SourcesAnswer,
  SourceState,
  StreamKind,
  Wall,
  WallsAnswer,
};
const NAME_OF: ReadonlyMap<z.ZodType, string> = new Map(Object.entries(NAMED).map(([name, schema]) => [schema, name]));

/** The schema, or a reference to it where it has a name. */
export function schemaOf(schema: z.ZodType, { target }: Dialect): Json {
  const name = NAME_OF.get(schema);
  return name === undefined ? tidy(z.toJSONSchema(schema, { target })) : referenceTo(name);
}

/** All schemas that have a name, under it. */
export function namedSchemas({ target }: Dialect): Record<string, Json> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { uri: pathOf, target });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, tidy(schema)]));
}

export function referenceTo(name: string): Json {
  return { $ref: pathOf(name) };
}

/** The named schemas that a part of a document points at, and those that these point at. */
export function reachableFrom(part: unknown, schemas: Readonly<Record<string, Json>>): Record<string, Json> {
  const text = JSON.stringify(part);
  const reached = new Set<string>();
  const follow = (from: string): void => {
    for (const name of Object.keys(schemas)) {
      if (reached.has(name) || !from.includes(`"${pathOf(name)}"`)) continue;
      reached.add(name);
      follow(JSON.stringify(schemas[name]));
    }
  };
  follow(text);
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => reached.has(name)));
}

function pathOf(name: string): string {
  return `#/components/schemas/${name}`;
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
