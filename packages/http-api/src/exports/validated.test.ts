import { Camera } from "@argus/core";
import { check } from "@placemarkio/check-geojson";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, it, vi } from "vitest";
import { memoryPages, validateXML } from "xmllint-wasm";

import { makeCamera } from "../testing/cameras.ts";
import { KML_SCHEMA } from "../testing/kml-schema.ts";
import { writeCsv } from "./csv.ts";
import { writeGeojson } from "./geojson.ts";
import { writeKml } from "./kml.ts";
import { writeNdjson } from "./ndjson.ts";

// Other readers take their time for so many.
vi.setConfig({ testTimeout: 60_000 });

const NASTY = [
  'say "cheese", twice; ""',
  "line\nfeed",
  "carriage\rreturn\r\nboth",
  '=HYPERLINK("http://evil.example","x")',
  "=cmd|' /C calc'!A0",
  "+1-2",
  "-1",
  "@SUM(A1:A9)",
  "\t=1",
  "＝1＋1",
  "]]><script>alert(1)</script><![CDATA[",
  "<!-- & --> &amp; &#0; &nope;",
  "emoji \u{1F4F7}\u{1F468}\u200D\u{1F469}\u200D\u{1F467} 東京",
  "\u202Eعربى עברית\u202C",
  "bell\u0007 nul\u0000 escape\u001B delete\u007F",
  "\uFFFE\uFFFF \u2028\u2029 \u0085 \uFEFF",
  "null",
  "{{7*7}} ${x} `y` \\n %s",
];
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/u;
// What XML 1.0 cannot say.
// oxlint-disable-next-line no-control-regex -- these are what is left out
const NOT_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/gu;

/** Cameras whose every text is nasty somewhere, with and without a place. */
const CAMERAS: readonly Camera[] = Array.from({ length: 10_000 }, (_, at) => {
  const text = (shift: number) => NASTY[(at + shift) % NASTY.length] ?? "";
  return makeCamera({
    id: `demo:${at}`,
    name: text(0),
    description: at % 7 === 0 ? null : text(1),
    city: text(2),
    region: text(3),
    tags: at % 3 === 0 ? [] : [text(4), text(5)],
    attribution: text(6),
    lat: at % 5 === 0 ? null : -90 + (at % 181),
    lon: at % 5 === 0 ? null : -180 + (at % 361) + (at % 361 === 360 ? 0 : 0.000_001),
    heading_deg: at % 360,
  });
});

type Write = (cameras: AsyncIterable<Camera>) => AsyncIterable<string>;

async function written(write: Write, cameras: readonly Camera[]): Promise<string> {
  async function* each() {
    yield* cameras;
  }
  const pieces: string[] = [];
  for await (const piece of write(each())) pieces.push(piece);
  return pieces.join("");
}

describe("GeoJSON, by another's reading", () => {
  const write: Write = (cameras) => writeGeojson(cameras, null);

  it("is what RFC 7946 says, and every camera as it was", async () => {
    const text = await written(write, CAMERAS);
    const { features } = check(text) as unknown as {
      features: { id: string; properties: Camera; geometry: unknown }[];
    };
    expect(features.map(({ properties }) => properties)).toEqual(CAMERAS);
    expect(features.map(({ geometry }) => geometry)).toEqual(
      CAMERAS.map(({ lon, lat }) => (lon === null ? null : { type: "Point", coordinates: [lon, lat] })),
    );
    // It does not look at ranges.
    expect(CAMERAS.every(({ lat, lon }) => Math.abs(lat ?? 0) <= 90 && Math.abs(lon ?? 0) <= 180)).toBe(true);
  });

  it("is whole with nothing in it", async () => {
    expect(check(await written(write, []))).toEqual({ type: "FeatureCollection", features: [] });
  });
});

