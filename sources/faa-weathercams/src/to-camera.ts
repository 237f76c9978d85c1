import { type Bbox, type CameraInput, countryCode, headingOf, plainText, positionOf } from "@argus/source-sdk";

import type { Camera, Site } from "./schema.ts";
import { stateName } from "./states.ts";

/** Alaska with the Aleutians (across the antimeridian), the states and territories of America, Canada; Hawaii; Guam. */
export const AREAS: Bbox[] = [
  [165, 50, -129, 72],
  [-141, 17, -52, 84],
  [-161, 18, -154, 23],
  [144, 12, 147, 21.5],
];
/** Pictures are generally updated every ten minutes, as the Aeronautical Information Manual says of them. */
export const REFRESH_S = 600;

const OWN_LICENCE = "FAA Weather Camera Program terms (signed agreement)";

/** One view of a site; its address tells at the origin which camera it is, and is nothing to be looked at. */
export function toCamera(site: Site, camera: Camera, listUrl: string): CameraInput {
  const [own, ofSite] = [camera, site].map((place) => positionOf(place, { areas: AREAS }));
  return {
    id: camera.cameraId,
    name: nameOf(site, camera),
    description: descriptionOf(site),
    ...(own?.lat === null ? ofSite : own),
    country: countryCode(site.country ?? "US"),
    region: site.state ? stateName(site.state.trim()) : null,
    heading_deg: headingOf(camera.cameraBearing) ?? headingOf(camera.cameraDirection),
    stream_url: addressOf(listUrl, camera.cameraId),
    stream_kind: "jpeg",
    refresh_s: REFRESH_S,
    tags: [
      "weather",
      "aviation",
      ...(plainText(site.icao)?.toLowerCase() ?? "").split(" ").filter((code) => code !== ""),
    ],
    ...creditOf(site),
  };
}

function addressOf(listUrl: string, cameraId: string): string {
  return `${listUrl}?camera=${encodeURIComponent(cameraId)}`;
}

/** `NorthWest` is one word in English. */
function nameOf({ siteName }: Site, { cameraName, cameraDirection, cameraId }: Camera): string {
  const direction = plainText(cameraDirection);
  if (direction !== null) return `${siteName}: ${direction.slice(0, 1)}${direction.slice(1).toLowerCase()}`;
  return `${siteName}: ${plainText(cameraName) ?? cameraId}`;
}

function descriptionOf({ siteIdentifier, icao, operatedBy }: Site): string | null {
  const codes = [...new Set([plainText(siteIdentifier), plainText(icao)])].filter((code) => code !== null);
  const operator = plainText(operatedBy);
  const lines = [
    ...(codes.length > 0 ? [`Site ${codes.join(" / ")}`] : []),
    ...(operator === null ? [] : [`Operator: ${operator}`]),
  ];
  return lines.join("\n") || null;
}

/** Sites of others are credited to them, as the FAA does; what its own terms say does not cover their pictures. */
function creditOf({ thirdParty, attribution, operatedBy }: Site): Pick<CameraInput, "attribution" | "licence"> {
  const stated = plainText(attribution);
  const licence = thirdParty === true ? "unknown" : OWN_LICENCE;
  if (stated !== null) return { attribution: `${stated}; FAA Weather Camera Program`, licence };
  if (thirdParty !== true) return { licence };
  return { attribution: `${plainText(operatedBy) ?? "A third party"}; FAA Weather Camera Program`, licence };
}
