import type { Camera } from "@argus/core";

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2">
<Document>
<name>Argus cameras</name>
`;
const TAIL = "</Document>\n</kml>\n";
// XML 1.0, "Char": what is not in it may not stand in a document, not even as a reference.
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
// A bare carriage return would be read as a line feed.
const SPECIAL = /[&<>"'\r]/gu;
// Most texts have nothing to escape, and one look tells.
const UNUSUAL = /[^ !#-%(-;=?-~]/u;

/** KML 2.2: a placemark for each camera, its fields as ExtendedData; no Point while the position is unknown. */
export async function* writeKml(cameras: AsyncIterable<Camera>): AsyncGenerator<string, void, undefined> {
  yield HEAD;
  for await (const camera of cameras) yield placemark(camera);
  yield TAIL;
}

function placemark(camera: Camera): string {
  const { name, description, lat, lon } = camera;
  const about = description === null ? "" : `<description>${escapeXml(description)}</description>\n`;
  const point = lat === null || lon === null ? "" : `<Point><coordinates>${lon},${lat}</coordinates></Point>\n`;
  return `<Placemark>\n<name>${escapeXml(name)}</name>\n${about}${extendedData(camera)}${point}</Placemark>\n`;
}

function extendedData(camera: Camera): string {
  const data = Object.entries(camera)
    .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([field, value]) => `<Data name="${field}"><value>${escapeXml(String(value))}</value></Data>\n`);
  return `<ExtendedData>\n${data.join("")}</ExtendedData>\n`;
}

/** Text as XML character data: what XML forbids is removed, what it reserves is escaped. */
export function escapeXml(text: string): string {
  if (!UNUSUAL.test(text)) return text;
  return text.replaceAll(FORBIDDEN, "").replaceAll(SPECIAL, (character) => `&#${character.charCodeAt(0)};`);
}
