import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { text } from "node:stream/consumers";

import { type Camera, CameraFeatureCollection } from "@argus/core";
import { describe, expect, it } from "vitest";

import { makeCamera } from "../testing/cameras.ts";
import { ask, open, refusal, startApi } from "../testing/server.ts";

const FORMATS = ["geojson", "csv", "kml", "ndjson"];
const MIB = 1_048_576;

describe("exports", () => {
  it.each([
    ["geojson", "application/geo+json"],
    ["csv", "text/csv; charset=utf-8"],
    ["kml", "application/vnd.google-earth.kml+xml; charset=utf-8"],
    ["ndjson", "application/x-ndjson"],
  ])("name the %s file and its type, and hold what the filter selects", async (format, type) => {
    await using api = await startApi({ clock: () => Date.parse("2026-11-21T23:59:59Z") });
    api.store.cameras = [makeCamera({ id: "demo:gb" }), makeCamera({ id: "demo:fr", country: "FR" })];
    const { status, headers, body } = await ask(api, `/api/cameras.${format}?country=FR`);
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe(type);
    expect(headers["content-disposition"]).toBe(`attachment; filename="argus-cameras-2026-11-21.${format}"`);
    expect(body).toContain("demo:fr");
    expect(body).not.toContain("demo:gb");
  });

  it.each(FORMATS)("answer %s whole when nothing is selected", async (format) => {
    await using api = await startApi();
    api.store.cameras = [];
    expect((await ask(api, `/api/cameras.${format}`)).status).toBe(200);
  });

  it.each(
    FORMATS.flatMap((format) => ["limit=5", "cursor=x", "sort=name", "contry=GB"].map((query) => [format, query])),
  )("refuse %s?%s by name", async (format, query) => {
    await using api = await startApi();
    const name = String(query?.split("=")[0]);
    expect(await refusal(api, `/api/cameras.${format}?${query}`)).toMatchObject({
      status: 400,
      code: "ARGUS_QUERY_INVALID",
      message: expect.stringContaining(name),
    });
    expect(api.store.iterations.begun).toBe(0);
  });

  it.each(FORMATS)("answer an error of the store before the first camera of %s as JSON", async (format) => {
    await using api = await startApi();
    api.store.source = () => {
      throw new Error("disk on fire");
    };
    const { status, headers, body } = await ask(api, `/api/cameras.${format}`);
    expect({ status, type: headers["content-type"] }).toEqual({ status: 500, type: "application/json; charset=utf-8" });
    expect(headers).not.toHaveProperty("content-disposition");
    expect(JSON.parse(body)).toMatchObject({ error: { code: "ARGUS_INTERNAL" } });
  });

  it.each(FORMATS.flatMap((format) => ["identity", "gzip"].map((encoding) => [format, encoding])))(
    "cut the connection when the store fails in the middle of %s (%s)",
    async (format, encoding) => {
      await using api = await startApi();
      api.store.source = function* () {
        for (let count = 0; count < 5000; count += 1) yield makeCamera({ id: `demo:${count}` });
        throw new Error("disk on fire");
      };
      const response = await open(api, `/api/cameras.${format}`, { headers: { "accept-encoding": encoding } });
      expect(response.statusCode).toBe(200);
      await expect(text(response)).rejects.toThrow("aborted");
      expect(api.errors.join()).toContain("disk on fire");
      expect(api.store.iterations).toEqual({ begun: 1, closed: 1 });
    },
  );

  it("close the store's iteration when the client goes", async () => {
    await using api = await startApi();
    const closed = Promise.withResolvers<void>();
    api.store.source = function* () {
      try {
        for (let count = 0; ; count += 1) yield makeCamera({ id: `demo:${count}` });
      } finally {
        closed.resolve();
      }
    };
    const response = await open(api, "/api/cameras.ndjson");
    await once(response, "readable");
    response.destroy();
    await closed.promise;
    expect(api.errors).toEqual([]);
  });

  it.each(["identity", "gzip"])(
    "go no faster than the client reads, so that memory stays flat (%s)",
    async (encoding) => {
      await using api = await startApi();
      let produced = 0;
      const total = 40_000;
      // Random and longer in all than gzip's window, or gzip would make too little of it.
      const texts = Array.from({ length: 100 }, () => randomBytes(600).toString("base64"));
      api.store.source = function* () {
        for (; produced < total; produced += 1) {
          yield makeCamera({ id: `demo:${produced}`, description: texts[produced % texts.length] ?? "" });
        }
      };
      const response = await open(api, "/api/cameras.ndjson", { headers: { "accept-encoding": encoding } });
      await once(response, "readable");
      // Not a byte is read: the kernel's buffers fill, and then the store must be left alone. Between two looks other
      // connections are served whole, so a producer that did not wait would have gone on.
      let before = -1;
      while (produced !== before) {
        before = produced;
        for (let round = 0; round < 20; round += 1) await ask(api, "/api/health");
      }
      expect(produced).toBeLessThan(total / 2);
      let received = 0;
      for await (const chunk of response) received += (chunk as Buffer).length;
      expect(produced).toBe(total);
      expect(received).toBeGreaterThan(20 * MIB);
    },
    60_000,
  );

  it("answer HEAD without touching a camera", async () => {
    await using api = await startApi();
    expect(await ask(api, "/api/cameras.csv", { method: "HEAD" })).toMatchObject({ status: 200, body: "" });
    expect(api.store.iterations.begun).toBe(0);
  });
});