describe("CSV, by another's reading", () => {
  // No leniency: quotes, lengths of rows and line ends must be as RFC 4180 has them.
  const read = (text: string): string[][] => parse(text, { record_delimiter: "\r\n", bom: false });
  const cell = (value: Camera[keyof Camera]): string => {
    if (value === null) return "";
    if (typeof value === "number") return String(value);
    const text = typeof value === "string" ? value : value.join(";");
    return FORMULA_START.test(text) ? `'${text}` : text;
  };

  it("has every camera as it was, but for the sign before a formula", async () => {
    const [header = [], ...rows] = read(await written(writeCsv, CAMERAS));
    expect(header).toEqual(Object.keys(Camera.shape));
    expect(rows).toEqual(CAMERAS.map((camera) => (header as (keyof Camera)[]).map((field) => cell(camera[field]))));
  });

  it("has no cell that a spreadsheet runs: none starts as a formula, unless it is a number", async () => {
    const rows = read(await written(writeCsv, CAMERAS)).slice(1);
    const starting = rows.flat().filter((text) => FORMULA_START.test(text));
    expect(starting.length).toBeGreaterThan(0);
    expect(starting.filter((text) => !/^-\d+(?:\.\d+)?(?:e-?\d+)?$/u.test(text))).toEqual([]);
  });

  it("has its header when there are no cameras", async () => {
    expect(read(await written(writeCsv, []))).toEqual([Object.keys(Camera.shape)]);
  });
});

describe("KML, by another's reading", () => {
  const MEMORY = { initialMemoryPages: 16 * memoryPages.MiB, maxMemoryPages: 2 * memoryPages.GiB };

  async function faults(text: string): Promise<string[]> {
    const { errors } = await validateXML({
      xml: [{ fileName: "cameras.kml", contents: text }],
      schema: [KML_SCHEMA],
      ...MEMORY,
    });
    return errors.map(({ message }) => message);
  }

  /** What each placemark says of itself. */
  function placemarks(text: string): Record<string, string>[] {
    const parser = new SaxesParser({ xmlns: true });
    const found: Record<string, string>[] = [];
    let name = "";
    let said = "";
    parser.on("error", (error) => {
      throw error;
    });
    parser.on("opentag", ({ local, attributes }) => {
      if (local === "Placemark") found.push({});
      if (local === "Data") name = attributes["name"]?.value ?? "";
      else if (local !== "value") name = local;
      said = "";
    });
    parser.on("text", (more) => (said += more));
    parser.on("closetag", ({ local }) => {
      const placemark = found.at(-1);
      if (placemark !== undefined && ["name", "description", "coordinates"].includes(local))
        placemark[`<${local}>`] = said;
      if (placemark !== undefined && local === "value") placemark[name] = said;
    });
    parser.write(text).close();
    return found;
  }

  it("holds to the schema's elements and their order", async () => {
    expect(await faults(await written(writeKml, CAMERAS))).toEqual([]);
    expect(await faults(await written(writeKml, []))).toEqual([]);
  });

  it("would not, were a placemark's elements in another order, or were it cut off", async () => {
    const text = await written(writeKml, CAMERAS.slice(1, 2));
    const [point = ""] = /<Point>.*<\/Point>\n/u.exec(text) ?? [];
    expect(await faults(text.replace(point, "").replace("<Placemark>\n", `<Placemark>\n${point}`))).toHaveLength(1);
    expect((await faults(text.replace("</kml>", ""))).length).toBeGreaterThan(0);
  });

  it("has every camera as it was, but for characters that XML cannot hold", async () => {
    const plain = (text: string) => text.replaceAll(NOT_XML, "");
    const wanted = CAMERAS.map((camera) => {
      const fields = Object.entries(camera)
        .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
        .map(([field, value]) => [field, plain(String(value))]);
      return {
        ...(Object.fromEntries(fields) as Record<string, string>),
        "<name>": plain(camera.name),
        ...(camera.description === null ? {} : { "<description>": plain(camera.description) }),
        ...(camera.lon === null ? {} : { "<coordinates>": `${camera.lon},${camera.lat}` }),
      };
    });
    expect(placemarks(await written(writeKml, CAMERAS))).toEqual(wanted);
  });

  it("is well-formed whatever a name holds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", minLength: 1 }), async (name) => {
        const [placemark] = placemarks(await written(writeKml, [makeCamera({ name })]));
        expect(placemark?.["<name>"]).toBe(name.replaceAll(NOT_XML, ""));
      }),
    );
  });
});

describe("NDJSON", () => {
  it("is read line by line, every camera as it was", async () => {
    const lines = (await written(writeNdjson, CAMERAS)).split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(CAMERAS);
  });
});
