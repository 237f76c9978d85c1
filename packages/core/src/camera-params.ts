import { CameraQuery } from "./camera-filter.ts";
import { parseOrThrow } from "./invalid.ts";

const LIST_KEYS = ["source", "country", "region", "city", "kind", "tag", "health", "collection"] as const;
const TEXT_KEYS = ["q", "favourite", "gone", "duplicates", "sort", "cursor"] as const;
const KNOWN_KEYS: ReadonlySet<string> = new Set([...LIST_KEYS, ...TEXT_KEYS, "bbox", "near", "limit"]);
// The digits before the point can be read in one way only: a long text of them that ends wrongly is refused at once.
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/iu;

/**
 * Reads a query string: `bbox=w,s,e,n`, `near=lon,lat,km`, lists as repeated parameters (`country=GB&country=FR`).
 * @throws ArgusError ARGUS_QUERY_INVALID naming the parameter; unknown parameters are refused, for a misspelt filter
 *   would silently select everything.
 */
export function readCameraParams(params: URLSearchParams): CameraQuery {
  // fromEntries, for assigning "__proto__" would be no entry.
  const raw = Object.fromEntries(
    [...new Set(params.keys())].map((key) => {
      const values = params.getAll(key);
      return [key, KNOWN_KEYS.has(key) ? readParam(key, values) : values[0]];
    }),
  );
  return parseOrThrow(CameraQuery, raw, "the query", "ARGUS_QUERY_INVALID");
}

function readParam(key: string, values: string[]): unknown {
  if ((LIST_KEYS as readonly string[]).includes(key)) return values;
  // A second value would be ignored in silence; handed on as a list it is refused by name.
  if (values.length > 1) return values;
  const value = values[0] ?? "";
  if (key === "bbox") return value.split(",").map(toNumber);
  if (key === "near") {
    const [lon, lat, km, ...rest] = value.split(",");
    return rest.length > 0 ? value : { lon: toNumber(lon), lat: toNumber(lat), km: toNumber(km) };
  }
  return key === "limit" ? toNumber(value) : value;
}

function toNumber(text: string | undefined): unknown {
  return text !== undefined && DECIMAL.test(text.trim()) ? Number(text) : text;
}

/** The query string that `readCameraParams` reads back. */
export function writeCameraParams(query: CameraQuery): URLSearchParams {
  const params = new URLSearchParams();
  for (const key of LIST_KEYS) for (const value of query[key] ?? []) params.append(key, value);
  for (const key of TEXT_KEYS) if (query[key] !== undefined) params.set(key, query[key]);
  if (query.bbox !== undefined) params.set("bbox", query.bbox.join(","));
  if (query.near !== undefined) params.set("near", `${query.near.lon},${query.near.lat},${query.near.km}`);
  if (query.limit !== undefined) params.set("limit", String(query.limit));
  return params;
}
