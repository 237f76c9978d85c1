import type { MapGeoJSONFeature } from "maplibre-gl";

/** What lies under the pointer: a cluster, or the cameras of one place, the one drawn on top first. */
export type Hit = { kind: "cluster"; at: LonLat; zoom: number } | { kind: "cameras"; at: LonLat; cameras: HitCamera[] };
export type HitCamera = { id: string; name: string; place: string };
export type LonLat = { lon: number; lat: number };
type Pixel = { x: number; y: number };
type Feature = Pick<MapGeoJSONFeature, "geometry" | "properties">;

/** Points this near to each other, in pixels, are one place to whoever points at them. */
const STACK_PX = 3;

/** The nearest of the features around the pointer, and what lies on the same spot. */
export function hitOf(features: readonly Feature[], pointer: Pixel, project: (at: LonLat) => Pixel): Hit | null {
  const found = features.flatMap((feature) => {
    const hit = readFeature(feature);
    return hit === null ? [] : [{ hit, distance: distance(project(hit.at), pointer) }];
  });
  const nearest = found.toSorted((a, b) => a.distance - b.distance)[0]?.hit;
  if (nearest === undefined || nearest.kind === "cluster") return nearest ?? null;
  const spot = project(nearest.at);
  const cameras = new Map<string, HitCamera>();
  for (const { hit } of found) {
    if (hit.kind !== "cameras" || distance(project(hit.at), spot) > STACK_PX) continue;
    for (const camera of hit.cameras) cameras.set(camera.id, camera);
  }
  return { kind: "cameras", at: nearest.at, cameras: [...cameras.values()] };
}

/** Which camera of a place a click means: the one after the selected one, so that clicking again goes through them all. */
export function nextOf(cameras: readonly HitCamera[], selected: string | null): HitCamera | null {
  const ordered = cameras.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const at = ordered.findIndex(({ id }) => id === selected);
  return at < 0 ? (cameras[0] ?? null) : (ordered[(at + 1) % ordered.length] ?? null);
}

function readFeature({ geometry, properties }: Feature): Hit | null {
  if (geometry.type !== "Point") return null;
  const [lon = 0, lat = 0] = geometry.coordinates;
  const { count, zoom, id, name, city, country } = properties as Record<string, unknown>;
  if (typeof count === "number" && typeof zoom === "number") return { kind: "cluster", at: { lon, lat }, zoom };
  if (typeof id !== "string") return null;
  const place = [city, country].filter((part) => typeof part === "string" && part !== "").join(", ");
  return { kind: "cameras", at: { lon, lat }, cameras: [{ id, name: typeof name === "string" ? name : id, place }] };
}

function distance(a: Pixel, b: Pixel): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
