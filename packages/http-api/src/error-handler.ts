import { ArgusError, describeError, type ErrorAnswer, isArgusError, type Log, showValue } from "@argus/core";
import type { ErrorRequestHandler, Request, Response } from "express";

import { stopping, urlMalformed } from "./errors.ts";
import { type MappedCode, statusOf } from "./status-codes.ts";

const RETRY_AFTER_S = 5;
const HEADERS_OF_THE_ANSWER = ["Content-Disposition", "Content-Length", "Content-Type", "ETag", "Last-Modified"];
const CODE_OF_STATUS: Readonly<Record<number, MappedCode>> = {
  400: "ARGUS_REQUEST_MALFORMED",
  412: "ARGUS_REQUEST_PRECONDITION",
  413: "ARGUS_REQUEST_TOO_LARGE",
  415: "ARGUS_REQUEST_CONTENT_TYPE",
  416: "ARGUS_REQUEST_RANGE",
};

/**
 * Answers every error as JSON; one that comes after the answer's head destroys the connection instead. `stop` is what
 * the server stops with: its reason is what those who wait for something are sent away with.
 */
export function errorHandler(log: Log, stop: AbortSignal): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    // The client has gone, and what was done for it was aborted: nothing failed.
    if (response.destroyed && isAbort(error)) return;
    const told = stop.aborted && error === stop.reason ? stopping() : toArgusError(error, request);
    const status = statusOf(told);
    report(log, request, response, { status, error: told.code === "ARGUS_INTERNAL" ? error : told });
    // A body that ended here in good order would look whole.
    if (response.headersSent || response.destroyed) response.destroy();
    else answer(response, status, told);
  };
}

/** Writes the JSON body of an error. */
function answer(response: Response, status: number, { code, message, details }: ArgusError): void {
  const body: ErrorAnswer = { error: { code, message, ...(details === undefined ? {} : { details }) } };
  for (const name of HEADERS_OF_THE_ANSWER) response.removeHeader(name);
  if (status === 503 || status === 429) response.setHeader("Retry-After", RETRY_AFTER_S);
  response.setHeader("Cache-Control", "no-store");
  response.status(status).json(body);
}

function toArgusError(error: unknown, request: Request): ArgusError {
  if (isArgusError(error)) return error;
  if (error instanceof URIError) return urlMalformed(request.originalUrl);
  const code = CODE_OF_STATUS[statusIn(error)];
  if (code !== undefined) return new ArgusError(code, `the request was not understood: ${describeError(error)}`);
  return new ArgusError("ARGUS_INTERNAL", "the server failed at this; its log says why");
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** The status Express's own middleware puts on its errors; 0 when there is none. */
function statusIn(error: unknown): number {
  return error instanceof Error && "status" in error && typeof error.status === "number" ? error.status : 0;
}

function report(log: Log, request: Request, response: Response, what: { status: number; error: unknown }): void {
  const { status, error } = what;
  const fields = { method: request.method, path: showValue(request.path), status, error: describeError(error) };
  if (status === 500 || response.headersSent) log.error("a request failed", fields);
  else log.debug("a request was refused", fields);
}
