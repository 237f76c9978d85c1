import type { ImportOptions, ImportPreview } from "@argus/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { previewImport } from "./preview-import.ts";

const preview = (text: string | Uint8Array, options: ImportOptions = {}): Promise<ImportPreview> =>
  previewImport(text, options);
const HEAD = "id,name,url";

describe("a CSV file", () => {
  it("is read by the names of its columns, whatever their case, accents and language", async () => {
    const { mapping, ignored_columns, sample, format } = await preview(
      "Kennung;Bezeichnung;Breite;Länge;Stream-URL;Ort;Farbe\r\nk1;Hafen;54,32;10,14;https://x.org/a.mjpg;Kiel;rot\r\n",
    );
    expect(format).toBe("csv");
    expect(mapping).toEqual({
      id: "Kennung",
      name: "Bezeichnung",
      lat: "Breite",
      lon: "Länge",
      stream_url: "Stream-URL",
      city: "Ort",
    });
    expect(ignored_columns).toEqual(["Farbe"]);
    expect(sample).toMatchObject([
      { id: "own:k1", source_id: "own", name: "Hafen", lat: 54.32, lon: 10.14, city: "Kiel", stream_kind: "mjpeg" },
    ]);
  });

  it.each([
    ["a comma", "id,name,url\n1,A,https://x.org/1.jpg"],
    ["a semicolon", "id;name;url\n1;A;https://x.org/1.jpg"],
    ["a tab", "id\tname\turl\n1\tA\thttps://x.org/1.jpg"],
    ["commas within quotes", '"id";"a,b,c,d";name;url\n1;x;A;https://x.org/1.jpg'],
    ["what its first line says", "sep=;\r\nid;name;url\r\n1;A;https://x.org/1.jpg\r\n"],
    ["a byte order mark", "\uFEFFid,name,url\r\n1,A,https://x.org/1.jpg\r\n"],
    ["mixed line ends and empty lines", "\n\nid,name,url\r\n\n , ,\n1,A,https://x.org/1.jpg\r"],
    ["quotes within a value", 'id,name,url,tags\n1,A,https://x.org/1.jpg,the "old" pier'],
  ])("is read with %s", async (_what, text) => {
    expect(await preview(text)).toMatchObject({ rows: 1, ready: 1, sample: [{ id: "own:1", name: "A" }] });
  });

  it("names the line, the column, the value and the fault of every bad row", async () => {
    const { bad, rows, ready, bad_rows } = await preview(
      `${HEAD},lat,lon,country,heading\n` +
        "ok,Good,https://x.org/1.jpg,1,2,gb,NE\n" +
        '\n"a\r\nb",Break in the id,https://x.org/2.jpg,,,,\n' +
        "3,,https://x.org/3.jpg,91,0,,\n" +
        "4,No URL,,1,1,,\n" +
        "5,Half,https://x.org/5.jpg,1,,,\n" +
        "6,Words,https://x.org/6.jpg,north,1,Germany,\n" +
        "7,Secret,http://me:pw@x.org/7.jpg,1,1,,\n" +
        "ok,Twice,https://x.org/8.jpg,1,1,,\n" +
        "9,Too,many,values,stand,here,360,x\n",
    );
    expect({ rows, ready, bad_rows }).toEqual({ rows: 9, ready: 1, bad_rows: 8 });
    expect(bad.map(({ row, column, value, message }) => [row, column, value, message])).toEqual([
      [4, "id", "a\r\nb", "must be printable characters without white space"],
      [6, "name", null, expect.stringMatching(/^has no name; give it in a column name, title, label/u)],
      [6, "lat", "91", expect.stringContaining("90")],
      [7, "url", null, expect.stringMatching(/^has no URL; give it in a column stream_url, .*page_url/u)],
      [8, "lat", "1", "lat and lon must be given together"],
      [9, "lat", "north", "must be a number, like 52.5"],
      [9, "country", "Germany", expect.stringContaining("ISO 3166-1")],
      [10, "url", "http://…@x.org/7.jpg", "must not carry a user name or password"],
      [11, "id", "own:ok", "has the id of row 2"],
      [12, null, "x", expect.stringContaining("8 values or more, but the header names 7")],
    ]);
  });

  it("counts all bad rows and lists a thousand", async () => {
    const told = await preview(`${HEAD}\n${"x,,\n".repeat(1500)}`);
    expect([told.bad_rows, told.bad.length]).toEqual([1500, 1000]);
  });

  it("says where a quote opens that is never closed, and keeps what came before", async () => {
    const told = await preview(`${HEAD}\n1,A,https://x.org/1.jpg\n2,"B,https://x.org/2.jpg\n3,C,https://x.org/3.jpg\n`);
    expect(told).toMatchObject({
      rows: 2,
      ready: 1,
      bad: [{ row: 3, message: expect.stringContaining("never closed") }],
    });
  });

  it.each([
    ["https://x.org/a.jpg", { stream_kind: "jpeg", stream_url: "https://x.org/a.jpg" }],
    ["https://x.org/a.PNG?now", { stream_kind: "jpeg" }],
    ["https://x.org/a.m3u8?t=1", { stream_kind: "hls" }],
    ["https://x.org/a.mp4", { stream_kind: "mp4" }],
    ["https://x.org/a.mjpg", { stream_kind: "mjpeg" }],
    ["https://x.org/video.cgi?size=1", { stream_kind: "mjpeg" }],
    ["https://x.org/mjpeg/1", { stream_kind: "mjpeg" }],
    ["https://x.org/town", { stream_kind: "page", stream_url: null, page_url: "https://x.org/town" }],
  ])("tells by %s what kind of stream it is", async (url, expected) => {
    expect((await preview(`${HEAD}\n1,A,${url}`)).sample).toMatchObject([expected]);
  });

  it("takes a still for the stream when there is no other", async () => {
    expect((await preview("id,name,image\n1,A,https://x.org/now")).sample).toMatchObject([
      { stream_kind: "jpeg", stream_url: "https://x.org/now", snapshot_url: null },
    ]);
  });

  it("gives rows without an id one that stays, whatever else changes, and names the second of one URL", async () => {
    const first = await preview("name,url\nA,https://x.org/1.jpg\nB,https://x.org/2.jpg\nC,https://x.org/1.jpg");
    const later = await preview("url,name,city\nhttps://x.org/1.jpg,Renamed,Leeds");
    expect(later.sample[0]?.id).toMatch(/^own:[0-9a-f]{16}$/u);
    expect(later.sample[0]?.id).toBe(first.sample[0]?.id);
    expect(first.bad).toMatchObject([
      { row: 4, column: null, value: "https://x.org/1.jpg", message: expect.stringContaining("row 2") },
    ]);
  });

  it("takes the columns it is told, and then no others for their fields", async () => {
    const told = await preview("id,name,link,Kamera\n1,ignored,https://x.org/1.jpg,Quay", {
      columns: { name: "Kamera" },
    });
    expect(told).toMatchObject({ mapping: { name: "Kamera", stream_url: "link" }, ignored_columns: ["name"] });
    expect(told.sample).toMatchObject([{ name: "Quay" }]);
  });

  it("takes a position of 0, 0 for unknown, and credits from the options where the row has none", async () => {
    const { sample } = await preview(
      `${HEAD},lat,lon,licence\n1,A,https://x.org/1.jpg,0,0,\n2,B,https://x.org/2.jpg,,,MIT`,
      {
        attribution: "Me",
        licence: "CC0-1.0",
        source_id: "own-harbour",
      },
    );
    expect(sample).toMatchObject([
      { id: "own-harbour:1", lat: null, lon: null, attribution: "Me", licence: "CC0-1.0" },
      { id: "own-harbour:2", lat: null, lon: null, attribution: "Me", licence: "MIT" },
    ]);
  });

  it("undoes what keeps a spreadsheet from running a text", async () => {
    const { sample } = await preview(
      `${HEAD}\n1,'=A1,https://x.org/1.jpg\n2,''=A1,https://x.org/2.jpg\n3,'s,https://x.org/3.jpg`,
    );
    expect(sample.map(({ name }) => name)).toEqual(["=A1", "'=A1", "'s"]);
  });
});

