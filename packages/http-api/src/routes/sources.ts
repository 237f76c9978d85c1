import { parseOrThrow, SourceChange, SourceConfirmed, SourceDetails, type SourceInfo } from "@argus/core";
import type { Request } from "express";
import { z } from "zod";

import { SourcesAnswer } from "../answers.ts";
import { jsonBody } from "../bodies.ts";
import { sourceNotInstalled } from "../errors.ts";
import type { Api } from "../options.ts";
import type { Parameter, Route } from "../route.ts";

const TAG = "sources";
const MAX_BODY = "64kb";
const PATH = "/api/sources/:id";

const ID_PARAMETER: Parameter = {
  name: "id",
  in: "path",
  required: true,
  schema: z.string(),
  description: "The source's id.",
};
const DETAILS = {
  200: { description: "The source as it stands now.", content: { "application/json": SourceDetails } },
};

/** The installed sources, broken ones included, and what is set about them. */
export function sourceRoutes(api: Api): Route[] {
  return [listRoute(api), getRoute(api), changeRoute(api), resetRoute(api), confirmRoute(api)];
}

function listRoute({ sources }: Api): Route {
  return {
    method: "get",
    path: "/api/sources",
    operationId: "listSources",
    tag: TAG,
    summary: "The installed sources, with their state and last scrape",
    answers: { 200: { description: "All sources.", content: { "application/json": SourcesAnswer } } },
    async handle(_request, response) {
      await sources.takeIn();
      response.json({ sources: sources.list() } satisfies { sources: SourceInfo[] });
    },
  };
}

function getRoute({ sources }: Api): Route {
  return {
    method: "get",
    path: PATH,
    operationId: "getSource",
    tag: TAG,
    summary: "A source with its options, its notice and how it stands between its runs; secrets are only named",
    parameters: [ID_PARAMETER],
    answers: DETAILS,
    errors: ["ARGUS_SOURCE_NOT_INSTALLED"],
    async handle(request, response) {
      const id = idOf(request, sources);
      await sources.takeIn();
      response.json(sources.details(id) satisfies SourceDetails);
    },
  };
}

function changeRoute({ sources }: Api): Route {
  return {
    method: "patch",
    path: PATH,
    operationId: "changeSource",
    tag: TAG,
    summary: "Enable or disable a source, accept its notice, set its options: all of it, or nothing on an error",
    parameters: [ID_PARAMETER],
    body: SourceChange,
    answers: DETAILS,
    errors: [
      "ARGUS_SOURCE_NOT_INSTALLED",
      "ARGUS_SOURCE_OPTIONS_INVALID",
      "ARGUS_SOURCE_OPTION_FIXED",
      "ARGUS_SOURCE_NO_NOTICE",
      "ARGUS_SOURCE_BROKEN",
      "ARGUS_SOURCE_NOT_READY",
      "ARGUS_PERSONAL_CONFLICT",
      "ARGUS_REQUEST_INVALID",
      "ARGUS_REQUEST_CONTENT_TYPE",
      "ARGUS_REQUEST_TOO_LARGE",
    ],
    before: jsonBody(MAX_BODY),
    async handle(request: Request, response) {
      const id = idOf(request, sources);
      const change = parseOrThrow(SourceChange, request.body, "the body", "ARGUS_REQUEST_INVALID");
      response.json((await sources.change(id, change)) satisfies SourceDetails);
    },
  };
}

function resetRoute({ sources }: Api): Route {
  return {
    method: "post",
    path: `${PATH}/reset`,
    operationId: "resetSource",
    tag: TAG,
    summary: "Forget a source's failures, so that it is tried as if it had never failed",
    parameters: [ID_PARAMETER],
    answers: DETAILS,
    errors: ["ARGUS_SOURCE_NOT_INSTALLED"],
    handle(request, response) {
      const id = idOf(request, sources);
      sources.reset(id);
      response.json(sources.details(id) satisfies SourceDetails);
    },
  };
}

function confirmRoute({ sources }: Api): Route {
  return {
    method: "post",
    path: `${PATH}/confirm`,
    operationId: "confirmSource",
    tag: TAG,
    summary: "Say that a held listing is right: the cameras it lacks are marked gone",
    description:
      "After a restart or a later run, or on another server than the one that read it, the list itself is no longer known: " +
      "then the word is kept, and the next complete listing of at least half as many cameras is taken as right. It is started at once.",
    parameters: [ID_PARAMETER],
    answers: {
      200: {
        description: "How many those were; or null, and the scrape that was started to list them again.",
        content: { "application/json": SourceConfirmed },
      },
    },
    errors: ["ARGUS_SOURCE_NOT_INSTALLED", "ARGUS_SOURCE_NOTHING_HELD", "ARGUS_SCRAPE_RUNNING"],
    async handle(request, response) {
      response.json((await sources.confirm(idOf(request, sources))) satisfies SourceConfirmed);
    },
  };
}

/** @throws ArgusError ARGUS_SOURCE_NOT_INSTALLED */
function idOf(request: Request, sources: Api["sources"]): string {
  const id = String(request.params["id"]);
  if (!sources.list().some((source) => source.id === id)) throw sourceNotInstalled(id);
  return id;
}
