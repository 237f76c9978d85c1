import { text } from "node:stream/consumers";

import { ArgusError } from "@argus/core";
import { describe, expect, it } from "vitest";

import { makeCamera } from "../testing/cameras.ts";
import { AT, COLLECTION, FAVOURITE, MERGE, NOTE, WALL } from "../testing/fake-personal.ts";
import { ask, open, refusal, startApi } from "../testing/server.ts";

const JSON_TYPE = { "content-type": "application/json" };
const body = (method: string, value: unknown, headers: Record<string, string> = {}) => ({
  method,
  headers: { ...JSON_TYPE, ...headers },
  body: JSON.stringify(value),
});
const { id } = COLLECTION;
const INPUT = { name: "Morning", columns: 2, cells: ["demo:1", null] };

describe("a call for personal things", () => {
  it.each([
    [
      "/api/favourites?after=demo%3A0&limit=5",
      undefined,
      200,
      { favourites: [FAVOURITE], total: 1, next: null },
      ["list", { after: "demo:0", limit: 5 }],
    ],
    ["/api/favourites/demo%3A1", undefined, 200, { favourite: FAVOURITE }, ["get", "demo:1"]],
    ["/api/favourites/tfl%3Aa%2Fb", undefined, 200, { favourite: null }, ["get", "tfl:a/b"]],
    ["/api/favourites/demo%3A1", { method: "PUT" }, 200, FAVOURITE, ["add", "demo:1"]],
    ["/api/favourites/demo%3A1", { method: "DELETE" }, 204, null, ["remove", "demo:1"]],
    ["/api/notes", undefined, 200, { notes: [NOTE], total: 1, next: null }, ["list", {}]],
    ["/api/notes/demo%3A1", undefined, 200, { note: NOTE }, ["get", "demo:1"]],
    ["/api/notes/demo%3A2", undefined, 200, { note: null }, ["get", "demo:2"]],
    ["/api/notes/demo%3A1", body("PUT", { text: " x " }), 200, NOTE, ["put", "demo:1", "x", {}]],
    ["/api/notes/demo%3A1", { method: "DELETE" }, 204, null, ["remove", "demo:1", {}]],
    ["/api/collections", undefined, 200, { collections: [COLLECTION] }, ["list"]],
    ["/api/collections?camera=demo%3A1", undefined, 200, { collections: [COLLECTION] }, ["of", "demo:1"]],
    ["/api/collections", body("POST", { name: "Bridges" }), 201, COLLECTION, ["create", { name: "Bridges" }]],
    [`/api/collections/${id}`, undefined, 200, COLLECTION, ["get", id]],
    [
      `/api/collections/${id}`,
      body("PUT", { name: "x", description: null }),
      200,
      COLLECTION,
      ["rename", id, { name: "x", description: null }],
    ],
    [`/api/collections/${id}`, { method: "DELETE" }, 204, null, ["remove", id]],
    [
      `/api/collections/${id}/cameras?limit=1`,
      undefined,
      200,
      { camera_ids: ["demo:1"], total: 1, next: null },
      ["cameraIds", id, { limit: 1 }],
    ],
    [
      `/api/collections/${id}/cameras`,
      body("POST", { add: ["demo:1"] }),
      200,
      { collection: COLLECTION, added: 1, removed: 0 },
      ["change", id, { add: ["demo:1"] }],
    ],
    ["/api/walls", undefined, 200, { walls: [WALL] }, ["list"]],
    ["/api/walls", body("POST", INPUT), 201, WALL, ["create", INPUT]],
    [`/api/walls/${WALL.id}`, undefined, 200, WALL, ["get", WALL.id]],
    [`/api/walls/${WALL.id}`, body("PUT", INPUT), 200, WALL, ["put", WALL.id, INPUT, {}]],
    [`/api/walls/${WALL.id}`, { method: "DELETE" }, 204, null, ["remove", WALL.id, {}]],
    ["/api/personal.json", undefined, 200, { format: "argus-personal" }, ["export"]],
    ["/api/personal", body("POST", { version: 1 }), 200, MERGE, ["merge", '{"version":1}']],
  ] satisfies [string, Parameters<typeof ask>[2], number, unknown, unknown[]][])(
    "%s %j is answered with %i",
    async (path, init, status, answer, asked) => {
      await using api = await startApi();
      const told = await ask(api, path, init);
      expect(told.status).toBe(status);
      expect(told.body === "" ? null : JSON.parse(told.body)).toEqual(answer);
      expect(api.store.personal.asked).toEqual([asked]);
    },
  );

  it.each([
    ["/api/favourites?limit=0", undefined, 400, "ARGUS_QUERY_INVALID", "limit"],
    ["/api/favourites?after=x", undefined, 400, "ARGUS_QUERY_INVALID", "after"],
    ["/api/favourites/none", { method: "PUT" }, 404, "ARGUS_CAMERA_UNKNOWN", "none"],
    ["/api/notes/demo%3A%00", undefined, 404, "ARGUS_CAMERA_UNKNOWN", "demo"],
    ["/api/notes/demo%3A1", body("PUT", { text: " " }), 422, "ARGUS_REQUEST_INVALID", "text"],
    ["/api/notes/demo%3A1", body("PUT", { text: "x", colour: "red" }), 422, "ARGUS_REQUEST_INVALID", "colour"],
    [
      "/api/notes/demo%3A1",
      body("PUT", { text: "x" }, { "content-type": "text/plain" }),
      415,
      "ARGUS_REQUEST_CONTENT_TYPE",
      "json",
    ],
    ["/api/collections/1", undefined, 404, "ARGUS_COLLECTION_UNKNOWN", "1"],
    [`/api/collections/${WALL.id}`, undefined, 404, "ARGUS_COLLECTION_UNKNOWN", WALL.id],
    ["/api/collections?cam=demo%3A1", undefined, 400, "ARGUS_QUERY_INVALID", "cam"],
    [`/api/collections/${id}/cameras`, body("POST", { add: ["1"] }), 422, "ARGUS_REQUEST_INVALID", "add.0"],
    [
      `/api/collections/${id}/cameras`,
      body("POST", { add: Array(1001).fill("a:1") }),
      422,
      "ARGUS_REQUEST_INVALID",
      "add",
    ],
    [`/api/collections/${id}`, { method: "PATCH" }, 405, "ARGUS_REQUEST_METHOD", "GET, HEAD, PUT, DELETE"],
    ["/api/walls", body("POST", { ...INPUT, columns: 0 }), 422, "ARGUS_REQUEST_INVALID", "columns"],
    [`/api/walls/${id}`, undefined, 404, "ARGUS_WALL_UNKNOWN", id],
    [
      "/api/personal",
      { ...body("POST", {}), headers: { "content-type": "text/plain" } },
      415,
      "ARGUS_REQUEST_CONTENT_TYPE",
      "json",
    ],
  ] satisfies [string, Parameters<typeof ask>[2], number, string, string][])(
    "%s %j is refused with %i %s",
    async (path, init, status, code, named) => {
      await using api = await startApi();
      expect(await refusal(api, path, init)).toEqual({ status, code, message: expect.stringContaining(named) });
    },
  );

  it("takes the longest note, however it is escaped", async () => {
    await using api = await startApi();
    const escaped = `{"text":"x${String.raw`\u0001`.repeat(9999)}"}`;
    expect((await ask(api, "/api/notes/demo%3A1", { method: "PUT", headers: JSON_TYPE, body: escaped })).status).toBe(
      200,
    );
  });
});

