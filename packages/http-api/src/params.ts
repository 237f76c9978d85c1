import { Camera, type CameraFilter, type CameraQuery, parseOrThrow, readCameraParams } from "@argus/core";
import type { Request } from "express";
import type { z } from "zod";

import { paramRefused } from "./errors.ts";

const PAGE_PARAMS = ["limit", "cursor", "sort"] as const;
const CAMERA_FIELDS: ReadonlySet<string> = new Set(Object.keys(Camera.shape));

export type CameraField = keyof Camera;

export function paramsOf(request: Request): URLSearchParams {
  const at = request.originalUrl.indexOf("?");
  return new URLSearchParams(at < 0 ? "" : request.originalUrl.slice(at));
}

/** @throws ArgusError ARGUS_QUERY_INVALID naming the parameter */
export function readQuery(request: Request): CameraQuery {
  return readCameraParams(paramsOf(request));
}

/**
 * A filter for a call that has no pages.
 * @throws ArgusError ARGUS_QUERY_INVALID naming the parameter; also for `limit`, `cursor` and `sort`, which would be
 *   ignored in silence.
 */
export function readFilter(params: URLSearchParams): CameraFilter {
  for (const name of PAGE_PARAMS) {
    if (params.has(name)) {
      throw paramRefused(name, "this call always covers every camera the filter selects; pages are GET /api/cameras");
    }
  }
  return readCameraParams(params);
}

/** The camera fields that `fields=a,b` names, or null where nothing is said. */
export function readFields(params: URLSearchParams): CameraField[] | null {
  const given = params.getAll("fields");
  if (given.length === 0) return null;
  const names = [...new Set(given.flatMap((value) => value.split(",")))];
  const wrong = names.find((name) => !CAMERA_FIELDS.has(name));
  if (wrong !== undefined) {
    throw paramRefused("fields", `${JSON.stringify(wrong.slice(0, 80))} is not a field of a camera, like id or name`);
  }
  return names as CameraField[];
}

/** Parameters given once each, as text, against a schema. */
export function readParams<Schema extends z.ZodType>(request: Request, schema: Schema): z.output<Schema> {
  const params = paramsOf(request);
  // fromEntries, for assigning "__proto__" would be no entry.
  const raw = Object.fromEntries(
    [...new Set(params.keys())].map((key) => {
      const values = params.getAll(key);
      return [key, values.length > 1 ? values : values[0]];
    }),
  );
  return parseOrThrow(schema, raw, "the query", "ARGUS_QUERY_INVALID");
}
