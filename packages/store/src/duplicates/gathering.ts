import type { CameraIndex } from "../index/camera-index.ts";
import type { StoreEngine } from "../store-engine.ts";
import { TimeSlice } from "../time-slice.ts";
import { type Pair, standIns } from "./groups.ts";
import { likeness, type Meeting } from "./likeness.ts";
import { groupsOf, isLinkable, type Look, looksByPk } from "./look.ts";
import { Neighbourhood } from "./neighbourhood.ts";

/** Cameras whose neighbours are read and compared together. */
const PORTION = 200;

export type GatheringOptions = {
  readonly engine: StoreEngine;
  /** May change meanwhile; what does is looked at again later. */
  readonly index: CameraIndex;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Some changed cameras with all that their change can matter to: who is or was around them, with whom they are linked,
 * and whoever is like one of those, and so on. What is found out about them is then as if all cameras had been looked at.
 */
export class Gathering {
  readonly #engine: StoreEngine;
  readonly #index: CameraIndex;
  readonly #slice: TimeSlice;
  readonly #near: Neighbourhood;
  readonly #looks = new Map<number, Look>();
  /** Slots that are, or will be, compared with all their neighbours. */
  readonly #reached = new Set<number>();
  readonly #pairs: Pair[] = [];

  constructor({ engine, index, signal }: GatheringOptions) {
    this.#engine = engine;
    this.#index = index;
    this.#slice = new TimeSlice(signal);
    this.#near = new Neighbourhood(index);
  }

  /** The cameras that are to be linked otherwise than they are, and with whom. */
  async newLinks(changed: readonly Look[]): Promise<{ look: Look; duplicate_of: string | null }[]> {
    this.#take(changed);
    await this.#reachConcerned(changed);
    await this.#compareAll();
    const standing = standIns(this.#pairs);
    return [...this.#reached].flatMap((slot) => {
      const look = this.#looks.get(slot);
      const duplicate_of = (look && standing.get(look.pk)) ?? null;
      return look === undefined || look.duplicate_of === duplicate_of ? [] : [{ look, duplicate_of }];
    });
  }

  async #reachConcerned(changed: readonly Look[]): Promise<void> {
    for (const look of changed) {
      this.#reached.add(this.#index.slotOfPk(look.pk));
      for (const place of placesOf(look)) this.#reachAt(place);
      await this.#giveWay();
    }
    await this.#read([...this.#reached]);
    const ids = [...this.#reached].flatMap((slot) => {
      const look = this.#looks.get(slot);
      return look === undefined ? [] : [look.id, ...(look.duplicate_of === null ? [] : [look.duplicate_of])];
    });
    const linked = [...new Set(ids)];
    const members = await groupsOf(this.#engine, linked);
    this.#take(members);
    for (const { pk } of members) this.#reached.add(this.#index.slotOfPk(pk));
    this.#reached.delete(-1);
  }

  #reachAt({ lat, lon, urls }: Place): void {
    if (lat !== null && lon !== null) for (const slot of this.#near.concernedAt(lon, lat)) this.#reached.add(slot);
    for (const hash of urls) for (const slot of this.#near.concernedByUrl(hash)) this.#reached.add(slot);
  }

  async #compareAll(): Promise<void> {
    const queue = [...this.#reached];
    // It grows meanwhile.
    for (let done = 0; done < queue.length;) {
      const portion = queue.slice(done, done + PORTION);
      done += portion.length;
      const meetings = new Map<number, Map<number, Meeting>>();
      for (const slot of portion) {
        meetings.set(slot, this.#meetingsOf(slot));
        await this.#giveWay();
      }
      await this.#read([...meetings.values()].flatMap((ofOne) => [...ofOne.keys()]));
      for (const [slot, ofOne] of meetings) {
        for (const [other, meeting] of ofOne) if (this.#compare(slot, other, meeting)) queue.push(other);
        await this.#giveWay();
      }
    }
  }

  /** Whom a camera could be the same view as. */
  #meetingsOf(slot: number): Map<number, Meeting> {
    const meetings = new Map<number, Meeting>();
    const look = this.#looks.get(slot);
    if (look === undefined || !isLinkable(look)) return meetings;
    const meet = (other: number, what: Partial<Meeting>): void => {
      if (this.#index.sourceAt(other) === look.source_id) return;
      meetings.set(other, { ...(meetings.get(other) ?? { isNear: false, sharesUrl: false }), ...what });
    };
    for (const other of this.#near.around(slot) ?? [])
      if (this.#near.around(other) !== null) meet(other, { isNear: true });
    for (const hash of urlsOf(look))
      for (const other of this.#near.withUrl(hash) ?? []) meet(other, { sharesUrl: true });
    return meetings;
  }

  /** Takes down a pair that is alike; true when the other has not been reached before. */
  #compare(slot: number, other: number, meeting: Meeting): boolean {
    const [a, b] = [this.#looks.get(slot), this.#looks.get(other)];
    if (a === undefined || b === undefined || !isLinkable(b)) return false;
    const score = likeness(a, b, meeting);
    if (score === null) return false;
    // Met from both sides; once is enough.
    if (slot < other) this.#pairs.push({ a, b, score });
    if (this.#reached.has(other)) return false;
    this.#reached.add(other);
    return true;
  }

  async #read(slots: readonly number[]): Promise<void> {
    const unread = new Set(slots.filter((slot) => slot >= 0 && !this.#looks.has(slot)));
    this.#take(
      await looksByPk(
        this.#engine,
        [...unread].map((slot) => this.#index.pkAt(slot)),
      ),
    );
    await this.#index.settle(this.#slice);
  }

  #take(looks: readonly Look[]): void {
    for (const look of looks) {
      const slot = this.#index.slotOfPk(look.pk);
      // What was read first counts: all is to be of one moment as far as it can be.
      if (slot >= 0 && !this.#looks.has(slot)) this.#looks.set(slot, look);
    }
  }

  /** Others may put cameras into the index meanwhile; to be asked without a wait it has to be settled. */
  async #giveWay(): Promise<void> {
    if (!this.#slice.isOver) return;
    await this.#slice.pause();
    await this.#index.settle(this.#slice);
  }
}

type Place = { readonly lat: number | null; readonly lon: number | null; readonly urls: readonly number[] };

/** Where a camera is, and where it was when it was last compared. */
function placesOf(look: Look): Place[] {
  const here = { lat: look.lat, lon: look.lon, urls: urlsOf(look) };
  if (look.former_place === null) return [here];
  const [lat = null, lon = null, ...urls] = JSON.parse(look.former_place) as (number | null)[];
  return [here, { lat, lon, urls: urls.filter((hash) => hash !== null) }];
}

function urlsOf({ stream_url_hash, snapshot_url_hash }: Look): number[] {
  return [...new Set([stream_url_hash, snapshot_url_hash])].filter((hash) => hash !== null);
}
