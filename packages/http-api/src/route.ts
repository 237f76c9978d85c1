import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import type { z } from "zod";

import { methodRefused } from "./errors.ts";
import type { MappedCode } from "./status-codes.ts";

export type Parameter = {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  description: string;
  schema: z.ZodType;
  /** False: one parameter with commas; true (the default): repeated for each value of a list. */
  explode?: boolean;
};

export type Answer = {
  description: string;
  /** Media type to schema; null where the body is no JSON. */
  content?: Readonly<Record<string, z.ZodType | null>>;
};

/** One call: what the OpenAPI document says about it and what answers it, side by side so that they stay one. */
export type Route = {
  method: "get" | "post" | "put" | "patch" | "delete";
  /** Express's notation: `/api/cameras/:id`. */
  path: string;
  operationId: string;
  tag: string;
  summary: string;
  description?: string;
  parameters?: readonly Parameter[];
  body?: z.ZodType;
  /** Media types of a body that is a file. */
  file?: readonly string[];
  answers: Readonly<Record<number, Answer>>;
  /** The codes it may fail with, besides those any call may. */
  errors?: readonly MappedCode[];
  /** Runs before `handle`. */
  before?: readonly RequestHandler[];
  handle: (request: Request, response: Response) => void | Promise<void>;
};

/** A router of the routes that refuses other methods on their paths by name. */
export function routerOf(routes: readonly Route[]): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  for (const { method, path, before = [], handle } of routes) router[method](path, ...before, handle);
  for (const path of new Set(routes.map((route) => route.path))) {
    router.all(path, refuseMethod(routes.filter((route) => route.path === path).map((route) => route.method)));
  }
  return router;
}

/** @throws ArgusError ARGUS_REQUEST_METHOD, with the Allow header set */
export function refuseMethod(methods: readonly string[]): RequestHandler {
  const allowed = methods.flatMap((method) => (method === "get" ? ["GET", "HEAD"] : [method.toUpperCase()])).join(", ");
  return (request, response) => {
    response.setHeader("Allow", allowed);
    throw methodRefused(request.method, request.path, allowed);
  };
}
