import { type Bbox, type CameraInput, imageUrl, plainText, positionOf } from "@argus/source-sdk";

import type { Webcam } from "./schema.ts";
import { stateName } from "./states.ts";

/** West, south, east, north: the states, Alaska and its islands, Hawaii, the Caribbean, the Marianas, American Samoa. */
export const AREAS: Bbox[] = [
  [-125.5, 24, -66, 49.8],
  [170, 50, -129, 72],
  [-161, 18, -154, 23],
  [-68.5, 17, -64, 19],
  [144, 13, 146.5, 21],
  [-171.5, -15, -168, -10.5],
];
const VIEW_PATH = "/media/webcam/view.htm";
const VIEW_PAGE = `https://www.nps.gov${VIEW_PATH}`;
const VIEW_HOSTS: ReadonlySet<string> = new Set(["www.nps.gov", "nps.gov"]);
const MAX_NAME = 300;
const MAX_DESCRIPTION = 2000;
const MAX_CREDIT = 300;

/** The camera, as a still where the Park Service shows it on a page of its own, else as a link; null without an address. */
export function toCamera(webcam: Webcam): CameraInput | null {
  const page = imageUrl(webcam.url, VIEW_PAGE);
  if (page === null) return null;
  const [park] = webcam.relatedParks;
  const credit = plainText(webcam.credit)?.slice(0, MAX_CREDIT);
  return {
    id: webcam.id,
    name: nameOf(webcam),
    description: plainText(webcam.description)?.slice(0, MAX_DESCRIPTION) ?? null,
    ...positionOf({ latitude: webcam.latitude, longitude: webcam.longitude }, { areas: AREAS }),
    country: "US",
    region: stateName(park?.states),
    ...streamOf(page, webcam.isStreaming),
    page_url: page,
    tags: ["national park"],
    ...(credit === undefined ? {} : { attribution: `National Park Service; ${credit}` }),
  };
}

function streamOf(page: string, isStreaming: boolean): Pick<CameraInput, "stream_url" | "stream_kind"> {
  const { hostname, pathname, searchParams } = new URL(page);
  const id = searchParams.get("id");
  const isView = VIEW_HOSTS.has(hostname) && pathname.toLowerCase() === VIEW_PATH;
  if (isStreaming || !isView || id === null) return { stream_url: null, stream_kind: "page" };
  // Without `r`, the page that the visitor came from.
  return { stream_url: `${VIEW_PAGE}?id=${encodeURIComponent(id)}`, stream_kind: "jpeg" };
}

/** `Acadia: Harbor`, for many a title names no park. */
function nameOf({ id, title, relatedParks: [park] }: Webcam): string {
  const name = plainText(title) ?? `Webcam ${id}`;
  const parkName = plainText(park?.name ?? park?.fullName);
  const isNamed = parkName === null || name.toLowerCase().includes(parkName.toLowerCase());
  return (isNamed ? name : `${parkName}: ${name}`).slice(0, MAX_NAME);
}
