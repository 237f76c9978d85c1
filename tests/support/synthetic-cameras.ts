import type { ListedCamera, StreamKind } from "@argus/core";

import { Random } from "./random.ts";
import { type Place, readPlaces } from "./synthetic-places.ts";

const SOURCES = 40;
/** So many sources list cameras everywhere, the others in one country each. */
const WORLDWIDE_SOURCES = 8;
/** The n-th source has about 1/n^0.8 as many cameras as the first. */
const UNEVENNESS = 0.8;
const SHARE_WITHOUT_PLACE = 0.03;
/** Most cameras stand in the city, some on the roads around it. */
const CITY_DEGREES = 0.12;
const ROAD_DEGREES = 1.5;
const SHARE_ON_ROADS = 0.15;
const MAX_LATITUDE = 85;
const PRECISION = 100_000;
const BATCH_SEED = 0x9e37;

const KINDS: readonly StreamKind[] = ["jpeg", "hls", "mjpeg", "page", "mp4", "rtsp"];
const TAGS =
  "traffic highway junction city bridge weather harbour tunnel beach square station airport mountain ski river ferry toll border parking campus zoo volcano market stadium railway lake forest church pier observatory".split(
    " ",
  );
const HEADINGS = [0, 45, 90, 135, 180, 225, 270, 315] as const;
const LICENCES = ["unknown", "CC-BY-4.0", "OGL-UK-3.0", "CC0-1.0", "ODbL-1.0", "dl-de/by-2-0", "Etalab-2.0"];
const MAKERS = ["Axis", "Hikvision", "Bosch", "Mobotix", "Panasonic", "Dahua"];

type Source = {
  id: string;
  first: number;
  places: readonly Place[];
  host: string;
  attribution: string;
  licence: string;
};

/**
 * `count` cameras that are not real but read so: uneven sources, crowded cities, names of many languages and scripts.
 * The n-th camera of a count is always the same; sources follow one another, as scrapes list them.
 */
export class SyntheticCameras {
  readonly count: number;
  readonly #sources: readonly Source[];

  constructor(count: number) {
    this.count = count;
    this.#sources = makeSources(count);
  }

  /** A part of them: `from` included, `to` not. */
  slice(from: number, to: number): ListedCamera[] {
    const end = Math.min(to, this.count);
    const cameras: ListedCamera[] = [];
    let at = this.#sources.findLastIndex(({ first }) => first <= from);
    for (let n = from; n < end; n += 1) {
      while ((this.#sources[at + 1]?.first ?? end) <= n) at += 1;
      cameras.push(makeCamera(this.#sources[at] as Source, n));
    }
    return cameras;
  }

  /** The sources with the numbers of their first camera and the one after their last. */
  sources(): { id: string; from: number; to: number }[] {
    return this.#sources.map(({ id, first }, at) => ({
      id,
      from: first,
      to: this.#sources[at + 1]?.first ?? this.count,
    }));
  }
}

function makeSources(count: number): Source[] {
  const places = readPlaces();
  const perCountry = [...Map.groupBy(places, ({ country }) => country).values()].sort((a, b) => b.length - a.length);
  const weights = Array.from({ length: SOURCES }, (_, at) => (at + 1) ** -UNEVENNESS);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  return weights.map((weight, at) => {
    const first = Math.round((before / all) * count);
    before += weight;
    // Every fifth is worldwide, so that large sources and small ones are.
    const local = at % (SOURCES / WORLDWIDE_SOURCES) === 0 ? undefined : perCountry[at % perCountry.length];
    return makeSource(at, first, local ?? places);
  });
}

function makeSource(at: number, first: number, places: readonly Place[]): Source {
  const random = new Random(BATCH_SEED + at);
  const country = at % (SOURCES / WORLDWIDE_SOURCES) === 0 ? "world" : (places[0]?.country ?? "nowhere");
  const id = `synthetic-${country.toLowerCase()}-${at + 1}`;
  return {
    id,
    first,
    places,
    host: `https://cctv${at}.${random.pick(["traffic", "roads", "webcams", "mobility"])}.example.${random.pick(["org", "com", "net"])}`,
    attribution: `Contains data of the road authority of ${places[0]?.region ?? id}, edition ${2010 + at}`,
    licence: random.pick(LICENCES),
  };
}

function makeCamera(source: Source, n: number): ListedCamera {
  const random = new Random(n);
  const place = random.pickZipf(source.places);
  const stream_kind = random.pickZipf(KINDS);
  const raw = rawId(random, n, source.first);
  const base = `${source.host}/${place.country}/region-${place.region.length}/${raw}`;
  const spread = random.chance(SHARE_ON_ROADS) ? ROAD_DEGREES : CITY_DEGREES;
  const located = !random.chance(SHARE_WITHOUT_PLACE);
  const name = nameOf(random, place);
  return {
    id: `${source.id}:${raw}`,
    source_id: source.id,
    name,
    description: random.chance(0.35) ? `Live view of ${name}, ${place.city}. Operated by the road authority.` : null,
    lat: located ? roundTo(Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, place.lat + spread * bell(random)))) : null,
    lon: located ? wrap(roundTo(place.lon + spread * bell(random))) : null,
    country: place.country,
    region: random.chance(0.8) ? place.region : null,
    city: random.chance(0.85) ? place.city : null,
    heading_deg: random.chance(0.4) ? random.pick(HEADINGS) : null,
    stream_url: stream_kind === "page" ? null : `${base}/live/${stream_kind}/stream.bin?token=public&quality=high`,
    stream_kind,
    snapshot_url: random.chance(0.4) ? `${base}/snapshot.jpg` : null,
    page_url: stream_kind === "page" || random.chance(0.5) ? `${base}/index.html` : null,
    refresh_s: stream_kind === "jpeg" ? random.pick([10, 30, 60, 300]) : null,
    tags: tagsOf(random),
    manufacturer: random.chance(0.1) ? random.pick(MAKERS) : null,
    attribution: source.attribution,
    licence: source.licence,
    terms_url: `${source.host}/terms`,
  };
}

/** As origins have them: some number their cameras, some have codes. */
function rawId(random: Random, n: number, first: number): string {
  const number = n - first;
  // Times an odd number within 24 bits: no two alike, and not in the order they are listed.
  const code = (Math.imul(number, 0x9e_3779) >>> 0) & 0xff_ffff;
  return first % 2 === 0 ? `${100_000 + number}` : `cam-${code.toString(16).padStart(6, "0")}-${random.below(10)}`;
}

function nameOf(random: Random, { language }: Place): string {
  const pattern = random.pickZipf(language.patterns);
  let name = "";
  for (const character of pattern) {
    if (character === "X" || character === "Y") name += random.pickZipf(language.words);
    else if (character === "#") name += random.rank(999) + 1;
    else name += character;
  }
  return name;
}

function tagsOf(random: Random): string[] {
  const tags = new Set<string>();
  for (let left = random.below(4); left > 0; left -= 1) tags.add(random.pickZipf(TAGS));
  return [...tags];
}

/** Around 0, seldom past 1 or below -1. */
function bell(random: Random): number {
  return random.unit() + random.unit() + random.unit() - 1.5;
}

function roundTo(degrees: number): number {
  return Math.round(degrees * PRECISION) / PRECISION;
}

function wrap(lon: number): number {
  return lon > 180 ? roundTo(lon - 360) : lon < -180 ? roundTo(lon + 360) : lon;
}
