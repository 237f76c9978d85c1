import { describe, expect, it } from "vitest";

import { makeCamera } from "../testing/cameras.ts";
import { ask, refusal, startApi } from "../testing/server.ts";

describe("GET /api/cameras", () => {
  it("hands every parameter to the store, parsed", async () => {
    await using api = await startApi();
    const { status, body } = await ask(
      api,
      "/api/cameras?q=bridge&country=GB&country=FR&bbox=-1,50,2,53&near=0,51.5,20&limit=5&sort=distance&cursor=x",
    );
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({ cameras: api.store.cameras, total: 1, next_cursor: null });
    expect(api.store.queries).toEqual([
      {
        q: "bridge",
        country: ["GB", "FR"],
        bbox: [-1, 50, 2, 53],
        near: { lon: 0, lat: 51.5, km: 20 },
        limit: 5,
        sort: "distance",
        cursor: "x",
      },
    ]);
  });

  it.each(["bbox=1,2,3", "limit=1001", "limit=x", "contry=GB", "near=1", "gone=perhaps", "duplicates=no"])(
    "refuses %s by name, and asks the store nothing",
    async (query) => {
      await using api = await startApi();
      const name = query.split("=")[0];
      expect(await refusal(api, `/api/cameras?${query}`)).toMatchObject({
        status: 400,
        code: "ARGUS_QUERY_INVALID",
        message: expect.stringContaining(String(name)),
      });
      expect(api.store.queries).toEqual([]);
    },
  );

  it("answers a cursor that the store does not take with 400", async () => {
    await using api = await startApi();
    expect(await refusal(api, "/api/cameras?cursor=bad")).toMatchObject({
      status: 400,
      code: "ARGUS_STORE_CURSOR_INVALID",
    });
  });

  it("confirms an unchanged page by ETag", async () => {
    await using api = await startApi();
    const { headers } = await ask(api, "/api/cameras");
    expect(headers["cache-control"]).toBe("no-cache");
    const again = await ask(api, "/api/cameras", { headers: { "if-none-match": String(headers.etag) } });
    expect(again).toMatchObject({ status: 304, body: "" });
  });
});

describe("GET /api/cameras/:id/duplicates", () => {
  it("answers with the others that show the same view, and 404 for a camera nobody knows", async () => {
    await using api = await startApi();
    const other = makeCamera({ id: "tfl:2", duplicate_of: "demo:1" });
    api.store.cameras = [makeCamera({ id: "demo:1" }), other];
    const { status, body } = await ask(api, "/api/cameras/demo%3A1/duplicates");
    expect([status, JSON.parse(body)]).toEqual([200, { cameras: [other] }]);
    const unknown = await refusal(api, "/api/cameras/demo%3A9/duplicates");
    expect(unknown).toMatchObject({ status: 404, code: "ARGUS_CAMERA_UNKNOWN" });
  });
});

describe("GET /api/cameras/:id", () => {
  it.each(["demo:1", "insecam:847392", "tfl:a/b", "demo:東京", "demo:50%25"])(
    "finds %s by its encoded id, gone ones too",
    async (id) => {
      await using api = await startApi();
      api.store.cameras = [makeCamera({ id, gone_at: "2026-11-21T08:00:00.000Z" })];
      const { status, body } = await ask(api, `/api/cameras/${encodeURIComponent(id)}`);
      expect(status).toBe(200);
      expect(JSON.parse(body)).toEqual(api.store.cameras[0]);
    },
  );

  it("answers 404 with the id cut short", async () => {
    await using api = await startApi();
    const told = await refusal(api, `/api/cameras/demo%3A${"x".repeat(5000)}`);
    expect(told).toMatchObject({
      status: 404,
      code: "ARGUS_CAMERA_UNKNOWN",
      message: expect.stringContaining("demo:xxx"),
    });
    expect(told.message.length).toBeLessThan(200);
  });
});

describe("GET /api/facets", () => {
  it("counts under a filter, which has no pages", async () => {
    await using api = await startApi();
    expect(JSON.parse((await ask(api, "/api/facets?country=FR")).body)).toMatchObject({
      source: [{ value: "demo", count: 0 }],
    });
    expect(await refusal(api, "/api/facets?limit=3")).toMatchObject({
      status: 400,
      message: expect.stringContaining("limit"),
    });
  });
});

describe("GET /api/extent", () => {
  it("tells the box of a filter, across the antimeridian too, and how many are in it", async () => {
    await using api = await startApi();
    api.store.cameras = [makeCamera({ lon: 179, lat: -18 }), makeCamera({ id: "demo:2", lon: null, lat: null })];
    api.store.bbox = [179, -18, -179, -17];
    expect(JSON.parse((await ask(api, "/api/extent?country=GB")).body)).toEqual({
      bbox: [179, -18, -179, -17],
      located: 1,
    });
    expect(api.store.queries).toEqual([{ country: ["GB"] }]);
  });

  it("has no box where nothing is located, and no pages", async () => {
    await using api = await startApi();
    api.store.cameras = [];
    expect(JSON.parse((await ask(api, "/api/extent")).body)).toEqual({ bbox: null, located: 0 });
    expect(await refusal(api, "/api/extent?sort=name")).toMatchObject({ status: 400, code: "ARGUS_QUERY_INVALID" });
  });
});
