import { type Camera, type CameraPage, type CameraQuery, writeCameraParams } from "@argus/core";

import { featureOf } from "../camera-feature.ts";
import type { OgcFeature, OgcFeatures } from "./answers.ts";
import type { Interval } from "./datetime.ts";
import { GEOJSON_TYPE, ITEMS, type LinkTo, OGC, withParams } from "./links.ts";

export type ItemsPage = {
  page: Pick<CameraPage, "cameras" | "next_cursor"> & { total?: number };
  /** As they were asked with. */
  params: URLSearchParams;
  query: CameraQuery;
  interval: Interval | null;
};

/** A page of features, with links to the next and to the same in Argus' own form. */
export function featurePage(link: LinkTo, { page, params, query, interval }: ItemsPage): OgcFeatures {
  const { cameras, next_cursor, total } = page;
  const links = [link("self", withParams(ITEMS, params), "This page", GEOJSON_TYPE)];
  if (next_cursor !== null) {
    const next = new URLSearchParams(params);
    next.set("cursor", next_cursor);
    links.push(link("next", withParams(ITEMS, next), "The next page", GEOJSON_TYPE));
  }
  if (interval === null) {
    links.push(link("alternate", withParams("/api/cameras", writeCameraParams(query)), "This page as Argus has it"));
  }
  links.push(link("collection", `${OGC}/collections/cameras`, "The collection"));
  return {
    type: "FeatureCollection",
    features: cameras.map((camera) => featureOf(camera)),
    links,
    ...(total === undefined ? {} : { numberMatched: total }),
    numberReturned: cameras.length,
  };
}

export function feature(link: LinkTo, camera: Camera): OgcFeature {
  const id = encodeURIComponent(camera.id);
  return {
    ...featureOf(camera),
    links: [
      link("self", `${ITEMS}/${id}`, "This camera", GEOJSON_TYPE),
      link("alternate", `/api/cameras/${id}`, "This camera as Argus has it"),
      link("collection", `${OGC}/collections/cameras`, "The collection"),
    ],
  };
}
