import { parseOrThrow, type Scrape, SourceId } from "@argus/core";
import type { Request } from "express";
import { z } from "zod";

import { CurrentScrapeAnswer, ScrapeAnswer, ScrapesAnswer } from "../answers.ts";
import { jsonBody } from "../bodies.ts";
import { noScrape } from "../errors.ts";
import type { Api } from "../options.ts";
import { readParams } from "../params.ts";
import type { Route } from "../route.ts";

const MAX_BODY = "64kb";
const MAX_SOURCES = 200;
const DEFAULT_HISTORY = 20;
const MAX_HISTORY = 200;

const StartScrape = z.strictObject({ sources: z.array(SourceId).min(1).max(MAX_SOURCES) });
const Limit = z
  .string()
  .regex(/^\d{1,9}$/u, "must be a whole number")
  .transform(Number)
  .pipe(z.int().min(1).max(MAX_HISTORY));
const CancelParams = z.strictObject({ source: SourceId.optional() });
const HistoryParams = z.strictObject({ limit: Limit.optional() });

/** Starting, watching and cancelling scrapes, and what became of the last ones. */
export function scrapeRoutes(api: Api): Route[] {
  return [startRoute(api), historyRoute(api), currentRoute(api), cancelRoute(api)];
}

function startRoute({ sources }: Api): Route {
  return {
    method: "post",
    path: "/api/scrapes",
    operationId: "startScrape",
    tag: "scrapes",
    summary: "Start a scrape of the named sources, beside those that run",
    body: StartScrape,
    answers: { 202: { description: "Started.", content: { "application/json": ScrapeAnswer } } },
    errors: [
      "ARGUS_SCRAPE_RUNNING",
      "ARGUS_SCRAPE_BUSY",
      "ARGUS_SOURCE_UNKNOWN",
      "ARGUS_SOURCE_UNCONFIGURED",
      "ARGUS_SOURCE_BROKEN",
      "ARGUS_REQUEST_INVALID",
      "ARGUS_REQUEST_CONTENT_TYPE",
      "ARGUS_REQUEST_TOO_LARGE",
    ],
    before: jsonBody(MAX_BODY),
    async handle(request: Request<unknown, unknown, unknown>, response) {
      const body = parseOrThrow(StartScrape, request.body, "the body", "ARGUS_REQUEST_INVALID");
      const scrape: Scrape = await sources.start([...new Set(body.sources)]);
      response.status(202).json({ scrape });
    },
  };
}

function historyRoute({ store }: Api): Route {
  return {
    method: "get",
    path: "/api/scrapes",
    operationId: "listScrapes",
    tag: "scrapes",
    summary: "The last scrapes, newest first",
    parameters: [
      { name: "limit", in: "query", schema: Limit, description: `How many, ${DEFAULT_HISTORY} when nothing is said.` },
    ],
    answers: { 200: { description: "The scrapes.", content: { "application/json": ScrapesAnswer } } },
    errors: ["ARGUS_QUERY_INVALID"],
    async handle(request, response) {
      const { limit = DEFAULT_HISTORY } = readParams(request, HistoryParams);
      const scrapes: Scrape[] = await store.scrapes(limit);
      response.json({ scrapes });
    },
  };
}

function currentRoute({ sources }: Api): Route {
  return {
    method: "get",
    path: "/api/scrapes/current",
    operationId: "getCurrentScrape",
    tag: "scrapes",
    summary: "The progress of what runs; null while nothing does",
    description:
      "Scrapes that run at once are shown as one: every source with its newest part, under the id and the start of the " +
      "newest scrape that somebody has started, or of the newest when only scheduled ones run.",
    answers: { 200: { description: "Progress now.", content: { "application/json": CurrentScrapeAnswer } } },
    handle(_request, response) {
      const scrape: Scrape | null = sources.current();
      response.json({ scrape });
    },
  };
}

function cancelRoute({ sources }: Api): Route {
  return {
    method: "delete",
    path: "/api/scrapes/current",
    operationId: "cancelScrape",
    tag: "scrapes",
    summary: "Cancel all that runs, or one source alone; what is stored stays",
    parameters: [
      {
        name: "source",
        in: "query",
        schema: SourceId,
        description: "The source to cancel; the rest of its scrape goes on. All, when nothing is said.",
      },
    ],
    answers: {
      200: {
        description: "It has ended; this is the scrape that was shown, or the one that the source is a part of.",
        content: { "application/json": ScrapeAnswer },
      },
    },
    errors: ["ARGUS_SCRAPE_NONE", "ARGUS_QUERY_INVALID"],
    async handle(request, response) {
      const { source } = readParams(request, CancelParams);
      const scrape: Scrape | null = await sources.cancel({ source });
      if (scrape === null) throw noScrape(source);
      response.json({ scrape });
    },
  };
}
