declare module "virtual:basemap" {
  /** Land and borders: TopoJSON with the objects `land` and `countries`. */
  export const outlinesUrl: string;
  /** Names: JSON as `Places` in basemap/places.ts. */
  export const placesUrl: string;
}
