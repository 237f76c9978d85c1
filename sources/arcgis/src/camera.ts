import { type CameraInput, type FeatureRow, headingOf, imageUrl, plainText, stableId } from "@argus/source-sdk";
import { z } from "zod";

import type { Layer } from "./layer.ts";

const MAX_ID = 160;
const NULL_WORD = /^(?:null|n\/a)$/iu;
const UNFIT_FOR_ID = /[^\p{L}\p{N}._]+/gu;
const EDGE_HYPHENS = /^-+|-+$/gu;
const TRAILING_CODE = /,\s*[A-Z]{2,3}$/u;
const DIGIT = /\d/u;
const ADDRESS = /^https?:\/\/[^/?#]+/iu;
const QUERY = /[?#].*$/u;

/** A cell as text; null when it says nothing, and layers write that as NULL too. */
const Cell = z.union([z.string(), z.number(), z.boolean(), z.null()]).transform((cell) => {
  const text = String(cell ?? "").trim();
  return text === "" || NULL_WORD.test(text) ? null : text;
});

type Cells = Record<string, string | null>;
type Row = { properties: Cells; lat: number | null; lon: number | null };

/** The columns that a layer's rows are asked for. */
export function columnsOf({ columns, in_service }: Layer): string[] {
  const { id, name, image, video, heading, city, description, tags } = columns;
  const used = [...id, ...name, image, video, heading, city, description, ...tags, in_service?.column ?? null];
  return [...new Set(used.filter((column) => column !== null))];
}

/** What is to be read of a row: every column is there, those of the id say something, and there is a picture. */
export function rowOf(layer: Layer): z.ZodType<Row> {
  const named = Cell.refine((text) => text !== null, "is empty, and names the camera");
  const cells = columnsOf(layer).map((column) => [column, layer.columns.id.includes(column) ? named : Cell]);
  const properties = z
    .object(Object.fromEntries(cells) as Record<string, typeof Cell>)
    .refine((row: Cells) => picturesOf(row, layer) !== null, "has no picture's address");
  return z.object({ properties, lat: z.number().nullable(), lon: z.number().nullable() });
}

/** Whether the layer says that the camera works; a row without that column is left for `rowOf` to turn away. */
export function isInService({ properties }: FeatureRow, { in_service }: Layer): boolean {
  if (in_service === null || !(in_service.column in properties)) return true;
  const state = plainText(String(properties[in_service.column]))?.toLowerCase();
  return in_service.values.some((value) => value.toLowerCase() === state);
}

export function toCamera({ properties, lat, lon }: Row, layer: Layer): CameraInput {
  const { columns, country, region, refresh_s, attribution, licence, terms_url } = layer;
  const words = (column: string | null): string | null => (column === null ? null : plainText(properties[column]));
  const id = idOf(properties, layer);
  const city = words(columns.city);
  return {
    id,
    name: nameOf(properties, layer) ?? id,
    description: words(columns.description),
    lat,
    lon,
    country,
    region,
    city: city !== null && isPlaceName(city) ? city : null,
    heading_deg: headingOf(words(columns.heading)),
    ...(picturesOf(properties, layer) ?? { stream_url: null, stream_kind: "jpeg" }),
    refresh_s,
    tags: [...layer.tags, ...columns.tags.flatMap((column) => words(column)?.toLowerCase() ?? [])],
    attribution,
    licence,
    terms_url,
  };
}

function picturesOf(
  row: Cells,
  { columns, video_kind }: Layer,
): Pick<CameraInput, "stream_url" | "stream_kind" | "snapshot_url"> | null {
  const [image, video] = [columns.image, columns.video].map((column) =>
    column === null ? null : imageUrl(row[column] ?? null),
  );
  if (video) return { stream_url: video, stream_kind: video_kind, snapshot_url: image ?? null };
  return image ? { stream_url: image, stream_kind: "jpeg", snapshot_url: null } : null;
}

/** The same for ever: of the columns that name the view, readable where that is short enough. */
function idOf(row: Cells, { id, columns }: Layer): string {
  const parts = columns.id.map((column) => row[column] ?? "");
  const words = parts.map((part) => pathOf(part).replaceAll(UNFIT_FOR_ID, "-").replaceAll(EDGE_HYPHENS, ""));
  const readable = [id, ...words].join(":");
  return readable.length > MAX_ID || words.includes("") ? `${id}:${stableId(...parts)}` : readable;
}

function pathOf(part: string): string {
  return ADDRESS.test(part) ? part.replace(ADDRESS, "").replace(QUERY, "") : (plainText(part) ?? "");
}

function nameOf(row: Cells, { columns, name_separator, drop_name_code }: Layer): string | null {
  const parts = new Set(columns.name.flatMap((column) => plainText(row[column]) ?? []));
  const name = [...parts].join(name_separator);
  return (drop_name_code ? name.replace(TRAILING_CODE, "") : name) || null;
}

/** "Council Bluffs" is one; "I-80", "RWIS Cameras" and "IWZ" are not. */
function isPlaceName(text: string): boolean {
  return (
    !DIGIT.test(text) && text.split(" ").every((word) => word !== word.toUpperCase() || word === word.toLowerCase())
  );
}