describe("a file's bytes", () => {
  const text = `${HEAD}\n1,Müller,https://x.org/1.jpg\n`;
  it.each([
    ["utf-8", Buffer.from(text)],
    ["utf-16", Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["utf-16", Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
    ["windows-1252", Buffer.from(text, "latin1")],
  ])("are read as %s, which is told", async (encoding, bytes) => {
    expect(await preview(bytes)).toMatchObject({ encoding, sample: [{ name: "Müller" }] });
  });

  it.each([
    ["nothing", "", "empty"],
    ["only empty lines", "\n\n", "empty"],
    ["a workbook", Buffer.from("PK\u0003\u0004xl/workbook.xml"), "workbook"],
    ["a picture", Uint8Array.from([0xff, 0xd8, 0xff, 0, 0, 1]), "NUL"],
    ["broken JSON", '{"type":"FeatureCollection","features":[{"type":"Feature"},', "JSON"],
    ["two documents", '{"type":"FeatureCollection","features":[]}{}', "JSON"],
    ["other JSON", '{"type":"Topology"}', "Topology"],
    ["a list", '[{"type":"Feature"}]', "FeatureCollection"],
  ])("that are %s are refused by name", async (_what, bytes, told) => {
    await expect(preview(bytes)).rejects.toMatchObject({
      code: "ARGUS_IMPORT_UNREADABLE",
      message: expect.stringContaining(told),
    });
  });

  it("that are too many are refused, and so are too many rows", { timeout: 30_000 }, async () => {
    const tooLarge = expect.objectContaining({ code: "ARGUS_IMPORT_TOO_LARGE" });
    await expect(preview(new Uint8Array(32 * 1024 * 1024 + 1))).rejects.toEqual(tooLarge);
    await expect(preview(`id\n${"1\n".repeat(200_001)}`)).rejects.toEqual(tooLarge);
  });
});

describe("a GeoJSON file", () => {
  const feature = (fields: object): object => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [10.14, 54.32, 7] },
    properties: { title: "Hafen", stream: "https://x.org/1.m3u8", nothing: null },
    ...fields,
  });
  const collection = (...features: unknown[]): string => JSON.stringify({ features, type: "FeatureCollection" });

  it("is read by the names of its features' properties", async () => {
    const told = await preview(collection(feature({ id: 7 }), feature({ id: "own:8" })));
    expect(told).toMatchObject({
      format: "geojson",
      rows: 2,
      ready: 2,
      mapping: { name: "title", stream_url: "stream" },
      sample: [{ id: "own:7", name: "Hafen", lat: 54.32, lon: 10.14, stream_kind: "hls" }, { id: "own:8" }],
    });
  });

  it("may be a single feature, of several points, or of none", async () => {
    expect(await preview(JSON.stringify(feature({ id: 1 })))).toMatchObject({ ready: 1, sample: [{ id: "own:1" }] });
    const points = {
      type: "MultiPoint",
      coordinates: [
        [1, 2],
        [3, 4],
      ],
    };
    expect(
      (await preview(collection(feature({ geometry: points, id: 1 }), feature({ geometry: null, id: 2 })))).sample,
    ).toMatchObject([
      { lon: 1, lat: 2 },
      { lon: null, lat: null },
    ]);
  });

  it("names the feature and the fault of every bad one", async () => {
    const { bad } = await preview(
      collection(
        feature({ id: 1 }),
        { type: "Point", coordinates: [1, 1] },
        null,
        feature({ id: 4, geometry: { type: "LineString", coordinates: [[1, 1]] } }),
        feature({ id: 5, geometry: { type: "Point", coordinates: [54, 120] } }),
        feature({ id: 6, geometry: { type: "Point", coordinates: ["10", "x"] } }),
        feature({ id: 7, properties: { name: { de: "Hafen" }, tags: [["a"]] } }),
        feature({ id: 8, properties: null }),
      ),
    );
    expect(bad.map(({ row, column, value }) => [row, column, value])).toEqual([
      [2, null, "{…}"],
      [3, null, null],
      [4, "geometry", "LineString"],
      [5, "geometry", "120"],
      [6, "geometry", "x"],
      [7, "name", "{…}"],
      [7, "tags", "[…]"],
      [8, null, null],
    ]);
  });

  it("shows no prototype to what it holds", async () => {
    const text =
      '{"type":"Feature","__proto__":{"id":9},"geometry":null,"properties":{"__proto__":{"name":"X"},"id":1}}';
    expect((await preview(text)).ready).toBe(0);
    expect(({} as { name?: string }).name).toBeUndefined();
  });
});

