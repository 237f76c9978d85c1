import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";

import { describe, expect, it } from "vitest";

import { ask, open, refusal, startApi } from "../testing/server.ts";

const TILE = "/api/tiles/3/4/2.mvt";
const TYPE = "application/vnd.mapbox-vector-tile";

describe("GET /api/tiles/:z/:x/:y.mvt", () => {
  it("hands the address and the filter to the store, and its bytes to the client", async () => {
    await using api = await startApi();
    api.store.mvt = Uint8Array.from({ length: 256 }, (_, at) => at);
    const response = await open(api, `${TILE}?country=GB&kind=jpeg`);
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      "content-type": TYPE,
      "content-length": "256",
      "cache-control": "no-cache",
      vary: "Accept-Encoding",
    });
    expect(await buffer(response)).toEqual(Buffer.from(api.store.mvt));
    expect(api.store.tiles).toEqual([{ z: 3, x: 4, y: 2 }]);
    expect(api.store.queries).toEqual([{ country: ["GB"], kind: ["jpeg"] }]);
  });

  it("sends an empty tile as one: 200, its type, and not a byte", async () => {
    await using api = await startApi();
    expect(await ask(api, TILE)).toMatchObject({
      status: 200,
      headers: { "content-type": TYPE, "content-length": "0", etag: expect.stringMatching(/^W\//u) },
      body: "",
    });
  });

  it.each([
    [900, undefined],
    [5000, "gzip"],
  ])("of %i bytes is compressed with %s where the client takes gzip", async (length, encoding) => {
    await using api = await startApi();
    api.store.mvt = new Uint8Array(length).fill(7);
    const response = await open(api, TILE, { headers: { "accept-encoding": "gzip" } });
    expect(response.headers["content-encoding"]).toBe(encoding);
    const body = await buffer(response);
    expect(encoding === undefined ? body : gunzipSync(body)).toEqual(Buffer.from(api.store.mvt));
  });

  it.each(["0/0/0", "22/4194303/4194303", "1/1/0"])("has a tile at %s", async (address) => {
    await using api = await startApi();
    expect((await ask(api, `/api/tiles/${address}.mvt`)).status).toBe(200);
  });

  it.each([
    ["a/0/0", "z is"],
    ["23/0/0", "0 to 22"],
    ["0/1/0", "x is"],
    ["3/0/8", "y is"],
    ["3/8/0", "0 to 7"],
    ["3/-1/0", "x is"],
    ["3/1.5/0", "x is"],
    ["3/1e0/0", "x is"],
    ["3/01/0", "x is"],
    ["3/0/%20", "y is"],
  ])("refuses %s, naming the coordinate and its range", async (address, told) => {
    await using api = await startApi();
    expect(await refusal(api, `/api/tiles/${address}.mvt`)).toMatchObject({
      status: 400,
      code: "ARGUS_TILE_INVALID",
      message: expect.stringContaining(told),
    });
    expect(api.store.tiles).toEqual([]);
  });

  it.each(["limit=5", "sort=name", "contry=GB", "bbox=1,2"])("refuses %s by name", async (query) => {
    await using api = await startApi();
    expect(await refusal(api, `${TILE}?${query}`)).toMatchObject({
      status: 400,
      code: "ARGUS_QUERY_INVALID",
      message: expect.stringContaining(String(query.split("=")[0])),
    });
  });

  it("answers HEAD, and what the client has already, without making a tile", async () => {
    await using api = await startApi();
    const head = await ask(api, TILE, { method: "HEAD" });
    expect(head).toMatchObject({ status: 200, headers: { "content-type": TYPE } });
    const known = { headers: { "if-none-match": String(head.headers.etag) } };
    expect(await ask(api, TILE, known)).toMatchObject({ status: 304, body: "" });
    expect(api.store.tiles).toEqual([]);
  });

  it("is confirmed for its own address, filter and server alone, until a camera changes", async () => {
    await using api = await startApi();
    const known = { headers: { "if-none-match": String((await ask(api, TILE)).headers.etag) } };
    expect((await ask(api, TILE, known)).status).toBe(304);
    expect((await ask(api, "/api/tiles/3/4/3.mvt", known)).status).toBe(200);
    expect((await ask(api, `${TILE}?country=GB`, known)).status).toBe(200);
    await using other = await startApi();
    expect((await ask(other, TILE, known)).status).toBe(200);
    api.store.changeSequence += 1;
    expect((await ask(api, TILE, known)).status).toBe(200);
  });

  it("answers a store that fails as JSON", async () => {
    await using api = await startApi();
    api.store.tile = async () => {
      throw new Error("disk on fire");
    };
    const { status, headers } = await ask(api, TILE);
    expect({ status, type: headers["content-type"], etag: headers.etag }).toMatchObject({
      status: 500,
      type: "application/json; charset=utf-8",
    });
  });
});
