import type { Camera, IsoTime } from "@argus/core";

/** What the index holds of a camera's row, in the order engines read it; tags as JSON text. */
export const INDEX_COLUMNS = [
  "pk",
  "change_seq",
  "id",
  "source_id",
  "name",
  "lat",
  "lon",
  "country",
  "region",
  "city",
  "stream_kind",
  "tags",
  "health_status",
  "first_seen_at",
  "last_seen_at",
  "gone_at",
  "listing_hash",
  "stream_url_hash",
  "snapshot_url_hash",
  "duplicate_of",
] as const;

/** A camera as the index takes it. */
export type IndexRow = Pick<
  Camera,
  | "id"
  | "source_id"
  | "name"
  | "lat"
  | "lon"
  | "country"
  | "region"
  | "city"
  | "stream_kind"
  | "health_status"
  | "first_seen_at"
> & {
  /** The row's number, given by the store: whole, from 1, without large gaps, never used again. */
  pk: number;
  change_seq: number;
  /** JSON text of the list. */
  tags: string;
  last_seen_at: IsoTime;
  gone_at: IsoTime | null;
  /** 52 bits; see hash.ts. */
  listing_hash: number;
  stream_url_hash: number | null;
  snapshot_url_hash: number | null;
  /** The index keeps only whether there is one. */
  duplicate_of: string | null;
};

/** A row's values in the order of INDEX_COLUMNS: what engines hand over, for it is cheap to send between threads. */
export type IndexValues = readonly (string | number | null)[];

export function toIndexRow(values: IndexValues): IndexRow {
  const [pk, change_seq, id, source_id, name, lat, lon, country, region, city, stream_kind, tags, ...rest] = values;
  const [
    health_status,
    first_seen_at,
    last_seen_at,
    gone_at,
    listing_hash,
    stream_url_hash,
    snapshot_url_hash,
    duplicate_of,
  ] = rest;
  // The database holds what this program wrote; its own schema gives each column its type.
  return {
    pk,
    change_seq,
    id,
    source_id,
    name,
    lat,
    lon,
    country,
    region,
    city,
    stream_kind,
    tags,
    health_status,
    first_seen_at,
    last_seen_at,
    gone_at,
    listing_hash,
    stream_url_hash,
    snapshot_url_hash,
    duplicate_of,
  } as IndexRow;
}
