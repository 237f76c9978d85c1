import { describe, expect, it } from "vitest";

import { type ArgusClient, createArgusClient } from "./client.ts";
import { sendJson, serve } from "./testing/server.ts";

const ID = "6f8a3d1e-8a3c-4c57-9d52-0d1f6d6c7a01";
const AT = "2026-11-21T08:00:00.000Z";
const WALL = { name: "Morning", columns: 2, cells: ["demo:1", null] };
const CAMERA = "tfl:a/b";

type Call = (client: ArgusClient) => Promise<unknown>;

describe("a call that answers", () => {
  it.each([
    [
      "GET /api/favourites?after=a%3A1&limit=5",
      "",
      { total: 0 },
      { total: 0 },
      (client) => client.favourites({ after: "a:1", limit: 5 }),
    ],
    ["GET /api/favourites", "", { total: 0 }, { total: 0 }, (client) => client.favourites()],
    ["GET /api/favourites/tfl%3Aa%2Fb", "", { favourite: null }, null, (client) => client.favourite(CAMERA)],
    [
      "PUT /api/favourites/tfl%3Aa%2Fb",
      "",
      { added_at: AT },
      { added_at: AT },
      (client) => client.addFavourite(CAMERA),
    ],
    ["GET /api/notes?limit=1", "", {}, {}, (client) => client.notes({ limit: 1 })],
    ["GET /api/notes/tfl%3Aa%2Fb", "", { note: { text: "x" } }, { text: "x" }, (client) => client.note(CAMERA)],
    ["PUT /api/notes/tfl%3Aa%2Fb", '{"text":"x"}', {}, {}, (client) => client.saveNote(CAMERA, "x")],
    ["GET /api/collections", "", { collections: [1] }, [1], (client) => client.collections()],
    [
      "GET /api/collections?camera=tfl%3Aa%2Fb",
      "",
      { collections: [] },
      [],
      (client) => client.collections({ cameraId: CAMERA }),
    ],
    [`GET /api/collections/${ID}`, "", {}, {}, (client) => client.collection(ID)],
    ["POST /api/collections", '{"name":"x"}', {}, {}, (client) => client.createCollection({ name: "x" })],
    [
      `PUT /api/collections/${ID}`,
      '{"name":"x","description":null}',
      {},
      {},
      (client) => client.renameCollection(ID, { name: "x", description: null }),
    ],
    [
      `GET /api/collections/${ID}/cameras?after=a%3A1`,
      "",
      {},
      {},
      (client) => client.collectionCameras(ID, { after: "a:1" }),
    ],
    [
      `POST /api/collections/${ID}/cameras`,
      '{"add":["a:1"]}',
      {},
      {},
      (client) => client.changeCollectionCameras(ID, { add: ["a:1"] }),
    ],
    ["GET /api/walls", "", { walls: [] }, [], (client) => client.walls()],
    [`GET /api/walls/${ID}`, "", {}, {}, (client) => client.wall(ID)],
    ["POST /api/walls", JSON.stringify(WALL), {}, {}, (client) => client.createWall(WALL)],
    [`PUT /api/walls/${ID}`, JSON.stringify(WALL), {}, {}, (client) => client.saveWall(ID, WALL)],
    ["POST /api/personal", '{"version":1}', {}, {}, (client) => client.mergePersonal('{"version":1}')],
  ] satisfies [string, string, unknown, unknown, Call][])("%s %s", async (asked, body, answer, result, call) => {
    await using server = await serve((_asked, response) => sendJson(response, answer));
    expect(await call(createArgusClient({ baseUrl: server.url }))).toEqual(result);
    expect(server.asked.map(({ method, url }) => `${method} ${url}`)).toEqual([asked]);
    expect(server.asked).toMatchObject([{ body, headers: { accept: "application/json" } }]);
    expect(server.asked[0]?.headers["content-type"]).toBe(body === "" ? undefined : "application/json");
    expect(server.asked[0]?.headers["if-match"]).toBeUndefined();
  });

  it.each([
    ["DELETE /api/favourites/tfl%3Aa%2Fb", (client) => client.removeFavourite(CAMERA)],
    ["DELETE /api/notes/tfl%3Aa%2Fb", (client) => client.removeNote(CAMERA)],
    [`DELETE /api/collections/${ID}`, (client) => client.removeCollection(ID)],
    [`DELETE /api/walls/${ID}`, (client) => client.removeWall(ID)],
    ["DELETE /api/cameras/tfl%3Aa%2Fb", (client) => client.removeCamera(CAMERA)],
  ] satisfies [string, Call][])("%s with nothing", async (asked, call) => {
    await using server = await serve((_asked, response) => response.writeHead(204).end());
    expect(await call(createArgusClient({ baseUrl: server.url }))).toBeUndefined();
    expect(server.asked.map(({ method, url }) => `${method} ${url}`)).toEqual([asked]);
  });

  it("with a page instead of nothing is another program's", async () => {
    await using server = await serve((_asked, response) => response.end("<!doctype html>"));
    await expect(createArgusClient({ baseUrl: server.url }).removeWall(ID)).rejects.toMatchObject({
      code: "ARGUS_CLIENT_ANSWER_INVALID",
    });
  });
});

