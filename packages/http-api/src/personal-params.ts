import { CameraId, CollectionId, MAX_PERSONAL_PAGE_SIZE, WallId } from "@argus/core";
import type { Request } from "express";
import { z } from "zod";

import { cameraUnknown, collectionUnknown, wallUnknown } from "./errors.ts";
import { readParams } from "./params.ts";
import type { Part } from "./personal-ports.ts";
import type { Parameter } from "./route.ts";

const Limit = z
  .string()
  .regex(/^\d{1,9}$/u, "must be a whole number")
  .transform(Number)
  .pipe(z.int().min(1).max(MAX_PERSONAL_PAGE_SIZE));
const PartParams = z.strictObject({ after: CameraId.optional(), limit: Limit.optional() });

export const PART_PARAMETERS: readonly Parameter[] = [
  { name: "after", in: "query", schema: CameraId, description: "A former answer's `next`." },
  {
    name: "limit",
    in: "query",
    schema: z.int().min(1).max(MAX_PERSONAL_PAGE_SIZE),
    description: `How many, ${MAX_PERSONAL_PAGE_SIZE} when nothing is said.`,
  },
];

export const COLLECTION_ID_PARAMETER: Parameter = {
  name: "id",
  in: "path",
  required: true,
  schema: CollectionId,
  description: "The collection's id.",
};

export const WALL_ID_PARAMETER: Parameter = {
  name: "id",
  in: "path",
  required: true,
  schema: WallId,
  description: "The wall's id.",
};

/** @throws ArgusError ARGUS_QUERY_INVALID */
export function readPart(request: Request): Part {
  return readParams(request, PartParams);
}

/** @throws ArgusError ARGUS_CAMERA_UNKNOWN for what cannot be a camera's id */
export function cameraIdOf(request: Request): string {
  return idOf(request, CameraId, cameraUnknown);
}

/** @throws ArgusError ARGUS_COLLECTION_UNKNOWN for what cannot be a collection's id */
export function collectionIdOf(request: Request): string {
  return idOf(request, CollectionId, collectionUnknown);
}

/** @throws ArgusError ARGUS_WALL_UNKNOWN for what cannot be a wall's id */
export function wallIdOf(request: Request): string {
  return idOf(request, WallId, wallUnknown);
}

function idOf(request: Request, schema: z.ZodType<string>, unknown: (id: string) => Error): string {
  const parsed = schema.safeParse(request.params["id"]);
  if (!parsed.success) throw unknown(String(request.params["id"]));
  return parsed.data;
}
