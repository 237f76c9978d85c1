import type { CameraInput } from "@argus/source-sdk";

import { type Place, PLACES } from "./places.ts";

const REFRESH_SECONDS = [2, 3, 5, 10] as const;
const STREAM_FILE = "stream.mjpg";
const SNAPSHOT_FILE = "snapshot.jpg";
const CAMERA_PATH = /^\/cameras\/([a-z0-9-]+)\/(stream\.mjpg|snapshot\.jpg)$/u;

/** A place with the way its camera sends pictures. */
export type DemoCamera = {
  place: Place;
  kind: "mjpeg" | "jpeg";
  /** Seconds between two stills; null for a moving picture. */
  refresh_s: number | null;
};

/** Every other place moves; the stills differ in how often they are replaced. */
export const CAMERAS: ReadonlyMap<string, DemoCamera> = new Map(
  PLACES.map((place, index) => {
    const refresh = REFRESH_SECONDS[Math.floor(index / 2) % REFRESH_SECONDS.length] ?? null;
    const moving = index % 2 === 0;
    return [place.slug, { place, kind: moving ? "mjpeg" : "jpeg", refresh_s: moving ? null : refresh }];
  }),
);

/** A camera as the registry lists it; `baseUrl` has no trailing slash. */
export function listCamera({ place, kind, refresh_s }: DemoCamera, baseUrl: string): CameraInput {
  const folder = `${baseUrl}/cameras/${place.slug}`;
  const snapshot = `${folder}/${SNAPSHOT_FILE}`;
  return {
    id: place.slug,
    name: place.name,
    description: `Drawn by Argus: no camera stands here. The light follows the true sun over ${place.city}.`,
    lat: place.lat,
    lon: place.lon,
    country: place.country,
    city: place.city,
    heading_deg: place.heading_deg,
    stream_url: kind === "mjpeg" ? `${folder}/${STREAM_FILE}` : snapshot,
    stream_kind: kind,
    snapshot_url: snapshot,
    refresh_s,
    tags: ["demo", place.scene],
  };
}

/** What a path below the base URL asks for, or null. A still camera has no stream of its own. */
export function cameraAt(path: string): { camera: DemoCamera; moving: boolean } | null {
  const [, slug = "", file] = CAMERA_PATH.exec(path) ?? [];
  const camera = CAMERAS.get(slug);
  if (camera === undefined) return null;
  const moving = file === STREAM_FILE;
  return moving && camera.kind !== "mjpeg" ? null : { camera, moving };
}
