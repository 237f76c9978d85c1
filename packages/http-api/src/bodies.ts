import express, { type Request, type RequestHandler } from "express";

import { fileExpected, jsonExpected, uploadsBusy } from "./errors.ts";

const JSON_TYPE = /^application\/json\s*(?:;|$)/iu;

/** Reads a JSON body of at most `limit`, like `64kb`, into `request.body`. */
export function jsonBody(limit: string): RequestHandler[] {
  return [expectJson, express.json({ limit, strict: false })];
}

// A form of another site can post text/plain without asking first, but never application/json.
const expectJson: RequestHandler = (request, _response, next) => {
  const type = request.get("content-type");
  if (type === undefined || !JSON_TYPE.test(type)) throw jsonExpected(type);
  next();
};

/**
 * Reads a body of one of the media types, of at most `limit`, as bytes; at most `atOnce` of them. None of the types may be
 * one that a form of another site can post without asking first.
 */
export function fileBody(
  types: readonly string[],
  { limit, atOnce }: { limit: string; atOnce: number },
): RequestHandler[] {
  return [expectFile(types), takeTurns(atOnce), express.raw({ type: () => true, limit })];
}

/** The bytes that `fileBody` has read. */
export function fileOf(request: Request): Uint8Array {
  const body: unknown = request.body;
  // Without a body nothing is read.
  return body instanceof Uint8Array ? body : new Uint8Array();
}

function expectFile(types: readonly string[]): RequestHandler {
  return (request, _response, next) => {
    const type = request.get("content-type");
    if (!types.includes(type?.split(";")[0]?.trim().toLowerCase() ?? "")) throw fileExpected(types, type);
    next();
  };
}

/** Large bodies stand in memory whole: a few at once. */
function takeTurns(atOnce: number): RequestHandler {
  let open = 0;
  return (_request, response, next) => {
    if (open >= atOnce) throw uploadsBusy(atOnce);
    open += 1;
    response.once("close", () => (open -= 1));
    next();
  };
}