describe("a write with a precondition", () => {
  it.each([
    [{ "if-match": `"${AT}"` }, { unchangedSince: AT }],
    [{ "if-none-match": "*" }, { unchangedSince: null }],
  ])("with %j hands on what must be unchanged", async (headers, unchanged) => {
    await using api = await startApi();
    expect((await ask(api, "/api/notes/demo%3A1", body("PUT", { text: "x" }, headers))).status).toBe(200);
    expect(api.store.personal.asked).toEqual([["put", "demo:1", "x", unchanged]]);
  });

  it.each([{ "if-match": "*" }, { "if-match": `W/"${AT}"` }, { "if-match": '"a", "b"' }, { "if-none-match": '"a"' }])(
    "with %j is refused, for it would be ignored otherwise",
    async (headers) => {
      await using api = await startApi();
      expect(await refusal(api, `/api/walls/${WALL.id}`, { method: "DELETE", headers })).toMatchObject({
        status: 400,
        code: "ARGUS_REQUEST_MALFORMED",
      });
      expect(api.store.personal.asked).toEqual([]);
    },
  );

  it("is told the tag by every answer that shows the thing, and 412 when it was changed", async () => {
    await using api = await startApi();
    const tags = await Promise.all([
      ask(api, "/api/notes/demo%3A1"),
      ask(api, "/api/notes/demo%3A1", body("PUT", { text: "x" })),
      ask(api, `/api/walls/${WALL.id}`),
      ask(api, `/api/walls/${WALL.id}`, body("PUT", INPUT)),
      ask(api, "/api/walls", body("POST", INPUT)),
    ]);
    expect(tags.map(({ headers }) => headers.etag)).toEqual(Array(5).fill(`"${AT}"`));
    expect((await ask(api, "/api/notes/demo%3A1", { headers: { "if-none-match": `"${AT}"` } })).status).toBe(304);
    api.store.personal.error = new ArgusError("ARGUS_PERSONAL_CONFLICT", "changed");
    expect(await refusal(api, "/api/notes/demo%3A1", body("PUT", { text: "x" }))).toMatchObject({ status: 412 });
  });
});

