import { describe, expect, it } from "vitest";

import { cityLabels, countryLabels } from "../../basemap/places.ts";

const city = (name: string, population: number, featureCode = "PPL") => ({
  name,
  population,
  featureCode,
  country: "XX",
  loc: { coordinates: [1.23456, 2.34567] as [number, number] },
});

describe("cityLabels", () => {
  it("writes the large first and early, the small late, parts of cities and villages never", () => {
    const labels = cityLabels([
      city("Town", 60_000),
      city("Borough", 900_000, "PPLX"),
      city("Village", 4000),
      city("Metropolis", 9_000_000),
    ]);
    expect(labels.map(([name]) => name)).toEqual(["Metropolis", "Town"]);
    expect(labels[0]?.[3]).toBeLessThan(labels[1]?.[3] ?? 0);
    expect(labels[0]?.slice(1, 3)).toEqual([1.23, 2.35]);
  });
  it("writes a capital, however small", () =>
    expect(cityLabels([city("Capital", 5000, "PPLC")])[0]?.slice(3)).toEqual([3, 1]));
});

it("writes a country's name in the middle of its largest part", () => {
  const square = (west: number, size: number) => [
    [
      [west, 0],
      [west + size, 0],
      [west + size, size],
      [west, size],
      [west, 0],
    ],
  ];
  const labels = countryLabels([
    {
      type: "Feature",
      properties: { name: "Isles" },
      geometry: { type: "MultiPolygon", coordinates: [square(0, 2), square(50, 10)] },
    },
  ]);
  expect(labels[0]?.slice(0, 3)).toEqual(["Isles", 55, 5]);
});