describe("a write that must not overwrite another's", () => {
  it.each([
    [(client) => client.saveNote(CAMERA, "x", { unchangedSince: AT }), { "if-match": `"${AT}"` }],
    [(client) => client.saveNote(CAMERA, "x", { unchangedSince: null }), { "if-none-match": "*" }],
    [(client) => client.saveWall(ID, WALL, { unchangedSince: AT }), { "if-match": `"${AT}"` }],
  ] satisfies [Call, object][])("%s says what it must be", async (call, headers) => {
    await using server = await serve((_asked, response) => sendJson(response, {}));
    await call(createArgusClient({ baseUrl: server.url }));
    expect(server.asked).toMatchObject([{ headers: { ...headers, "content-type": "application/json" } }]);
  });

  it("is told so by its code", async () => {
    const error = { code: "ARGUS_PERSONAL_CONFLICT", message: "changed" };
    await using server = await serve((_asked, response) => sendJson(response, { error }, 412));
    const removing = createArgusClient({ baseUrl: server.url }).removeWall(ID, { unchangedSince: AT });
    await expect(removing).rejects.toMatchObject({ code: "ARGUS_PERSONAL_CONFLICT", status: 412, retryable: false });
  });
});

describe("an import", () => {
  const CSV = "id,name\n1,Ä\n";
  const sent = async (call: Call): Promise<{ url: string; type: string | undefined; body: string }> => {
    await using server = await serve((_asked, response) => sendJson(response, {}));
    await call(createArgusClient({ baseUrl: server.url }));
    const [{ url, headers, body } = { url: "", headers: {}, body: "" }] = server.asked;
    return { url, type: headers["content-type"], body };
  };

  it("sends the file as it is, a string or a file of the page, and how it is to be read", async () => {
    expect(await sent((client) => client.previewImport(CSV))).toEqual({
      url: "/api/imports/preview",
      type: "application/octet-stream",
      body: CSV,
    });
    const options = { format: "csv", source_id: "own-x", columns: { lat: "Breite", name: "a:b" } } as const;
    expect(await sent((client) => client.previewImport(new Blob([CSV]), options))).toEqual({
      url: "/api/imports/preview?format=csv&source_id=own-x&column=lat%3ABreite&column=name%3Aa%3Ab",
      type: "text/csv",
      body: CSV,
    });
  });

  it("is stored by the preview's digest", async () => {
    const options = { digest: "d1", skipBad: true, licence: "MIT" };
    expect((await sent((client) => client.importCameras(CSV, options))).url).toBe(
      "/api/imports?licence=MIT&digest=d1&skip_bad=yes",
    );
    expect((await sent((client) => client.importCameras(CSV, { digest: "d1" }))).url).toBe("/api/imports?digest=d1");
  });
});

it("has the address of the document of all personal things", () => {
  expect(createArgusClient({ baseUrl: "http://a:1/" }).personalUrl()).toBe("http://a:1/api/personal.json");
});