describe("any file", () => {
  const options = fc.record(
    { format: fc.constantFrom("csv" as const, "geojson" as const), columns: fc.constant({ name: "a" }) },
    { requiredKeys: [] },
  );
  const outcome = async (file: Uint8Array | string, given: ImportOptions): Promise<void> => {
    const told = await preview(file, given).catch((error: unknown) => {
      expect(error).toMatchObject({ name: "ArgusError", code: expect.stringMatching(/^ARGUS_IMPORT_/u) });
      return null;
    });
    if (told !== null) expect(told.ready + told.bad_rows).toBe(told.rows);
  };

  it("of any bytes is read or refused by name", async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), options, outcome));
  });

  it("of CSV's own characters is read or refused by name", async () => {
    const unit = fc.constantFrom('"', ",", ";", "\t", "\r", "\n", "a", "'", "=", "\uFEFF", "\u0080", "ü", "{", " ");
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit, maxLength: 80 }).map((text) => `id,a,url\n${text}`),
        options,
        outcome,
      ),
      { numRuns: 500 },
    );
  });

  it("of JSON is read or refused by name", async () => {
    const document = fc.record({
      type: fc.constantFrom("FeatureCollection", "Feature"),
      features: fc.array(
        fc.oneof(
          fc.jsonValue(),
          fc.record(
            {
              type: fc.constant("Feature"),
              id: fc.jsonValue(),
              geometry: fc.oneof(
                fc.jsonValue(),
                fc.record({ type: fc.constantFrom("Point", "MultiPoint"), coordinates: fc.jsonValue() }),
              ),
              properties: fc.oneof(
                fc.jsonValue(),
                fc.dictionary(fc.constantFrom("name", "url", "tags", "lat", "kind", "__proto__"), fc.jsonValue()),
              ),
            },
            { requiredKeys: ["type"] },
          ),
        ),
      ),
    });
    await fc.assert(
      fc.asyncProperty(document, options, (value, given) => outcome(JSON.stringify(value), given)),
      { numRuns: 300 },
    );
  });

  it("can be stopped", async () => {
    const stop = new AbortController();
    const reason = new Error("the reader left");
    const reading = previewImport(
      `${HEAD}\n${"1,A,https://x.org/1.jpg\n".repeat(50_000)}`,
      {},
      { signal: stop.signal },
    );
    stop.abort(reason);
    await expect(reading).rejects.toBe(reason);
  });

  it("has a digest of its bytes and of how they are read", async () => {
    const file = `${HEAD}\n1,A,https://x.org/1.jpg`;
    const digest = async (text: string, given?: ImportOptions): Promise<string> => (await preview(text, given)).digest;
    const all = await Promise.all([
      digest(file),
      digest(`${file} `),
      digest(file, { source_id: "own-x" }),
      digest(file, { licence: "MIT" }),
      digest(file, { columns: { name: "name" } }),
    ]);
    expect(new Set(all).size).toBe(all.length);
    expect(all[0]).toMatch(/^[0-9a-f]{64}$/u);
    expect(await digest(file, { source_id: "own", columns: {} })).toBe(all[0]);
  });
});
