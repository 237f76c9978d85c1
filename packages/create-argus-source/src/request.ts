import { describeIssues, HttpUrl, SourceManifest } from "@argus/core";
import type { z } from "zod";

import { requestInvalid } from "./errors.ts";
import { isShape, type Shape, SHAPE_FACTS, SHAPES } from "./shape.ts";

const PREFIX = "argus-source-";
const DEFAULT_ORIGIN = "https://data.example.org";
const DEFAULT_SHAPE: Shape = "json";
const CONTROL = /\p{C}/u;
const SECRET_PARAMETER = /key|token|secret|passw|auth|sig|credential/iu;
const LAYER = /^(?<layer>.*\/(?:Feature|Map)Server)(?:\/(?<number>\d+))?(?:\/query)?\/?$/iu;

/** What somebody asks for; all but the id has a default. */
export type SourceRequest = {
  id: string;
  name?: string | undefined;
  url?: string | undefined;
  shape?: string | undefined;
};

/** A source that can be written. */
export type SourcePlan = {
  id: string;
  /** What the user of Argus sees. */
  name: string;
  /** Scheme and host, without a trailing slash. */
  origin: string;
  hostname: string;
  /** Path and query of the list. */
  path: string;
  shape: Shape;
};

/**
 * Checks what was asked for and fills in the rest.
 * @throws ArgusError ARGUS_CREATE_INVALID naming what is wrong and what mends it.
 */
export function planSource({ id, name, url, shape = DEFAULT_SHAPE }: SourceRequest): SourcePlan {
  checkId(id);
  if (!isShape(shape))
    throw requestInvalid(`there is no shape "${shape.slice(0, 40)}"; there are ${SHAPES.join(", ")}`);
  return { id, name: checkName(name ?? defaultName(id)), ...readUrl(url ?? defaultUrl(shape), shape), shape };
}

/** The name that an id suggests: `my-city` → `My City cameras`. */
export function defaultName(id: string): string {
  const words = id.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join(" ")} cameras`;
}

/** An address of nobody, with the path that such lists have. */
export function defaultUrl(shape: Shape): string {
  return DEFAULT_ORIGIN + SHAPE_FACTS[shape].path;
}

/** @throws ArgusError ARGUS_CREATE_INVALID for what is no source's id. */
export function checkId(id: string): void {
  if (id.startsWith(PREFIX))
    throw requestInvalid(`"${id}" is a package's name; give the id alone: ${id.slice(PREFIX.length) || "my-city"}`);
  check(SourceManifest.shape.id, id, "the id");
}

function checkName(name: string): string {
  if (CONTROL.test(name)) throw requestInvalid("the name holds control characters; give one line of plain text");
  check(SourceManifest.shape.name, name.trim(), "the name");
  return name.trim();
}

function readUrl(text: string, shape: Shape): Pick<SourcePlan, "origin" | "hostname" | "path"> {
  check(HttpUrl, text, "the address");
  const url = new URL(text);
  const secret = [...url.searchParams.keys()].find((name) => SECRET_PARAMETER.test(name));
  if (secret !== undefined)
    throw requestInvalid(
      `the address carries "${secret}", which may be a secret and would stand in the code; leave it out, and read it from ctx.env as the guide says`,
    );
  check(SourceManifest.shape.hosts, [url.hostname], "the address's host");
  return { origin: url.origin, hostname: url.hostname, path: shape === "arcgis" ? layerPath(url) : pathOf(url, shape) };
}

function pathOf({ pathname, search }: URL, shape: Shape): string {
  return pathname === "/" && search === "" ? SHAPE_FACTS[shape].path : pathname + search;
}

/** The layer itself; the SDK appends the query. */
function layerPath({ pathname, href }: URL): string {
  if (pathname === "/") return SHAPE_FACTS.arcgis.path;
  const { layer, number = "0" } = LAYER.exec(pathname)?.groups ?? {};
  if (layer === undefined)
    throw requestInvalid(`${href} is no layer of ArcGIS; one ends in /FeatureServer/0 or /MapServer/0`);
  return `${layer}/${number}`;
}

function check(schema: z.ZodType, value: unknown, what: string): void {
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw requestInvalid(
      `${what} ${JSON.stringify(value).slice(0, 200)} cannot be used: ${describeIssues(parsed.error)}`,
    );
}
