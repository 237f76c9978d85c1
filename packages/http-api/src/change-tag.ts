import { createHash, randomUUID } from "node:crypto";

import type { CameraFilter } from "@argus/core";
import type { Request, Response } from "express";

import type { ApiStore } from "./ports.ts";

const TAG_CHARS = 27;

/**
 * The entity tag of an answer that is about to be made, or null where it must not be confirmed without being made.
 * Take it first and ask the store afterwards.
 */
export type TagAnswer = (request: Request, filter: CameraFilter) => Promise<string | null>;

/**
 * Tags by the registry's change sequence. A tag never confirms an older body than it names: the sequence is read after
 * the store has taken in what other programs committed, and the body is made after that, so that it may hold a change
 * that came in meanwhile, but lacks none that the tag counts. The tag that counts it too is another one.
 */
export function changeTags(store: ApiStore): TagAnswer {
  // A store that counts from the start again after a restart must not confirm what a client got before it.
  const boot = randomUUID();
  return async (request, filter) => {
    if (isPersonal(filter)) return null;
    return tagOf(boot, await store.currentSequence(), request.originalUrl);
  };
}

/** Sets the tag, and answers all that needs no body: what the client has already, and HEAD. True when it did. */
export function endWithoutBody(request: Request, response: Response, tag: string | null): boolean {
  if (tag !== null) response.setHeader("ETag", tag);
  if (tag !== null && holds(request.headers["if-none-match"], tag)) response.status(304);
  else if (request.method !== "HEAD") return false;
  response.end();
  return true;
}

/**
 * Whether the client has the answer of this tag (RFC 9110, 13.1.2). Express would say no where the request has
 * `Cache-Control: no-cache`, which `fetch` puts beside every If-None-Match that a program sets.
 */
function holds(ifNoneMatch: string | undefined, tag: string): boolean {
  const held = ifNoneMatch?.split(",").map((each) => opaque(each.trim())) ?? [];
  return held.includes("*") || held.includes(opaque(tag));
}

function opaque(tag: string): string {
  return tag.replace(/^W\//u, "");
}

/** Favourites and collections change without a change to any camera. */
function isPersonal({ collection, favourite }: CameraFilter): boolean {
  return collection !== undefined || favourite !== undefined;
}

/** Weak, for the same cameras may be compressed differently. */
function tagOf(boot: string, changeSequence: number, url: string): string {
  const hash = createHash("sha256").update(`${boot} ${changeSequence} ${url}`).digest("base64url");
  return `W/"${hash.slice(0, TAG_CHARS)}"`;
}
