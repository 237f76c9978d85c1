import { createHash } from "node:crypto";

import type { ImportField, StreamKind } from "@argus/core";

/** The fields of a row, understood but not yet checked. */
export type RowInput = Partial<Record<ImportField, unknown>>;

const ID_CHARS = 16;
const KINDS: readonly [RegExp, StreamKind][] = [
  [/\.(?:jpe?g|png|webp|gif)$/iu, "jpeg"],
  [/\.m3u8$/iu, "hls"],
  [/\.(?:mp4|m4v)$/iu, "mp4"],
  [/\.(?:mjpe?g|cgi)$|(?:^|\/)mjpe?g(?:\/|$)/iu, "mjpeg"],
];

/** Adds what a row leaves unsaid and its other fields tell: the format of the picture, and an id that stays the same. */
export function completeInput(row: RowInput, sourceId: string): RowInput {
  const input = row.stream_kind === undefined ? withKind(row) : row;
  return { ...input, id: input.id === undefined ? derivedId(input) : rawIdOf(input.id, sourceId) };
}

/** A row that names no format: the URL's ending tells, and one that tells nothing is a page's. */
function withKind(row: RowInput): RowInput {
  const { stream_url, snapshot_url, page_url } = row;
  const guessed = kindOf(stream_url);
  if (guessed !== null) return { ...row, stream_kind: guessed };
  if (stream_url === undefined && snapshot_url !== undefined)
    return { ...row, stream_kind: "jpeg", stream_url: snapshot_url, snapshot_url: undefined };
  return { ...row, stream_kind: "page", stream_url: undefined, page_url: page_url ?? stream_url };
}

function kindOf(url: unknown): StreamKind | null {
  const path = typeof url === "string" ? (URL.parse(url)?.pathname ?? "") : "";
  return KINDS.find(([ending]) => ending.test(path))?.[1] ?? null;
}

/** `own:1` in a file for the source `own` is its camera 1: so is an export of ours read back. */
function rawIdOf(id: unknown, sourceId: string): unknown {
  return typeof id === "string" && id.startsWith(`${sourceId}:`) ? id.slice(sourceId.length + 1) : id;
}

/** The same for the same stream, so that a file without ids can be imported again; many cameras may share a page. */
function derivedId({ stream_kind, stream_url, page_url, name, lat, lon }: RowInput): string {
  const told = stream_kind === "page" ? [page_url, name, lat, lon] : [stream_url];
  return createHash("sha256").update(JSON.stringify(told)).digest("hex").slice(0, ID_CHARS);
}
