import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { recordFixture, type RecordOptions } from "./record-fixture.ts";

type Recorded = { text: string; format: string; received: number; written: number; contentType: string | null };

async function record(
  body: string | Buffer,
  contentType: string,
  options: Partial<RecordOptions> = {},
): Promise<Recorded> {
  const folder = await mkdtemp(join(tmpdir(), "argus-record-"));
  const server = createServer((_, response) => response.writeHead(200, { "content-type": contentType }).end(body));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const file = join(folder, "fixtures", "fixture");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/list?key=hunter2`;
    const recording = await recordFixture({ url, file, rows: 2, ...options });
    return { text: await readFile(file, "utf8"), ...recording };
  } finally {
    server.close();
    await rm(folder, { recursive: true });
  }
}

const LIST = ["1", "2", "3"].map((id) => ({ id, place: [24.1, 60.2, 0.5, 7], views: [{ v: 1 }, { v: 2 }, { v: 3 }] }));

describe("recordFixture", () => {
  it("cuts every list of JSON at any depth, and leaves coordinates whole", async () => {
    const { text, format, received, written } = await record(
      JSON.stringify({ total: 3, data: { rows: LIST } }),
      "application/json",
    );
    const rows = LIST.slice(0, 2).map((row) => ({ ...row, views: row.views.slice(0, 2) }));
    expect(JSON.parse(text)).toEqual({ total: 3, data: { rows } });
    expect(format).toBe("json");
    expect(written).toBe(Buffer.byteLength(text));
    expect(received).toBeGreaterThan(0);
  });

  it("cuts the features of GeoJSON", async () => {
    const features = [1, 2, 3].map((id) => ({
      type: "Feature",
      id,
      geometry: {
        type: "LineString",
        coordinates: [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      },
    }));
    const { text } = await record(JSON.stringify({ type: "FeatureCollection", features }), "application/geo+json");
    expect(
      (JSON.parse(text) as { features: object[] }).features.map((feature) => "id" in feature && feature.id),
    ).toEqual([1, 2]);
  });

  it("cuts elements of XML, and leaves attributes, CDATA and entities as they are", async () => {
    const camera = (id: number): string =>
      `<camera id="${id}"><name>A &amp; B</name><text><![CDATA[<img src="${id}.jpg">]]></text></camera>`;
    const { text, format } = await record(
      `<?xml version="1.0" encoding="UTF-8"?><list n="3"><head/>${[1, 2, 3].map(camera).join("")}</list>`,
      "text/xml",
    );
    expect(format).toBe("xml");
    expect(text.replaceAll(/>\s+</gu, "><").trim()).toBe(
      `<?xml version="1.0" encoding="UTF-8"?><list n="3"><head></head>${camera(1)}${camera(2)}</list>`,
    );
  });

  it("cuts records of CSV, which may hold line breaks, and writes UTF-8", async () => {
    const csv = 'id\tname\r\n1\t"Mill\nLane"\r\n2\tZürich\r\n3\tThree\r\n';
    const { text, format } = await record(Buffer.from(`\uFEFF${csv}`, "utf16le"), "text/csv");
    expect(format).toBe("csv");
    expect(text).toBe('id\tname\n1\t"Mill\nLane"\n2\tZürich\n');
  });

  it("leaves web pages whole", async () => {
    const page = "<!doctype html><ul><li>1</li><li>2</li><li>3</li></ul>";
    expect(await record(page, "text/html")).toMatchObject({ text: page, format: "other", contentType: "text/html" });
  });

  it("hides credentials in addresses and fields, e-mail addresses and the secrets it is told", async () => {
    const { text } = await record(
      JSON.stringify({
        url: "https://cameras.example/1.jpg?size=2&token=hunter2",
        stream: "rtsp://me:hunter2@cameras.example/1",
        apiKey: "hunter2",
        contact: "jane.doe@agency.example",
        note: "our key is s3cr3t",
        key: "H429F",
      }),
      "application/json",
      { secrets: ["s3cr3t"] },
    );
    expect(JSON.parse(text)).toEqual({
      url: "https://cameras.example/1.jpg?size=2&token=***",
      stream: "rtsp://***:***@cameras.example/1",
      apiKey: "***",
      contact: "someone@cameras.example",
      note: "our key is ***",
      key: "H429F",
    });
  });

  it("hides credentials in XML, and keeps it XML", async () => {
    const { text } = await record("<a><u>https://cameras.example/?a=1&amp;token=hunter2</u></a>", "text/xml");
    expect(text).toContain("https://cameras.example/?a=1&amp;token=***<");
  });

  it("says what is wrong when the origin does", async () => {
    const answer = record("{}", "application/json", { http: { maxBytes: 1 } });
    await expect(answer).rejects.toMatchObject({ code: "ARGUS_SOURCE_TOO_LARGE" });
  });
});
