import type { CameraExtent } from "@argus/core";

import type { OgcCollection, OgcConformance, OgcLandingPage } from "./answers.ts";
import { CONFORMANCE_REL, GEOJSON_TYPE, ITEMS, type LinkTo, OGC, OPENAPI_TYPE } from "./links.ts";

/** WGS 84 longitude and latitude, in this order. */
const CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
const WHOLE_WORLD = [-180, -90, 180, 90];
const CLASSES = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf";
const EXPORTS = [
  ["geojson", GEOJSON_TYPE],
  ["csv", "text/csv"],
  ["kml", "application/vnd.google-earth.kml+xml"],
  ["ndjson", "application/x-ndjson"],
] as const;

export const CONFORMANCE: OgcConformance = {
  conformsTo: [`${CLASSES}/core`, `${CLASSES}/geojson`, `${CLASSES}/oas30`],
};

export function landingPage(link: LinkTo): OgcLandingPage {
  return {
    title: "Argus",
    description: "A registry of public cameras, by OGC API - Features.",
    links: [
      link("self", OGC, "This page"),
      link("service-desc", `${OGC}/api`, "The API, described with OpenAPI 3.0", OPENAPI_TYPE),
      link("conformance", `${OGC}/conformance`, "What of the standard is there"),
      link(CONFORMANCE_REL, `${OGC}/conformance`, "What of the standard is there"),
      link("data", `${OGC}/collections`, "The collections"),
    ],
  };
}

/** The one collection there is. `bbox` is where its cameras are, null when that is nowhere. */
export function camerasCollection(link: LinkTo, bbox: CameraExtent["bbox"]): OgcCollection {
  return {
    id: "cameras",
    title: "Cameras",
    description: "All cameras that are not gone; each names its own licence and whom to credit.",
    links: [
      link("self", `${OGC}/collections/cameras`, "This collection"),
      link("items", ITEMS, "The cameras, as GeoJSON", GEOJSON_TYPE),
      ...EXPORTS.map(([format, type]) =>
        link("enclosure", `/api/cameras.${format}`, `All cameras at once, as ${format}`, type),
      ),
    ],
    extent: { spatial: { bbox: [bbox ?? WHOLE_WORLD], crs: CRS84 } },
    itemType: "feature",
    crs: [CRS84],
  };
}
