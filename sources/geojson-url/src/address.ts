import { type CameraInput, type FeatureRow, imageUrl } from "@argus/source-sdk";

import { rawText } from "./field.ts";
import type { List } from "./list.ts";

const PLACE_HOLDER = /\{(?<column>[^{}]+)\}/gu;
const ENDINGS = { hls: /\.m3u8$/iu, mjpeg: /\.mjpe?g$/iu, mp4: /\.mp4$/iu };

/** A camera's addresses, as `CameraInput` names them. */
export type Addresses = Pick<CameraInput, "stream_url" | "stream_kind" | "snapshot_url" | "page_url">;

/** Where a row's pictures are: video where there is some, with the still beside it, else the still, else the page. */
export function addressesOf(
  row: FeatureRow,
  { columns, image_kind, video_kind }: List,
  base: string,
): Addresses | null {
  const [image, video, page_url] = [columns.image, columns.video, columns.page].map((from) =>
    from === null ? null : addressIn(row, from, base),
  );
  if (video) {
    const stream_kind = video_kind === "auto" ? (endingOf(video) ?? "hls") : video_kind;
    return { stream_url: video, stream_kind, snapshot_url: image ?? null, page_url: page_url ?? null };
  }
  if (image) {
    const stream_kind = image_kind === "auto" ? (endingOf(image) ?? "jpeg") : image_kind;
    return { stream_url: image, stream_kind, page_url: page_url ?? null };
  }
  return page_url ? { stream_url: null, stream_kind: "page", page_url } : null;
}

/** The columns that an address is made of: it is one itself, or has some in braces. */
export function columnsIn(from: string): string[] {
  const inBraces = [...from.matchAll(PLACE_HOLDER)].flatMap(({ groups }) => groups?.["column"] ?? []);
  return inBraces.length > 0 ? inBraces : [from];
}

/** Of a template nothing, when one of its columns says nothing. */
function addressIn(row: FeatureRow, from: string, base: string): string | null {
  const columns = columnsIn(from);
  if (columns[0] === from) return imageUrl(rawText(row, from), base);
  const values = new Map(columns.map((column) => [column, rawText(row, column)]));
  if ([...values.values()].includes(null)) return null;
  return imageUrl(
    from.replaceAll(PLACE_HOLDER, (_, column: string) => encodeURIComponent(values.get(column) ?? "")),
    base,
  );
}

function endingOf(address: string): "hls" | "mjpeg" | "mp4" | null {
  const { pathname } = new URL(address);
  const kinds = Object.keys(ENDINGS) as (keyof typeof ENDINGS)[];
  return kinds.find((kind) => ENDINGS[kind].test(pathname)) ?? null;
}
