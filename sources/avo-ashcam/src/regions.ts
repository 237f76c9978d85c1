import type { Bbox, CameraInput, Place } from "@argus/source-sdk";

const ALASKA: Bbox = [165, 50, -129, 72];
const HAWAII: Bbox = [-161, 18, -154, 23];
/** The Cascades, California and Yellowstone. */
const WEST: Bbox = [-125, 32, -104, 49.5];
const MARIANAS: Bbox = [144, 12, 147, 21.5];

/** Where the volcanoes are. */
export const AREAS: Bbox[] = [ALASKA, HAWAII, WEST, MARIANAS];

/** The region of a place within the areas. */
export function regionOf({ lat, lon }: Place): Pick<CameraInput, "country" | "region"> {
  if (lat === null) return {};
  if (lat > ALASKA[1]) return { country: "US", region: "Alaska" };
  if (lon > MARIANAS[0]) return { country: "MP" };
  return { country: "US", region: lat < HAWAII[3] ? "Hawaii" : null };
}
