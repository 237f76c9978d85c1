import { Camera } from "@argus/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { makeCamera } from "../testing/cameras.ts";
import { writeCsv } from "./csv.ts";
import { escapeXml, writeKml } from "./kml.ts";
import { writeNdjson } from "./ndjson.ts";

const FIELDS = Object.keys(Camera.shape);

type Write = (cameras: AsyncIterable<Camera>) => AsyncIterable<string>;

async function written(write: Write, ...cameras: Camera[]): Promise<string> {
  async function* each() {
    yield* cameras;
  }
  let text = "";
  for await (const piece of write(each())) text += piece;
  return text;
}

/** A reader of RFC 4180 written for this test: quotes, doubled quotes, CRLF and nothing more lenient. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/guy;
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(cells)) {
    row.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end === "\r\n") {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

describe("CSV", () => {
  it("has a header row and CRLF at the end of each line", async () => {
    const text = await written(writeCsv, makeCamera({ name: "One" }));
    expect(text.split("\r\n")).toHaveLength(3);
    expect(readCsv(text)[0]).toEqual(FIELDS);
  });

  it("leaves numbers alone, negative ones too, and joins tags", async () => {
    const [header = [], row = []] = readCsv(
      await written(writeCsv, makeCamera({ lat: -33.9, lon: -0.12, tags: ["road", "tunnel"], city: null })),
    );
    const at = (field: string) => row[header.indexOf(field)];
    expect([at("lat"), at("lon"), at("tags"), at("city")]).toEqual(["-33.9", "-0.12", "road;tunnel", ""]);
  });

  it.each(["=HYPERLINK(1)", "+1", "-2+3", "@SUM(A1)", "\tx", "\rx", "＝1", '=a,b"c', "'=1"])(
    "makes %j no formula",
    async (name) => {
      const [header = [], row = []] = readCsv(await written(writeCsv, makeCamera({ name })));
      expect(row[header.indexOf("name")]).toBe(`'${name}`);
    },
  );

  it("is read back as it was by a strict reader, whatever the text holds", async () => {
    const text = fc.string({ unit: fc.constantFrom("a", '"', ",", ";", "\r", "\n", "東", "=", "'"), minLength: 1 });
    await fc.assert(
      fc.asyncProperty(text, text, async (name, description) => {
        const rows = readCsv(await written(writeCsv, makeCamera({ name: `x${name}`, description: `x${description}` })));
        expect(rows).toHaveLength(2);
        expect(rows[1]).toHaveLength(FIELDS.length);
        expect([rows[1]?.[FIELDS.indexOf("name")], rows[1]?.[FIELDS.indexOf("description")]]).toEqual([
          `x${name}`,
          `x${description}`,
        ]);
      }),
    );
  });
});

describe("KML", () => {
  it("writes longitude before latitude, and no Point where the position is unknown", async () => {
    const text = await written(
      writeKml,
      makeCamera({ lat: 51.5, lon: -0.1 }),
      makeCamera({ id: "demo:2", lat: null, lon: null }),
    );
    expect(text).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<kml xmlns="http:\/\/www.opengis.net\/kml\/2.2">/u,
    );
    expect(text.match(/<Placemark>/gu)).toHaveLength(2);
    expect(text.match(/<Point>.*<\/Point>/gu)).toEqual(["<Point><coordinates>-0.1,51.5</coordinates></Point>"]);
  });

  it("keeps the schema's order within a placemark", async () => {
    const text = await written(writeKml, makeCamera({ description: "Looks north" }));
    const [name, description, data, point] = ["<Placemark>\n<name>", "<description>", "<ExtendedData>", "<Point>"].map(
      (tag) => text.indexOf(tag),
    );
    expect([name, description, data, point]).toEqual(
      [name, description, data, point].toSorted((a, b) => Number(a) - Number(b)),
    );
    expect(name).toBeGreaterThan(0);
  });

  it("escapes what XML reserves and removes what it forbids", async () => {
    const text = await written(writeKml, makeCamera({ name: 'A&B <\u0000\u0008\uFFFE\uD800"x"> \u{1F4F7}\t東' }));
    expect(text).toContain("<name>A&#38;B &#60;&#34;x&#34;&#62; \u{1F4F7}\t東</name>");
  });

  it("never lets text out of its element, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const escaped = escapeXml(text);
        expect(escaped).not.toMatch(/[<>"']|&(?!#\d+;)/u);
        expect(escaped.isWellFormed()).toBe(true);
        // oxlint-disable-next-line no-control-regex -- these are what must not be there
        expect(escaped).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/u);
      }),
    );
  });
});

describe("NDJSON", () => {
  it("is a camera a line", async () => {
    const cameras = [makeCamera({ name: "line\nbreak" }), makeCamera({ id: "demo:2" })];
    const lines = (await written(writeNdjson, ...cameras)).split("\n");
    expect(lines.slice(0, 2).map((line) => JSON.parse(line) as unknown)).toEqual(cameras);
    expect(lines.slice(2)).toEqual([""]);
  });
});
