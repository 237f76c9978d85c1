import { silentLog } from "@argus/core";
import { describe, expect, it } from "vitest";

import { readFeatureServer, type FeatureServerOptions } from "./feature-server.ts";
import { createPoliteHttp } from "./polite-http.ts";
import { serveFixtures } from "./testing/fixture-server.ts";
import type { Fixture } from "./testing/fixtures.ts";

const LAYER = "/arcgis/rest/services/Cameras/FeatureServer/0";
const QUERY = `${LAYER}/query`;

const feature = (id: number, x = -93.5, y = 42): object => ({
  attributes: { OBJECTID: id, ImageName: `Camera ${id}` },
  geometry: { x, y },
});

async function read(fixtures: readonly Fixture[], options: FeatureServerOptions = {}) {
  await using server = await serveFixtures(fixtures);
  const partial: string[] = [];
  const messages: (string | undefined)[] = [];
  const ctx = {
    http: createPoliteHttp({
      hosts: ["127.0.0.1"],
      userAgent: "argus-test",
      signal: new AbortController().signal,
      pageDelayMs: 0,
      retries: 0,
    }),
    signal: new AbortController().signal,
    log: silentLog,
    progress: ({ message }: { message?: string }) => void messages.push(message),
    partial: (reason: string) => void partial.push(reason),
  };
  const rows = await readFeatureServer(ctx, `${server.url}${LAYER}/`, options);
  expect(server.unmatched).toEqual([]);
  expect(server.unused()).toEqual([]);
  return { rows, partial, messages, requests: server.requests };
}

describe("readFeatureServer", () => {
  it("asks for everything in WGS 84, and gives rows with places", async () => {
    const { rows, requests } = await read([{ path: QUERY, body: { features: [feature(7)] } }]);
    expect(rows).toEqual([
      {
        id: 7,
        properties: { OBJECTID: 7, ImageName: "Camera 7" },
        geometry: { x: -93.5, y: 42 },
        lat: 42,
        lon: -93.5,
      },
    ]);
    expect(requests).toEqual([
      `${QUERY}?where=1%3D1&outFields=*&outSR=4326&returnGeometry=true&f=json&resultOffset=0&resultRecordCount=1000`,
    ]);
  });

  it("asks for the fields and rows that are wanted", async () => {
    const fixture: Fixture = {
      path: QUERY,
      query: { where: "Status='Online'", outFields: "OBJECTID,ImageName", resultRecordCount: "50" },
      body: { features: [feature(1)] },
    };
    const options = { where: "Status='Online'", outFields: ["OBJECTID", "ImageName"], pageSize: 50 };
    expect((await read([fixture], options)).rows).toHaveLength(1);
  });

  it("goes on where the server stopped, which may be earlier than asked for", async () => {
    const { rows, partial } = await read([
      {
        path: QUERY,
        query: { resultOffset: "0" },
        body: { features: [feature(1), feature(2)], exceededTransferLimit: true },
      },
      { path: QUERY, query: { resultOffset: "2" }, body: { features: [feature(3)], exceededTransferLimit: false } },
    ]);
    expect(rows.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(partial).toEqual([]);
  });

  it("does not go round for ever where a layer ignores the offset", async () => {
    const { rows } = await read([{ path: QUERY, body: { features: [feature(1)], exceededTransferLimit: true } }]);
    expect(rows.map(({ id }) => id)).toEqual([1]);
  });

  it.each<[string, Partial<Fixture>]>([
    ["status 400", { status: 400, body: "Invalid or missing input parameters." }],
    [
      "an error with status 200",
      { body: { error: { code: 400, message: "Pagination is not supported.", details: [] } } },
    ],
  ])("asks without pages where a layer refuses them with %s", async (_, refusal) => {
    const { rows } = await read([
      { path: QUERY, query: { resultOffset: "0" }, ...refusal },
      { path: QUERY, body: { features: [feature(1), feature(2)] } },
    ]);
    expect(rows.map(({ id }) => id)).toEqual([1, 2]);
  });

  it("asks by object ids where a layer knows no pages and does not give everything", async () => {
    const ids = Array.from({ length: 150 }, (_, index) => index + 1);
    const some = (from: number, to: number): object => ({ features: ids.slice(from, to).map((id) => feature(id)) });
    const { rows } = await read([
      { path: QUERY, query: { resultOffset: "0" }, status: 400 },
      { path: QUERY, query: { returnIdsOnly: "true" }, body: { objectIdFieldName: "OBJECTID", objectIds: ids } },
      { path: QUERY, query: { objectIds: ids.slice(0, 100).join(",") }, body: some(0, 100) },
      { path: QUERY, query: { objectIds: ids.slice(100).join(",") }, body: some(100, 150) },
      { path: QUERY, body: { ...some(0, 100), exceededTransferLimit: true } },
    ]);
    expect(rows.map(({ id }) => id)).toEqual(ids);
  });

  it.each([
    [
      { code: 500, message: "Error performing query operation", details: ["geometry", "outSR"] },
      true,
      "error 500: Error performing query operation; geometry; outSR",
    ],
    [{ code: 499, message: "Token Required" }, false, "error 499: Token Required"],
  ])("says what ArcGIS says is wrong: %j", async (error, retryable, message) => {
    await expect(read([{ path: QUERY, body: { error } }])).rejects.toMatchObject({
      code: "ARGUS_SOURCE_HTTP_STATUS",
      retryable,
      message: expect.stringContaining(message),
    });
  });

  it("says so when the answer is no layer's", async () => {
    await expect(read([{ path: QUERY, body: { currentVersion: 11.1 } }])).rejects.toMatchObject({
      code: "ARGUS_SOURCE_FORMAT_CHANGED",
    });
  });

  it("gives strange rows as rows, and places in whatever system the server used", async () => {
    const { rows } = await read([
      {
        path: QUERY,
        body: {
          objectIdFieldName: "FID",
          spatialReference: { wkid: 102_100 },
          features: [
            { attributes: { FID: 3 }, geometry: { x: -10_408_372.66, y: 5_160_979.44 } },
            null,
            { attributes: null },
            {},
          ],
        },
      },
    ]);
    expect(rows[0]).toMatchObject({ id: 3, lat: expect.closeTo(42, 4), lon: expect.closeTo(-93.5, 4) });
    const nothing = { id: null, properties: {}, geometry: null, lat: null, lon: null };
    expect(rows.slice(1)).toEqual([nothing, nothing, nothing]);
  });

  it("takes a place outside the areas for unknown", async () => {
    const body = { features: [feature(1), feature(2, 42, -93.5), feature(3, 10, 50)] };
    const { rows } = await read([{ path: QUERY, body }], { areas: [[-97, 40, -90, 44]] });
    expect(rows.map(({ lat, lon }) => [lat, lon])).toEqual([
      [42, -93.5],
      [42, -93.5],
      [null, null],
    ]);
  });
});
