import { type Bbox, distanceKm, isOwnSource } from "@argus/core";

import type { CameraIndex } from "../index/camera-index.ts";
import { KM_PER_DEGREE_AT_LEAST } from "../index/narrowing.ts";
import { SAME_PLACE_KM } from "./likeness.ts";

/** More cameras than this at one place, or with one URL, and it is where a source puts what it knows nothing better of. */
const CROWD = 64;
/** So may the cameras of one source share a URL; more, and it is a placeholder. */
const SHARED_BY_SOURCE = 3;
/** Of a larger crowd only those that are linked need to be looked at again. */
const LARGE_CROWD = 256;
/** Degrees up to which a box holds a circle. */
const FAR_NORTH = 85;
const FAR_EAST = 179;

/** The slots around a place or a URL, looked up once each; as long-lived as one portion of work. */
export class Neighbourhood {
  readonly #index: CameraIndex;
  readonly #places = new Map<string, number[]>();
  readonly #urls = new Map<number, number[] | null>();
  readonly #own = new Map<string, boolean>();

  constructor(index: CameraIndex) {
    this.#index = index;
  }

  /** The cameras at a place; null for one that says nothing. */
  at(lon: number, lat: number): number[] | null {
    const slots = this.#atPlace(lon, lat);
    return slots.length > CROWD ? null : slots;
  }

  /** The cameras at a camera's place; null where that is not known or says nothing. */
  around(slot: number): number[] | null {
    const lon = this.#index.lonAt(slot);
    return Number.isNaN(lon) ? null : this.at(lon, this.#index.latAt(slot));
  }

  /** The cameras with a picture's URL; null for a placeholder's. */
  withUrl(hash: number): number[] | null {
    return remembered(this.#urls, hash, () => {
      const slots = this.#index.slotsOfUrlHash(hash, CROWD + 1, this.#counts);
      return slots.length > CROWD || this.#isPlaceholder(slots) ? null : slots;
    });
  }

  /** The cameras whose likenesses may have changed with one that came to a place or left it. */
  concernedAt(lon: number, lat: number): number[] {
    const slots = this.#atPlace(lon, lat);
    if (slots.length <= LARGE_CROWD) return slots;
    // A camera there may be linked to one beyond, which is no farther from it.
    return this.#within(lon, lat, SAME_PLACE_KM * 2).filter((slot) => this.#index.isDuplicate(slot));
  }

  /** The same for a URL. */
  concernedByUrl(hash: number): number[] {
    const slots = this.#index.slotsOfUrlHash(hash, LARGE_CROWD + 1, this.#counts);
    if (slots.length <= LARGE_CROWD) return slots;
    return this.#index.slotsOfUrlHash(hash, Number.POSITIVE_INFINITY, (slot) => this.#index.isDuplicate(slot));
  }

  readonly #counts = (slot: number): boolean => {
    if (this.#index.isGone(slot)) return false;
    const source = this.#index.sourceAt(slot);
    return !remembered(this.#own, source, () => isOwnSource(source));
  };

  #atPlace(lon: number, lat: number): number[] {
    return remembered(this.#places, `${lon} ${lat}`, () => this.#within(lon, lat, SAME_PLACE_KM));
  }

  #within(lon: number, lat: number, km: number): number[] {
    const slots: number[] = [];
    const { space } = this.#index;
    const box = boxAround(lon, lat, km);
    if (box === null)
      space.near({ lon, lat, km }, (slot) => {
        if (this.#counts(slot)) slots.push(slot);
      });
    else
      space.inBox(box, (slot) => {
        const position = { lon: space.lonAt(slot), lat: space.latAt(slot) };
        if (distanceKm({ lon, lat }, position) <= km && this.#counts(slot)) slots.push(slot);
      });
    return slots;
  }

  #isPlaceholder(slots: readonly number[]): boolean {
    const perSource = new Map<string, number>();
    for (const slot of slots) {
      const source = this.#index.sourceAt(slot);
      const count = (perSource.get(source) ?? 0) + 1;
      if (count > SHARED_BY_SOURCE) return true;
      perSource.set(source, count);
    }
    return false;
  }
}

/** A box that holds a small circle, which is found much faster; null next to a pole or the antimeridian. */
function boxAround(lon: number, lat: number, km: number): Bbox | null {
  if (Math.abs(lat) > FAR_NORTH || Math.abs(lon) > FAR_EAST) return null;
  const up = km / KM_PER_DEGREE_AT_LEAST;
  const across = up / Math.cos(((Math.abs(lat) + 1) * Math.PI) / 180);
  return [lon - across, lat - up, lon + across, lat + up];
}

function remembered<Key, Value>(memo: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = memo.get(key);
  if (known !== undefined) return known;
  const made = make();
  memo.set(key, made);
  return made;
}
