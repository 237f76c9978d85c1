import type { CameraExtent } from "@argus/core";
import type { RequestHandler, Response } from "express";
import { z } from "zod";

import { ID_PARAMETER } from "../camera-parameters.ts";
import {
  OgcCollection,
  OgcCollections,
  OgcConformance,
  OgcFeature,
  OgcFeatures,
  OgcLandingPage,
} from "../ogc/answers.ts";
import { ogcDocument } from "../ogc/api-document.ts";
import { camerasCollection, CONFORMANCE, landingPage } from "../ogc/collection.ts";
import { feature, featurePage } from "../ogc/features.ts";
import { FORMAT, FORMAT_PARAMETER, ITEMS_PARAMETERS, readItemsQuery } from "../ogc/items-params.ts";
import { GEOJSON_TYPE, ITEMS, JSON_TYPE, linksOf, OGC, OPENAPI_TYPE, serverOf } from "../ogc/links.ts";
import { pageWithin } from "../ogc/page-within.ts";
import type { Api } from "../options.ts";
import { paramsOf, readParams } from "../params.ts";
import type { ApiStore } from "../ports.ts";
import type { Route } from "../route.ts";
import { findCamera } from "./cameras.ts";

const TAG = "ogc";
const FormatOnly = z.strictObject({ f: FORMAT });

/** OGC API - Features 1.0 (17-069r4): the registry as a layer of QGIS, GDAL and their like. */
export function ogcRoutes(api: Api): Route[] {
  const routes = [
    landingRoute(),
    conformanceRoute(),
    collectionsRoute(api.store),
    collectionRoute(api.store),
    itemsRoute(api.store),
    itemRoute(api.store),
  ];
  return [...routes, documentRoute(routes, api.version)];
}

/** Programs put together addresses from what a person typed, which may end in a slash. */
export const forgiveOgcSlash: RequestHandler = (request, _response, next) => {
  const { url } = request;
  const end = url.includes("?") ? url.indexOf("?") : url.length;
  if (url.startsWith(`${OGC}/`) && url[end - 1] === "/") request.url = url.slice(0, end - 1) + url.slice(end);
  next();
};

function landingRoute(): Route {
  return {
    ...described(OGC, "getOgcLandingPage", "Where the OGC API begins"),
    parameters: [FORMAT_PARAMETER],
    answers: { 200: { description: "The landing page.", content: { [JSON_TYPE]: OgcLandingPage } } },
    handle(request, response) {
      readParams(request, FormatOnly);
      sendAs(response, JSON_TYPE, landingPage(linksOf(request)));
    },
  };
}

function conformanceRoute(): Route {
  return {
    ...described(`${OGC}/conformance`, "getOgcConformance", "The conformance classes of the standard that hold here"),
    parameters: [FORMAT_PARAMETER],
    answers: { 200: { description: "The classes.", content: { [JSON_TYPE]: OgcConformance } } },
    handle(request, response) {
      readParams(request, FormatOnly);
      sendAs(response, JSON_TYPE, CONFORMANCE);
    },
  };
}

function collectionsRoute(store: ApiStore): Route {
  return {
    ...described(`${OGC}/collections`, "listOgcCollections", "The collections: there is one, `cameras`"),
    parameters: [FORMAT_PARAMETER],
    answers: { 200: { description: "The collections.", content: { [JSON_TYPE]: OgcCollections } } },
    async handle(request, response) {
      readParams(request, FormatOnly);
      const link = linksOf(request);
      const links = [link("self", `${OGC}/collections`, "This list")];
      const collections = [camerasCollection(link, await boxOf(store))];
      sendAs(response, JSON_TYPE, { links, collections } satisfies OgcCollections);
    },
  };
}

function collectionRoute(store: ApiStore): Route {
  return {
    ...described(`${OGC}/collections/cameras`, "getOgcCollection", "The collection of all cameras"),
    parameters: [FORMAT_PARAMETER],
    answers: { 200: { description: "The collection.", content: { [JSON_TYPE]: OgcCollection } } },
    async handle(request, response) {
      readParams(request, FormatOnly);
      sendAs(response, JSON_TYPE, camerasCollection(linksOf(request), await boxOf(store)));
    },
  };
}

function itemsRoute(store: ApiStore): Route {
  return {
    ...described(ITEMS, "listOgcItems", "A page of cameras"),
    parameters: ITEMS_PARAMETERS,
    answers: { 200: { description: "The page.", content: { [GEOJSON_TYPE]: OgcFeatures } } },
    errors: ["ARGUS_QUERY_INVALID", "ARGUS_STORE_CURSOR_INVALID"],
    async handle(request, response) {
      const params = paramsOf(request);
      const { query, interval } = readItemsQuery(params);
      const page = await (interval === null ? store.page(query) : pageWithin(store, query, interval));
      sendAs(response, GEOJSON_TYPE, featurePage(linksOf(request), { page, params, query, interval }));
    },
  };
}

function itemRoute(store: ApiStore): Route {
  return {
    ...described(`${ITEMS}/:id`, "getOgcItem", "One camera, gone ones included"),
    parameters: [ID_PARAMETER, FORMAT_PARAMETER],
    answers: { 200: { description: "The camera.", content: { [GEOJSON_TYPE]: OgcFeature } } },
    errors: ["ARGUS_QUERY_INVALID", "ARGUS_CAMERA_UNKNOWN"],
    async handle(request, response) {
      readParams(request, FormatOnly);
      const camera = await findCamera(store, request.params["id"]);
      sendAs(response, GEOJSON_TYPE, feature(linksOf(request), camera));
    },
  };
}

function documentRoute(others: readonly Route[], version: string): Route {
  const route: Route = {
    ...described(`${OGC}/api`, "getOgcApi", "The OGC API in OpenAPI 3.0"),
    parameters: [FORMAT_PARAMETER],
    answers: { 200: { description: "OpenAPI 3.0.", content: { [OPENAPI_TYPE]: null } } },
    handle(request, response) {
      readParams(request, FormatOnly);
      sendAs(response, OPENAPI_TYPE, ogcDocument([...others, route], version, serverOf(request)));
    },
  };
  return route;
}

type Described = Pick<Route, "method" | "path" | "operationId" | "tag" | "summary" | "errors">;

function described(path: string, operationId: string, summary: string): Described {
  return { method: "get", path, operationId, tag: TAG, summary, errors: ["ARGUS_QUERY_INVALID"] };
}

async function boxOf(store: ApiStore): Promise<CameraExtent["bbox"]> {
  return (await store.extent({})).bbox;
}

/** JSON under exactly this media type: as text Express would add a charset, which these types do not have. */
function sendAs(response: Response, type: string, body: object): void {
  response.setHeader("Content-Type", type);
  response.send(Buffer.from(JSON.stringify(body)));
}
