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

describe("what the map and the counts ask for", () => {
  it("is located cameras only, with the fields the map draws", () => {
    const api = createApi(createArgusClient());
    const url = new URL(api.mapUrl({ country: ["GB"] }), "http://argus.invalid");
    expect(url.pathname).toBe("/api/cameras.geojson");
    expect([...url.searchParams.keys()].toSorted()).toEqual(["bbox", "country", "fields"]);
    expect(url.searchParams.get("bbox")).toBe("-180,-90,180,90");
    expect(url.searchParams.get("fields")?.split(",")).toContain("health_status");
  });

  it("is one camera where only the number is wanted", async () => {
    const asked: string[] = [];
    const api = await apiOf((request, response) => {
      asked.push(request.url ?? "");
      response.setHeader("content-type", "application/json").end('{"cameras":[],"total":482,"next_cursor":null}');
    });
    expect(await api.countLocated({}, neverAborted)).toBe(482);
    expect(asked[0]).toContain("limit=1");
  });
});
