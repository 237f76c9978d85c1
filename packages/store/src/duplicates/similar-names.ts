import { searchTokens } from "../search/terms.ts";
import type { Look } from "./look.ts";

type Named = Pick<Look, "name" | "country" | "region" | "city">;

/** What says nothing about where a camera is, in the languages of the sources there are. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(
  `al am an and at au aux by cam camara camera cameras cams cctv da de del der des di do dos du el en et from in jamcam
   kamera kamery la le les live los near of off on sur the to traffic und van via video view von web webcam`.split(
    /\s+/u,
  ),
);
/** Words that some write in full and others do not. */
const SHORT: Readonly<Record<string, string>> = {
  avenue: "ave",
  boulevard: "blvd",
  drive: "dr",
  east: "e",
  eastbound: "eb",
  expressway: "expy",
  freeway: "fwy",
  highway: "hwy",
  interstate: "i",
  junction: "jct",
  lane: "ln",
  mount: "mt",
  north: "n",
  northbound: "nb",
  parkway: "pkwy",
  road: "rd",
  route: "rte",
  south: "s",
  southbound: "sb",
  street: "st",
  west: "w",
  westbound: "wb",
};
const DIRECTION = /^(?:[nsew]|[ns][ew]|[nsew]b|clockwise|anticlockwise)$/u;
const NUMBER = /\d/u;

/**
 * How alike the names of two cameras are, from 0 to 1: Dice's coefficient of their words, without those that every
 * camera around has (the city's, the region's) and those that mean nothing. 0 where each has a number, or a direction,
 * that the other has not: those are what tell neighbours apart.
 */
export function nameSimilarity(a: Named, b: Named): number {
  const common = new Set([a, b].flatMap(({ country, region, city }) => [country, region, city]).flatMap(tokensOf));
  const [ofA, ofB] = [wordsOf(a, common), wordsOf(b, common)];
  const onlyA = [...ofA].filter((word) => !ofB.has(word));
  const onlyB = [...ofB].filter((word) => !ofA.has(word));
  const differ = (kind: RegExp): boolean =>
    onlyA.some((word) => kind.test(word)) && onlyB.some((word) => kind.test(word));
  if (differ(NUMBER) || differ(DIRECTION)) return 0;
  const shared = ofA.size - onlyA.length;
  return shared === 0 ? 0 : (2 * shared) / (ofA.size + ofB.size);
}

function wordsOf({ name }: Named, common: ReadonlySet<string>): Set<string> {
  return new Set(tokensOf(name).filter((word) => !common.has(word)));
}

function tokensOf(text: string | null): string[] {
  if (text === null) return [];
  const searchable = { name: text, description: null, city: null, region: null, country: null, tags: [] };
  return searchTokens(searchable)
    .split(" ")
    .filter((word) => word !== "" && !EMPTY_WORDS.has(word))
    .map((word) => SHORT[word] ?? word);
}
