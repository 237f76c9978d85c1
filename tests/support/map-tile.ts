import { VectorTile, type VectorTileFeature } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";

/** A tile of the web mercator grid. */
export type TileAddress = { z: number; x: number; y: number };

/** A cluster (`count` cameras) or a camera of a tile, with where it is in degrees. */
export type TilePoint = {
  layer: string;
  lon: number;
  lat: number;
  count: number;
  properties: VectorTileFeature["properties"];
};

/** The points that are within the tile itself; those of its margin belong to its neighbours. */
export function readTile(bytes: Uint8Array, { z, x, y }: TileAddress): TilePoint[] {
  const { layers } = new VectorTile(new PbfReader(bytes));
  return Object.entries(layers).flatMap(([name, layer]) =>
    Array.from({ length: layer.length }, (_, at) => layer.feature(at)).flatMap((feature): TilePoint[] => {
      const [[point] = []] = feature.loadGeometry();
      if (point === undefined || !isWithin(point.x, layer.extent) || !isWithin(point.y, layer.extent)) return [];
      const { geometry } = feature.toGeoJSON(x, y, z);
      if (geometry.type !== "Point") throw new Error(`a ${geometry.type} in layer ${name}`);
      const [lon = Number.NaN, lat = Number.NaN] = geometry.coordinates;
      const { properties } = feature;
      return [{ layer: name, lon, lat, count: name === "clusters" ? Number(properties["count"]) : 1, properties }];
    }),
  );
}

export function childrenOf({ z, x, y }: TileAddress): TileAddress[] {
  return [0, 1, 2, 3].map((at) => ({ z: z + 1, x: 2 * x + (at % 2), y: 2 * y + Math.floor(at / 2) }));
}

function isWithin(position: number, extent: number): boolean {
  return position >= 0 && position < extent;
}