describe("GeoJSON", () => {
  it("is a FeatureCollection whose geometry is null where the position is unknown", async () => {
    await using api = await startApi();
    api.store.cameras = [
      makeCamera({ lat: 51.5, lon: -0.1 }),
      makeCamera({ id: "demo:2", lat: null, lon: null }),
      makeCamera({ id: "demo:3", lat: 0, lon: 9.4 }),
    ];
    const collection = JSON.parse((await ask(api, "/api/cameras.geojson")).body) as CameraFeatureCollection;
    expect(CameraFeatureCollection.parse(collection)).toEqual(collection);
    expect(collection.features.map((feature) => feature.geometry?.coordinates ?? null)).toEqual([
      [-0.1, 51.5],
      null,
      [9.4, 0],
    ]);
    expect(collection.features[0]).toMatchObject({ id: "demo:1", properties: api.store.cameras[0] });
  });

  it("holds the named fields only", async () => {
    await using api = await startApi();
    const { body } = await ask(api, "/api/cameras.geojson?fields=id,stream_kind,country&country=GB");
    const { features } = JSON.parse(body) as { features: { properties: Partial<Camera> }[] };
    expect(features.map((feature) => feature.properties)).toEqual([
      { id: "demo:1", stream_kind: "mjpeg", country: "GB" },
    ]);
  });

  it.each(["fields=colour", "fields=", "fields=id,,name", "fields=constructor", "fields=__proto__"])(
    "refuses %s",
    async (query) => {
      await using api = await startApi();
      expect(await refusal(api, `/api/cameras.geojson?${query}`)).toMatchObject({
        status: 400,
        message: expect.stringContaining("fields"),
      });
    },
  );

  it("takes fields in no other format, rather than ignore them", async () => {
    await using api = await startApi();
    expect(await refusal(api, "/api/cameras.csv?fields=id")).toMatchObject({
      status: 400,
      message: expect.stringContaining("fields"),
    });
  });

  it("is confirmed by ETag until the store changes, the query differs or the server is another", async () => {
    await using api = await startApi();
    const first = await ask(api, "/api/cameras.geojson");
    const etag = String(first.headers.etag);
    expect(etag).toMatch(/^W\/"/u);
    const conditional = { headers: { "if-none-match": etag } };
    expect(await ask(api, "/api/cameras.geojson", conditional)).toMatchObject({ status: 304, body: "" });
    expect(api.store.iterations.begun).toBe(1);
    expect((await ask(api, "/api/cameras.geojson?country=GB", conditional)).status).toBe(200);
    await using other = await startApi();
    expect((await ask(other, "/api/cameras.geojson", conditional)).status).toBe(200);
    api.store.changeSequence += 1;
    expect((await ask(api, "/api/cameras.geojson", conditional)).status).toBe(200);
  });
});
