import type { Request } from "express";

import type { OgcLink } from "./answers.ts";

export const JSON_TYPE = "application/json";
export const GEOJSON_TYPE = "application/geo+json";
export const OPENAPI_TYPE = "application/vnd.oai.openapi+json;version=3.0";
export const CONFORMANCE_REL = "http://www.opengis.net/def/rel/ogc/1.0/conformance";

/** Below this path is the OGC API. */
export const OGC = "/ogc";
export const ITEMS = "/ogc/collections/cameras/items";

export type LinkTo = (rel: string, path: string, title: string, type?: string) => OgcLink;

/** Makes absolute links of paths: with the Host that the request named, which the access check knows to be ours. */
export function linksOf(request: Request): LinkTo {
  const server = serverOf(request);
  return (rel, path, title, type = JSON_TYPE) => ({ href: server + path, rel, type, title });
}

/** Where the request reached this server: `http://127.0.0.1:8765`. */
export function serverOf(request: Request): string {
  return `${request.protocol}://${request.headers.host ?? ""}`;
}

export function withParams(path: string, params: URLSearchParams): string {
  return params.size === 0 ? path : `${path}?${params.toString()}`;
}
