import type { Bbox, Camera, CameraFilter, CameraQuery, Facets, Position } from "@argus/core";

import type { CameraIndex } from "../index/camera-index.ts";
import { hasBit, type Selection } from "../index/selection.ts";
import type { StoreEngine } from "../store-engine.ts";
import { extentOf } from "../tiles/extent.ts";
import { renderTile, type TileAddress } from "../tiles/render-tile.ts";
import { recordsByPk } from "./records.ts";

/** Ids walked between two looks at what has changed meanwhile, and records read at once. */
const STRIDE = 4096;
const RECORDS = 500;
/** Cameras looked at together for one that has a URL. */
const CANDIDATES = 20;

/** One page of a query, how many cameras the whole has, and where the next page begins (null: this is the last). */
export type CameraPage = { cameras: Camera[]; total: number; next_cursor: string | null };
/** The smallest box around the located cameras (west > east crosses the antimeridian), and how many they are. */
export type Extent = { bbox: Bbox | null; located: number };
/** A camera and its distance in kilometres. */
export type Neighbour = { camera: Camera; km: number };

/** Answers questions about cameras: which they are from the index, their records from the database. */
export class CameraQueries {
  readonly #engine: StoreEngine;
  readonly #index: CameraIndex;

  constructor(engine: StoreEngine, index: CameraIndex) {
    this.#engine = engine;
    this.#index = index;
  }

  async page(query: CameraQuery, pks: Uint32Array | null): Promise<CameraPage> {
    const { slots, ...rest } = await this.#index.page(await this.#index.select(query, pks), query);
    return { cameras: await this.#records(slots), ...rest };
  }

  /** Every selected camera in the order of ids; those that come in meanwhile behind the present place are met too. */
  async *each(filter: CameraFilter, pks: Uint32Array | null, check: () => void): AsyncGenerator<Camera, void> {
    let after: string | null = null;
    for (;;) {
      check();
      const { bits } = await this.#index.select(filter, pks);
      await this.#index.settle();
      const slots: number[] = this.#index.slotsInIdOrder(after, STRIDE);
      const last = slots.at(-1);
      if (last === undefined) return;
      after = this.#index.idAt(last);
      const chosen = slots.filter((slot) => hasBit(bits, slot));
      for (let from = 0; from < chosen.length; from += RECORDS) {
        for (const camera of await this.#records(chosen.slice(from, from + RECORDS))) {
          check();
          yield camera;
        }
      }
    }
  }

  async facets(filter: CameraFilter, pks: Uint32Array | null): Promise<Facets> {
    return this.#index.facets(await this.#index.select(filter, pks));
  }

  async tile(address: TileAddress, filter: CameraFilter, pks: Uint32Array | null): Promise<Uint8Array> {
    const selection = await this.#index.select(filter, pks);
    await this.#index.settle();
    return renderTile(this.#index, this.#index.space, selection, address);
  }

  async extent(filter: CameraFilter, pks: Uint32Array | null): Promise<Extent> {
    const selection = await this.#index.select(filter, pks);
    await this.#index.settle();
    return extentOf(this.#index.space, selection);
  }

  /** The cameras nearest to a position, the nearest first. */
  async nearest(
    position: Position,
    limit: number,
    filter: CameraFilter,
    pks: Uint32Array | null,
  ): Promise<Neighbour[]> {
    const { bits }: Selection = await this.#index.select(filter, pks);
    await this.#index.settle();
    const found = this.#index.space.nearest(position, limit, (slot) => hasBit(bits, slot));
    const cameras = await this.#records(found.map(({ slot }) => slot));
    const km = new Map(found.map((one) => [this.#index.idAt(one.slot), one.km]));
    return cameras.map((camera) => ({ camera, km: km.get(camera.id) ?? Number.NaN }));
  }

  /** The camera with exactly this stream or snapshot URL; among several one that is not gone, then the first id. */
  async findByUrl(url: string): Promise<Camera | null> {
    await this.#index.settle();
    const slots = this.#index.slotsOfUrl(url);
    // In the order they are wanted, a few at a time: thousands may share the URL of a placeholder.
    for (let from = 0; from < slots.length; from += CANDIDATES) {
      const candidates = await this.#records(slots.slice(from, from + CANDIDATES));
      const found = candidates.find((camera) => hasUrl(camera, url));
      if (found !== undefined) return found;
    }
    return null;
  }

  async #records(slots: readonly number[]): Promise<Camera[]> {
    const records = await recordsByPk(
      this.#engine,
      slots.map((slot) => this.#index.pkAt(slot)),
    );
    const byPk = new Map(records.map(({ pk, camera }) => [pk, camera]));
    return slots.flatMap((slot) => {
      const camera = byPk.get(this.#index.pkAt(slot));
      if (camera === undefined) return [];
      // Memory knows of scrapes that saw it again unchanged; the row does not.
      camera.last_seen_at = new Date(this.#index.lastSeenAt(slot)).toISOString();
      return [camera];
    });
  }
}

/** Of cameras that may have a URL the one to show: not gone before gone, then by id. */
export function firstWithUrl(candidates: readonly Camera[], url: string): Camera | null {
  const having = candidates.filter((camera) => hasUrl(camera, url));
  const before = (a: Camera, b: Camera): number =>
    Number(a.gone_at !== null) - Number(b.gone_at !== null) || (a.id < b.id ? -1 : 1);
  return having.toSorted(before)[0] ?? null;
}

function hasUrl({ stream_url, snapshot_url }: Camera, url: string): boolean {
  return stream_url === url || snapshot_url === url;
}
