import type { Facets } from "@argus/core";

import type { IndexRow } from "../index-row.ts";
import { type Parts, within } from "../snapshot/parts.ts";
import { CodedColumn } from "./coded-column.ts";
import { CHUNK_SIZE, Column } from "./column.ts";
import { GrowingBits } from "./growing-bits.ts";
import { newNameColumn, setName } from "./name-column.ts";
import { TagColumn } from "./tag-column.ts";
import { TextColumn } from "./text-column.ts";

/** The fields that are one of a few values, named as filters and facets name them. */
export const CODED_FIELDS = ["source", "country", "kind", "health", "region", "city"] as const;
export type CodedField = (typeof CODED_FIELDS)[number] & keyof Facets;

/** What the index holds of each camera, a column for each field. */
export class CameraColumns {
  length = 0;
  readonly pks: Column<Uint32Array> = new Column(Uint32Array);
  readonly ids: TextColumn = new TextColumn({ lowerCases: false });
  readonly names: TextColumn = newNameColumn();
  /** WGS 84 degrees, not a number where unknown. */
  readonly lats: Column<Float64Array> = new Column(Float64Array);
  readonly lons: Column<Float64Array> = new Column(Float64Array);
  readonly coded: Readonly<Record<CodedField, CodedColumn>> = {
    source: new CodedColumn(Uint32Array),
    country: new CodedColumn(Uint32Array),
    kind: new CodedColumn(Uint8Array),
    health: new CodedColumn(Uint8Array),
    region: new CodedColumn(Uint32Array),
    city: new CodedColumn(Uint32Array),
  };
  readonly tags: TagColumn = new TagColumn();
  readonly gone: GrowingBits = new GrowingBits();
  /** Those that another camera stands for. */
  readonly duplicates: GrowingBits = new GrowingBits();
  readonly listingHashes: Column<Float64Array> = new Column(Float64Array);
  /** Milliseconds since 1970. */
  readonly firstSeen: Column<Float64Array> = new Column(Float64Array);
  readonly lastSeen: Column<Float64Array> = new Column(Float64Array);
  readonly #firstMs = rememberingParser();
  readonly #lastMs = rememberingParser();

  async transfer(parts: Parts): Promise<void> {
    this.length = parts.number("length", this.length);
    await this.pks.transfer(parts, "pks");
    await this.ids.transfer(within(parts, "ids"));
    await this.names.transfer(within(parts, "names"));
    await this.lats.transfer(parts, "lats");
    await this.lons.transfer(parts, "lons");
    for (const field of CODED_FIELDS) await this.coded[field].transfer(within(parts, field));
    await this.tags.transfer(within(parts, "tags"));
    await this.gone.transfer(parts, "gone");
    await this.duplicates.transfer(parts, "duplicates");
    await this.listingHashes.transfer(parts, "listing_hashes");
    await this.firstSeen.transfer(parts, "first_seen");
    await this.lastSeen.transfer(parts, "last_seen");
  }

  /** A new slot, filled. */
  append(row: IndexRow): number {
    const slot = this.length;
    this.ids.set(slot, row.id, null);
    this.length += 1;
    setName(this.names, slot, row.name);
    this.#fill(slot, row);
    return slot;
  }

  replace(slot: number, row: IndexRow): { isRenamed: boolean; isMoved: boolean } {
    const lat = this.lats.at(slot);
    const lon = this.lons.at(slot);
    this.#fill(slot, row);
    const isMoved = !Object.is(lat, this.lats.at(slot)) || !Object.is(lon, this.lons.at(slot));
    const isRenamed = !this.names.equals(slot, row.name);
    if (isRenamed) setName(this.names, slot, row.name);
    return { isRenamed, isMoved };
  }

  /** Raises to at least `ms` when the cameras of a source that are not gone were last seen. */
  raiseLastSeen(sourceId: string, ms: number): void {
    const { codes, dictionary } = this.coded.source;
    const code = dictionary.codeOf(sourceId);
    if (code === 0) return;
    // A plain loop over chunks: it runs over a million slots.
    codes.chunks.forEach((chunk, nth) => {
      const times = this.lastSeen.chunks[nth] ?? new Float64Array(0);
      for (let at = 0; at < chunk.length; at += 1) {
        if (chunk[at] !== code || (times[at] ?? 0) >= ms) continue;
        if (!this.gone.has(nth * CHUNK_SIZE + at)) times[at] = ms;
      }
    });
  }

  /** Lets new values have the codes of those that no camera has; not while someone counts by code. */
  sweep(): void {
    for (const field of CODED_FIELDS) this.coded[field].dictionary.sweep();
    this.tags.sweep();
  }

  #place(slot: number, { lat, lon }: IndexRow): void {
    // Half a position is none.
    const isLocated = lat !== null && lon !== null;
    this.lats.set(slot, isLocated ? lat : Number.NaN);
    this.lons.set(slot, isLocated ? lon : Number.NaN);
  }

  #fill(slot: number, row: IndexRow): void {
    this.pks.set(slot, row.pk);
    this.#place(slot, row);
    this.coded.source.set(slot, row.source_id);
    this.coded.country.set(slot, row.country);
    this.coded.kind.set(slot, row.stream_kind);
    this.coded.health.set(slot, row.health_status);
    this.coded.region.set(slot, row.region);
    this.coded.city.set(slot, row.city);
    this.tags.set(slot, row.tags);
    this.listingHashes.set(slot, row.listing_hash);
    this.firstSeen.set(slot, this.#firstMs(row.first_seen_at));
    this.lastSeen.set(slot, this.#lastMs(row.last_seen_at));
    if (row.gone_at === null) this.gone.delete(slot);
    else this.gone.add(slot);
    if (row.duplicate_of === null) this.duplicates.delete(slot);
    else this.duplicates.add(slot);
  }
}

/** `Date.parse` that knows the last answer: cameras of one batch share their times. */
function rememberingParser(): (time: string) => number {
  let last = "";
  let ms = 0;
  return (time) => {
    if (time !== last) {
      ms = Date.parse(time);
      last = time;
    }
    return ms;
  };
}
