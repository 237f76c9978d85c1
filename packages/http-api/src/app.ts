import { silentLog } from "@argus/core";
import express, { type Express, type RequestHandler } from "express";

import { checkAccess } from "./access.ts";
import { compressText } from "./compress.ts";
import { errorHandler } from "./error-handler.ts";
import { routeUnknown, urlMalformed } from "./errors.ts";
import { type Api, DEFAULT_LIMITS, type HttpApiOptions } from "./options.ts";
import { pageRouter } from "./page.ts";
import { type Route, routerOf } from "./route.ts";
import { cameraRoutes } from "./routes/cameras.ts";
import { changeRoutes } from "./routes/changes.ts";
import { collectionRoutes } from "./routes/collections.ts";
import { exportRoutes } from "./routes/exports.ts";
import { favouriteRoutes } from "./routes/favourites.ts";
import { healthRoutes } from "./routes/health.ts";
import { forgiveOgcSlash, ogcRoutes } from "./routes/ogc.ts";
import { importRoutes } from "./routes/imports.ts";
import { noteRoutes } from "./routes/notes.ts";
import { openApiRoutes } from "./routes/openapi.ts";
import { personalRoutes } from "./routes/personal.ts";
import { scrapeStreamRoutes } from "./routes/scrape-stream.ts";
import { scrapeRoutes } from "./routes/scrapes.ts";
import { sourceRoutes } from "./routes/sources.ts";
import { streamRoutes } from "./routes/streams.ts";
import { tileRoutes } from "./routes/tiles.ts";
import { wallRoutes } from "./routes/walls.ts";
import { securityHeaders } from "./security-headers.ts";

/**
 * The HTTP API of Argus, and its page, as an Express app. It opens nothing itself and closes nothing it was handed;
 * abort `options.signal` before closing the server, so that open streams end.
 */
export function createHttpApi(options: HttpApiOptions): Express {
  const api = apiOf(options);
  const app = express();
  app.disable("x-powered-by");
  app.set("query parser", false);
  app.use(securityHeaders, checkAccess(options.access.hosts), checkUrl, compressText);
  app.use(["/api", "/ogc"], askAgain);
  app.use(forgiveOgcSlash);
  for (const routes of routesOf(api)) app.use(routerOf(routes));
  app.use(["/api", "/ogc"], refuseRoute);
  if (options.page !== undefined) app.use(pageRouter(options.page));
  app.use(refuseRoute, errorHandler(api.log, api.stop));
  return app;
}

function apiOf(options: HttpApiOptions): Api {
  const clock = options.clock ?? Date.now;
  return {
    store: options.store,
    sources: options.sources,
    streams: options.streams,
    version: options.version,
    log: options.log ?? silentLog,
    clock,
    startedAt: options.startedAt ?? clock(),
    ready: options.ready ?? (() => null),
    // One that never aborts, where none is handed in.
    stop: options.signal ?? new AbortController().signal,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
  };
}

/** The routes of each area; one router each. */
function routesOf(api: Api): Route[][] {
  const areas = [
    healthRoutes(api),
    sourceRoutes(api),
    scrapeRoutes(api),
    scrapeStreamRoutes(api),
    cameraRoutes(api),
    changeRoutes(api),
    tileRoutes(api),
    exportRoutes(api),
    importRoutes(api),
    favouriteRoutes(api),
    noteRoutes(api),
    collectionRoutes(api),
    wallRoutes(api),
    personalRoutes(api),
    streamRoutes(api),
    ogcRoutes(api),
  ];
  return [...areas, openApiRoutes(api, areas.flat())];
}

/** Answers are kept only to be confirmed by ETag. */
const askAgain: RequestHandler = (_request, response, next) => {
  response.setHeader("Cache-Control", "no-cache");
  next();
};

/** @throws ArgusError ARGUS_REQUEST_MALFORMED for percent signs that encode no UTF-8 */
const checkUrl: RequestHandler = (request, _response, next) => {
  try {
    decodeURIComponent(request.originalUrl);
  } catch {
    throw urlMalformed(request.originalUrl);
  }
  next();
};

const refuseRoute: RequestHandler = (request) => {
  throw routeUnknown(request.method, request.originalUrl);
};
