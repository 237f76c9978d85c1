import type { ImportField } from "@argus/core";

import { storableText } from "../camera-record.ts";

const NUMBERS: ReadonlySet<ImportField> = new Set(["lat", "lon", "heading_deg", "refresh_s"]);
// One way only to read the digits before the point: a long text of them that ends wrongly is refused at once.
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/iu;
const LIST_SEPARATOR = ";";
const COMPASS = "N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW".split(" ");
const FULL_TURN_DEG = 360;

/** A value as the field's schema wants it where that can be told, else as it is: the schema then says what is wrong. */
export function readValue(field: ImportField, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (field === "tags") return readTags(value);
  if (NUMBERS.has(field)) return readNumber(field, value);
  const text = readText(value);
  return field === "country" && typeof text === "string" ? text.toUpperCase() : text;
}

function readText(value: unknown): unknown {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return value;
  const text = storableText(String(value)).trim();
  return text === "" ? undefined : text;
}

function readTags(value: unknown): unknown {
  const parts = typeof value === "string" ? value.split(LIST_SEPARATOR) : value;
  return Array.isArray(parts) ? parts.map(readText).filter((tag) => tag !== undefined) : parts;
}

/** `52.5`, `52,5`, and of headings also `NNE`; 360 degrees are 0. */
function readNumber(field: ImportField, value: unknown): unknown {
  const text = readText(value);
  if (typeof text !== "string") return text;
  if (field === "heading_deg" && COMPASS.includes(text.toUpperCase()))
    return (COMPASS.indexOf(text.toUpperCase()) * FULL_TURN_DEG) / COMPASS.length;
  const number = DECIMAL.test(text.replace(",", ".")) ? Number(text.replace(",", ".")) : text;
  return field === "heading_deg" && number === FULL_TURN_DEG ? 0 : number;
}
