import { formatChanged } from "./errors.ts";
import { isRecord } from "./feature-row.ts";
import { imageUrl } from "./image-url.ts";
import { plainText } from "./plain-text.ts";
import { positionOf, type PositionOptions } from "./position.ts";

const LISTS = ["Placemark", "Folder", "Document", "Data", "SchemaData", "SimpleData", "Point"] as const;
const IMG = /<img\s[^<>]*?\bsrc\s*=\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<bare>[^\s"'<>]+))/iu;
const COMMA = /\s*,\s*/u;

/** A placemark, tolerantly read: what it lacks is null. */
export type KmlRow = {
  id: string | null;
  name: string | null;
  /** As plain text. */
  description: string | null;
  /** The description as it came. */
  html: string | null;
  /** The address of the description's first picture. */
  image: string | null;
  /** Its ExtendedData, by name. */
  properties: Record<string, string>;
  /** The names of the folders it lies in, outermost first. */
  folders: string[];
  lat: number | null;
  lon: number | null;
};

/**
 * The placemarks of KML (OGC 12-007r2), wherever they lie in it.
 * @throws ArgusError ARGUS_SOURCE_FORMAT_CHANGED for what is no KML.
 */
export async function kmlPlacemarks(text: string, position: PositionOptions = {}): Promise<KmlRow[]> {
  const { parseXml } = await import("./xml.ts");
  const root = parseXml(text, "what should be KML", LISTS);
  if (!isRecord(root) || !("kml" in root)) throw formatChanged("what should be KML", "its root element is not kml");
  const rows: KmlRow[] = [];
  collect(root["kml"], [], (placemark, folders) => rows.push(rowOf(placemark, folders, position)));
  return rows;
}

function collect(
  container: unknown,
  folders: readonly string[],
  found: (placemark: Record<string, unknown>, folders: readonly string[]) => void,
): void {
  if (!isRecord(container)) return;
  for (const placemark of listOf(container["Placemark"])) if (isRecord(placemark)) found(placemark, folders);
  for (const document of listOf(container["Document"])) collect(document, folders, found);
  for (const folder of listOf(container["Folder"])) {
    const name = isRecord(folder) ? textOf(folder["name"]) : null;
    collect(folder, name === null ? folders : [...folders, name], found);
  }
}

function rowOf(placemark: Record<string, unknown>, folders: readonly string[], position: PositionOptions): KmlRow {
  const html = textOf(placemark["description"]);
  const { double, single, bare } = IMG.exec(html ?? "")?.groups ?? {};
  return {
    id: textOf(placemark["@id"]),
    name: textOf(placemark["name"]),
    description: plainText(html),
    html,
    image: imageUrl(double ?? single ?? bare),
    properties: propertiesOf(placemark["ExtendedData"]),
    folders: [...folders],
    ...positionOf(coordinatesOf(placemark), position),
  };
}

/** `lon,lat` or `lon,lat,height` of its point, or of the first of several. */
function coordinatesOf(placemark: Record<string, unknown>): string[] | null {
  const several = placemark["MultiGeometry"];
  const [point] = [...listOf(placemark["Point"]), ...(isRecord(several) ? listOf(several["Point"]) : [])];
  return isRecord(point) ? (textOf(point["coordinates"])?.split(COMMA) ?? null) : null;
}

function propertiesOf(extended: unknown): Record<string, string> {
  if (!isRecord(extended)) return {};
  const schemas = listOf(extended["SchemaData"]).flatMap((data) => (isRecord(data) ? listOf(data["SimpleData"]) : []));
  const entries = [...listOf(extended["Data"]), ...schemas].filter(isRecord).flatMap((data): [string, string][] => {
    const name = textOf(data["@name"]);
    return name === null ? [] : [[name, textOf(data["value"]) ?? textOf(data) ?? ""]];
  });
  return Object.fromEntries(entries);
}

function textOf(value: unknown): string | null {
  const text = isRecord(value) ? value["#text"] : value;
  return typeof text === "string" && text !== "" ? text : null;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