describe("the document of all", () => {
  it("is a file to be saved", async () => {
    await using api = await startApi({ clock: () => Date.parse("2026-11-21T23:59:59Z") });
    const { headers } = await ask(api, "/api/personal.json");
    expect(headers["content-disposition"]).toBe('attachment; filename="argus-personal-2026-11-21.json"');
    expect((await ask(api, "/api/personal.json", { method: "HEAD" })).status).toBe(200);
    expect(api.store.personal.asked).toEqual([["export"]]);
  });

  it("cuts the connection when it fails in the middle", async () => {
    await using api = await startApi();
    api.store.personal.error = new ArgusError("ARGUS_STORE_READ_FAILED", "the disk");
    const response = await open(api, "/api/personal.json");
    await expect(text(response)).rejects.toMatchObject({ code: "ECONNRESET" });
  });
});

describe("DELETE /api/cameras/:id", () => {
  it("marks an imported camera gone, and no other", async () => {
    await using api = await startApi();
    api.store.cameras = [makeCamera(), makeCamera({ id: "own-home:1", source_id: "own-home" })];
    const remove = { method: "DELETE" };
    expect((await ask(api, "/api/cameras/own-home%3A1", remove)).status).toBe(204);
    expect(await refusal(api, "/api/cameras/demo%3A1", remove)).toMatchObject({
      status: 403,
      code: "ARGUS_CAMERA_NOT_OWN",
    });
    expect(await refusal(api, "/api/cameras/own%3A9", remove)).toMatchObject({
      status: 404,
      code: "ARGUS_CAMERA_UNKNOWN",
    });
    expect(api.store.retired).toEqual(["own-home:1"]);
  });

  it("is refused to another site's page", async () => {
    await using api = await startApi();
    const init = { method: "DELETE", headers: { origin: "https://evil.example" } };
    expect(await refusal(api, "/api/cameras/own%3A1", init)).toMatchObject({ code: "ARGUS_ACCESS_ORIGIN" });
    expect(await refusal(api, "/api/favourites/demo%3A1", init)).toMatchObject({ code: "ARGUS_ACCESS_ORIGIN" });
  });
});
