import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

import { createArgusClient } from "@argus/client";
import { afterEach, describe, expect, it } from "vitest";

import { createApi } from "./api.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function apiOf(answer: RequestListener) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return createApi(createArgusClient({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }));
}

const neverAborted = new AbortController().signal;

describe("explainStream", () => {
  it("tells the server's reason and code", async () => {
    const api = await apiOf((_request, response) => {
      response.writeHead(502).end('{"error":{"code":"ARGUS_STREAM_TIMEOUT","message":"cam.example took 10 s"}}');
    });
    const error = await api.explainStream("demo:1", neverAborted);
    expect(error).toMatchObject({ code: "ARGUS_STREAM_TIMEOUT", message: "cam.example took 10 s" });
  });

  it("tells the status where something else than Argus answered", async () => {
    const api = await apiOf((_request, response) => void response.writeHead(504).end("<h1>Gateway"));
    expect(await api.explainStream("demo:1", neverAborted)).toMatchObject({ message: "the server answered 504" });
  });

  it("finds nothing wrong with a stream that plays, and does not go on watching it", async () => {
    const left = Promise.withResolvers<void>();
    const api = await apiOf((_request, response) => {
      response.writeHead(200, { "content-type": "multipart/x-mixed-replace; boundary=b" }).write("--b\r\n");
      response.on("close", () => left.resolve());
    });
    expect(await api.explainStream("demo:1", neverAborted)).toBeNull();
    await left.promise;
  });
});

describe("a tile", () => {
  const filter = { country: ["GB"], favourite: "yes" } as const;
  const answering = (answer: Response) => {
    const asked: string[] = [];
    const fetch = async (url: string) => (asked.push(url), answer);
    return { asked, api: createApi(createArgusClient(), fetch as typeof globalThis.fetch) };
  };

  it("is asked for under the filter, and named so that those of two filters are never taken for the same", async () => {
    const { api, asked } = answering(new Response(new Uint8Array([1, 2]), { headers: { etag: '"7"' } }));
    const tile = await api.tile({ z: 3, x: 4, y: 2 }, { ...filter, country: [...filter.country] }, neverAborted);
    expect(asked).toEqual(["/api/tiles/3/4/2.mvt?country=GB&favourite=yes"]);
    expect([...new Uint8Array(tile.data)]).toEqual([1, 2]);
    expect(tile.etag).toBe(`${asked[0]} "7"`);
  });

  it("has no name where the server gives none, as for favourites, which change without the registry", async () => {
    const { api } = answering(new Response());
    expect(await api.tile({ z: 0, x: 0, y: 0 }, {}, neverAborted)).toEqual({ data: new ArrayBuffer(0) });
  });

  it("that is refused tells the server's reason", async () => {
    const body = { error: { code: "ARGUS_TILE_INVALID", message: "x is past the last column" } };
    const { api } = answering(Response.json(body, { status: 400 }));
    await expect(api.tile({ z: 0, x: 1, y: 0 }, {}, neverAborted)).rejects.toMatchObject(body.error);
  });
});
