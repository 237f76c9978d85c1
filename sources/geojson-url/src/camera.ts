import {
  type CameraInput,
  countryCode,
  type FeatureRow,
  headingOf,
  type Place,
  positionOf,
  stableId,
} from "@argus/source-sdk";
import { z } from "zod";

import { type Addresses, addressesOf, columnsIn } from "./address.ts";
import { fieldOf, rawText, shownText } from "./field.ts";
import type { List } from "./list.ts";
import { positionOptions } from "./rows.ts";

const MAX_ID = 160;
const MAX_NAME = 300;
const MAX_PLACE = 120;
const MAX_TEXT = 2000;
const MAX_CREDIT = 500;
const MAX_TAG = 60;
const UNFIT_FOR_ID = /[\s\p{C}]+/gu;
const LAT_LON = /^(?<lat>[-+]?\d+(?:\.\d+)?)\s*[,;]\s*(?<lon>[-+]?\d+(?:\.\d+)?)$/u;

type Row = { row: FeatureRow; id: string; addresses: Addresses };

/** Every column that a list's settings name. */
export function columnsOf({ columns, in_service }: List): string[] {
  const { id, name, image, video, page, tags, ...others } = columns;
  const addresses = [image, video, page].flatMap((from) => (from === null ? [] : columnsIn(from)));
  const used = [...id, ...name, ...addresses, ...tags, ...Object.values(others), in_service?.column ?? null];
  return [...new Set(used.filter((column) => column !== null))];
}

/** Whether the list says that the camera works. */
export function isInService(row: FeatureRow, { in_service }: List): boolean {
  if (in_service === null) return true;
  const state = (rawText(row, in_service.column) ?? "").toLowerCase();
  return in_service.values.some((value) => value.toLowerCase() === state);
}

/** What is to be read of a row: its id says something, and there is a picture or a page. */
export function rowOf(list: List, base: string): z.ZodType<Row> {
  return z.custom<FeatureRow>().transform((row, context) => {
    const addresses = addressesOf(row, list, base);
    const empty = list.columns.id.filter((column) => rawText(row, column) === null);
    if (empty.length > 0) context.addIssue(`${empty.join(", ")} is empty, and names the camera`);
    if (addresses === null) context.addIssue("has no address of a picture");
    if (addresses === null || empty.length > 0) return z.NEVER;
    return { row, id: idOf(row, list, addresses), addresses };
  });
}

export function toCamera({ row, id, addresses }: Row, list: List): CameraInput {
  const { columns, refresh_s, licence, terms_url } = list;
  const attribution = shownText(row, columns.attribution);
  return {
    id: `${list.id}:${id}`,
    name: nameOf(row, list) ?? `${list.title} ${id}`,
    description: shownText(row, columns.description)?.slice(0, MAX_TEXT) ?? null,
    ...placeOf(row, list),
    country: countryCode(rawText(row, columns.country) ?? "") ?? list.country,
    region: shownText(row, columns.region)?.slice(0, MAX_PLACE) ?? list.region,
    city: shownText(row, columns.city)?.slice(0, MAX_PLACE) ?? null,
    heading_deg: headingOf(rawText(row, columns.heading)),
    ...addresses,
    refresh_s,
    tags: [...list.tags, ...columns.tags.flatMap((column) => tagOf(shownText(row, column)))],
    attribution: attribution?.slice(0, MAX_CREDIT) ?? list.attribution,
    licence,
    terms_url,
  };
}

/** Of the columns that name the view; without any, of its picture, or of the page and the name. */
function idOf(row: FeatureRow, list: List, { stream_url, page_url }: Addresses): string {
  const parts = list.columns.id.map((column) => rawText(row, column) ?? "");
  if (parts.length === 0) return stream_url ? stableId(stream_url) : stableId(page_url ?? "", nameOf(row, list) ?? "");
  const readable = parts.map((part) => part.replaceAll(UNFIT_FOR_ID, "-")).join(":");
  return readable.length > MAX_ID ? stableId(...parts) : readable;
}

function nameOf(row: FeatureRow, { columns, name_separator }: List): string | null {
  const parts = new Set(columns.name.flatMap((column) => shownText(row, column) ?? []));
  return [...parts].join(name_separator).slice(0, MAX_NAME) || null;
}

/** Of the columns that tell it, else of the geometry, else of whatever columns are named as such. */
function placeOf(row: FeatureRow, list: List): Place {
  const options = positionOptions(list);
  const { position, lat, lon } = list.columns;
  if (position !== null) return positionOf(pairOf(fieldOf(row, position)), options);
  if (lat !== null && lon !== null) return positionOf([fieldOf(row, lon), fieldOf(row, lat)], options);
  return row.geometry === null ? positionOf(row.properties, options) : positionOf(row.geometry, options);
}

/** Of text that is no WKT, the latitude comes first. */
function pairOf(value: unknown): unknown {
  const { lat, lon } = LAT_LON.exec(typeof value === "string" ? value.trim() : "")?.groups ?? {};
  return lat === undefined ? value : [lon, lat];
}

function tagOf(text: string | null): string[] {
  return text === null || text.length > MAX_TAG ? [] : [text.toLowerCase()];
}
