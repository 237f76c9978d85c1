import { type Bbox, type CameraInput, headingOf, imageUrl, plainText, positionOf } from "@argus/source-sdk";

import type { HighwayCamera, Placemark } from "./schema.ts";

/** Washington, with what the list has just across its borders. */
export const AREAS: Bbox[] = [[-125, 45.3, -116.7, 49.2]];

const OWN_HOST = /(?:^|\.)wsdot\.wa\.gov$/u;
/** WSDOT tells no interval; pictures are replaced every one to five minutes. */
const REFRESH_S = 300;
/** `I-5 at MP 131.8: S 38th St looking South` */
const LOOKING = /\b(?:looking|facing)\s+[a-z-]+/iu;
/** What else than traffic there is lies in folders of its own. */
const TAGS: readonly [RegExp, string][] = [
  [/^\/airports\//iu, "airport"],
  [/^\/wsf\//iu, "ferry"],
];

export function cameraOfPlacemark({ id, name, image, lat, lon }: Placemark): CameraInput {
  return { ...base(name, image), id, ...positionOf([lon, lat], { areas: AREAS }), ...ownership(null, null, image) };
}

export function toCamera(camera: HighwayCamera): CameraInput {
  const { CameraID, Title, ImageURL, CameraLocation: place, CameraOwner, OwnerURL } = camera;
  const shown = positionOf([camera.DisplayLongitude, camera.DisplayLatitude], { areas: AREAS });
  const { heading_deg, ...rest } = base(Title, ImageURL);
  return {
    ...rest,
    id: String(CameraID),
    ...(shown.lat === null ? positionOf([place?.Longitude, place?.Latitude], { areas: AREAS }) : shown),
    heading_deg: headingOf(place?.Direction) ?? heading_deg,
    ...ownership(CameraOwner ?? null, OwnerURL ?? null, ImageURL),
  };
}

/** What is known of a camera by its title and picture alone. */
function base(title: string, image: string) {
  const name = plainText(title) ?? title;
  const path = new URL(image).pathname;
  const kinds = TAGS.flatMap(([folder, tag]) => (folder.test(path) ? [tag] : []));
  return {
    name,
    country: "US",
    region: "Washington",
    heading_deg: headingOf(LOOKING.exec(name)?.[0]),
    stream_url: image,
    stream_kind: "jpeg",
    refresh_s: REFRESH_S,
    tags: kinds.length === 0 ? ["traffic"] : kinds,
  } satisfies Omit<CameraInput, "id">;
}

/** Some cameras are other people's, which WSDOT only lists; the KML file tells by the picture's host alone. */
function ownership(owner: string | null, ownerUrl: string | null, image: string): Partial<CameraInput> {
  const { hostname } = new URL(image);
  const name = plainText(owner) ?? (OWN_HOST.test(hostname) ? null : hostname);
  return {
    page_url: imageUrl(ownerUrl),
    ...(name === null ? {} : { attribution: `${name}, listed by the Washington State Department of Transportation` }),
  };
}
