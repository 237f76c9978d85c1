import type { IsoTime } from "@argus/core";
import type { Request, Response } from "express";

import { preconditionUnclear } from "./errors.ts";
import type { Unchanged } from "./personal-ports.ts";
import type { Parameter } from "./route.ts";
import { z } from "zod";

const STRONG_TAG = /^"(?<tag>[^"]*)"$/u;

export const IF_MATCH: Parameter = {
  name: "If-Match",
  in: "header",
  schema: z.string(),
  description: "The ETag it was read with: the write is refused when it was changed since.",
};

export const IF_NONE_MATCH: Parameter = {
  name: "If-None-Match",
  in: "header",
  schema: z.string(),
  description: "`*`: the write is refused when there is one already.",
};

/** The entity tag of a thing is its `updated_at`. */
export function setTag(response: Response, updatedAt: IsoTime): void {
  response.setHeader("ETag", `"${updatedAt}"`);
}

/**
 * What a write asks to be unchanged (RFC 9110, 13.1); nothing where it does not ask.
 * @throws ArgusError ARGUS_REQUEST_MALFORMED for what cannot be an ETag of a thing
 */
export function readUnchanged(request: Request): Unchanged {
  const ifMatch = request.get("if-match");
  const ifNoneMatch = request.get("if-none-match");
  if (ifMatch === undefined && ifNoneMatch === undefined) return {};
  if (ifMatch === undefined && ifNoneMatch === "*") return { unchangedSince: null };
  const tag = ifNoneMatch === undefined ? STRONG_TAG.exec(ifMatch ?? "")?.groups?.["tag"] : undefined;
  if (tag === undefined) throw preconditionUnclear();
  return { unchangedSince: tag };
}
