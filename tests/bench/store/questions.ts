import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import type { CameraFilter, CameraSort, ListedCamera } from "@argus/core";

import { Random } from "../../support/random.ts";
import type { SyntheticCameras } from "../../support/synthetic-cameras.ts";

const FILE = "questions.json";
const SEED = 17;
const SAMPLES = 4000;
const SEARCHES = 300;
const TILES_A_ZOOM = 100;
const MAX_ZOOM = 18;
const PREFIX = 3;
const SORTS: readonly (CameraSort | undefined)[] = [undefined, "name", "-name", "-first_seen_at", "last_seen_at", "id"];

export type Tile = { z: number; x: number; y: number };

/** What is asked of a store, drawn from its own cameras: where many are, much is asked. */
export type Questions = {
  tiles: Tile[];
  pages: { filter: CameraFilter; sort: CameraSort | undefined }[];
  searches: string[];
  places: { lon: number; lat: number }[];
  filters: CameraFilter[];
  cameras: ListedCamera[];
};

/** Leaves the questions in the folder, so that the process that asks them need not hold the cameras. */
export async function writeQuestions(folder: string, cameras: SyntheticCameras): Promise<void> {
  await writeFile(join(folder, FILE), JSON.stringify(makeQuestions(cameras)));
}

export async function readQuestions(folder: string): Promise<Questions> {
  return JSON.parse(await readFile(join(folder, FILE), "utf8")) as Questions;
}

function makeQuestions(cameras: SyntheticCameras): Questions {
  const random = new Random(SEED);
  const samples = Array.from({ length: SAMPLES }, () => {
    const n = random.below(cameras.count);
    return cameras.slice(n, n + 1)[0] as ListedCamera;
  });
  const places = samples.flatMap(({ lon, lat }) => (lon === null || lat === null ? [] : [{ lon, lat }]));
  return {
    tiles: tilesAt(places),
    pages: samples
      .slice(0, SEARCHES)
      .map((camera) => ({ filter: twoFilters(camera, random), sort: random.pick(SORTS) })),
    searches: samples.slice(0, SEARCHES).map((camera, at) => wordsOf(camera, at, random)),
    places: places.slice(0, SEARCHES),
    filters: samples.slice(0, SEARCHES).map((camera) => twoFilters(camera, random)),
    cameras: samples.slice(0, SEARCHES),
  };
}

/** Tiles of every zoom, each once: that of a camera picked at random, so crowded ones first. */
function tilesAt(places: Questions["places"]): Tile[] {
  return Array.from({ length: MAX_ZOOM + 1 }, (_, z) => {
    const tiles = new Map(places.map((place) => tileOf(place, z)).map((tile) => [`${tile.x}/${tile.y}`, tile]));
    return [...tiles.values()].slice(0, TILES_A_ZOOM);
  }).flat();
}

/** https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames */
export function tileOf({ lon, lat }: { lon: number; lat: number }, z: number): Tile {
  const radians = (lat * Math.PI) / 180;
  const y = (1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2;
  const last = 2 ** z - 1;
  const at = (share: number): number => Math.max(0, Math.min(last, Math.floor(share * 2 ** z)));
  return { z, x: at((lon + 180) / 360), y: at(y) };
}

function twoFilters(camera: ListedCamera, random: Random): CameraFilter {
  const { country, city, region, tags, stream_kind, source_id } = camera;
  const wide: CameraFilter = country !== null && random.chance(0.5) ? { country: [country] } : { source: [source_id] };
  const narrow: CameraFilter[] = [{ kind: [stream_kind] }];
  if (city !== null) narrow.push({ city: [city] });
  if (region !== null) narrow.push({ region: [region] });
  if (tags[0] !== undefined) narrow.push({ tag: [tags[0]] });
  return { ...wide, ...random.pick(narrow) };
}

/** One word, two words, or the first letters of one, in turn. */
function wordsOf({ name }: ListedCamera, at: number, random: Random): string {
  const words = name.match(/[\p{L}\p{M}\p{N}]+/gu) ?? ["camera"];
  const first = random.below(words.length);
  const word = words[first] as string;
  if (at % 3 === 0) return word;
  if (at % 3 === 1) return `${word} ${words[(first + 1) % words.length]}`;
  return [...word].slice(0, PREFIX).join("");
}
