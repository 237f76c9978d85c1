import type { Feature, MultiPolygon, Polygon } from "geojson";
import { expect, it } from "vitest";

import { splitAtSeam, unwrapLand } from "./seam.ts";

const polygon = (...ring: [number, number][]): Feature<Polygon> => ({
  type: "Feature",
  properties: {},
  geometry: { type: "Polygon", coordinates: [ring] },
});
const ringOf = ({ coordinates }: MultiPolygon) => coordinates[0]?.[0];

it("lets land that crosses the antimeridian go on beyond it", () => {
  const chukotka = polygon([170, 60], [-175, 65], [-175, 70], [170, 70], [170, 60]);
  expect(ringOf(unwrapLand(chukotka))).toEqual([
    [170, 60],
    [185, 65],
    [185, 70],
    [170, 70],
    [170, 60],
  ]);
  const eastwards = polygon([-175, 60], [175, 65], [175, 70], [-175, 60]);
  expect(ringOf(unwrapLand(eastwards))).toEqual([
    [-175, 60],
    [-185, 65],
    [-185, 70],
    [-175, 60],
  ]);
});

it("leaves all other land, and the land round the pole, as it is", () => {
  const inland = polygon([0, 0], [10, 0], [10, 10], [0, 0]);
  expect(ringOf(unwrapLand(inland))).toEqual(inland.geometry.coordinates[0]);
  const polar = polygon([-170, -80], [0, -75], [170, -80], [-170, -80]);
  expect(ringOf(unwrapLand(polar))).toEqual(polar.geometry.coordinates[0]);
});

it("draws no coast along the map's edges nor across the map", () => {
  const line = {
    type: "MultiLineString" as const,
    coordinates: [
      [
        [170, 60],
        [180, 61],
        [180, 70],
        [175, 71],
      ],
      [
        [179, 10],
        [178, 11],
        [-179, 12],
        [-178, 13],
      ],
    ],
  };
  expect(splitAtSeam(line).coordinates).toEqual([
    [
      [170, 60],
      [180, 61],
    ],
    [
      [180, 70],
      [175, 71],
    ],
    [
      [179, 10],
      [178, 11],
    ],
    [
      [-179, 12],
      [-178, 13],
    ],
  ]);
});
