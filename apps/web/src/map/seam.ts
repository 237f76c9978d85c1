import type { Feature, FeatureCollection, Geometry, MultiLineString, MultiPolygon, Polygon, Position } from "geojson";

/** The coast without the cuts of the map's own edge along the antimeridian and the south pole, and without lines from one edge to the other. */
export function splitAtSeam({ coordinates }: MultiLineString): MultiLineString {
  const onSeam = ([lon = 0, lat = 0]: Position): boolean => Math.abs(lon) > 179.98 || lat < -89.9;
  const across = ([from = 0]: Position, [to = 0]: Position): boolean => Math.abs(from - to) > 180;
  const parts = coordinates.flatMap((line) => {
    const pieces: Position[][] = [[]];
    for (const [at, point] of line.entries()) {
      const next = line[at + 1];
      pieces.at(-1)?.push(point);
      if (next !== undefined && ((onSeam(point) && onSeam(next)) || across(point, next))) pieces.push([]);
    }
    return pieces.filter((piece) => piece.length > 1);
  });
  return { type: "MultiLineString", coordinates: parts };
}

/**
 * Land as MapLibre fills it. Rings that cross the antimeridian jump from one edge of the world to the other, and would
 * be filled the long way round; here they go on beyond 180 degrees instead, where the map repeats itself.
 */
export function unwrapLand(land: Feature | FeatureCollection): MultiPolygon {
  const geometries: (Geometry | null)[] =
    land.type === "FeatureCollection" ? land.features.map(({ geometry }) => geometry) : [land.geometry];
  const polygons = geometries.flatMap((geometry): Position[][][] =>
    geometry?.type === "Polygon"
      ? [geometry.coordinates]
      : geometry?.type === "MultiPolygon"
        ? geometry.coordinates
        : [],
  );
  return {
    type: "MultiPolygon",
    coordinates: polygons.map((rings): Polygon["coordinates"] => rings.map((ring) => unwrapRing(ring))),
  };
}

function unwrapRing(ring: Position[]): Position[] {
  let turns = 0;
  const unwrapped = ring.map(([lon = 0, lat = 0], at): Position => {
    const before = ring[at - 1]?.[0] ?? lon;
    if (Math.abs(lon - before) > 180) turns += lon < before ? 1 : -1;
    return [lon + turns * 360, lat];
  });
  // A ring that does not close goes round a pole; the map's own lower edge closes it.
  return turns === 0 ? unwrapped : ring;
}
