import type { ServerResponse } from "node:http";

import { createArgusClient } from "@argus/client";
import { loadConfig, type RunningServer, startServer } from "@argus/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { openOrigin, type Origin } from "../support/origin.ts";
import { makeScratch, type Scratch } from "../support/scratch.ts";
import { scrapeToEnd } from "../support/scrape-end.ts";
import { writeSettings } from "../support/settings.ts";
import { writeSourceApp } from "../support/source-package.ts";

const CAMERAS = ["a", "b", "c", "d"];
const SOURCE = {
  id: "turning",
  scrape: `for (const id of ${JSON.stringify(CAMERAS)}) await ctx.emit(camera(id, { stream_url: ctx.options.base_url + "/cameras/" + id, refresh_s: 1 }));`,
  more: `async resolve({ id }, ctx) {
    const search = { camera: id, pid: process.pid };
    const { path } = await ctx.http.json(ctx.options.base_url + "/now", z.object({ path: z.string() }), { search });
    return { stream_url: ctx.options.base_url + path, expires_in_s: 3600 };
  },`,
};

/** A JPEG by its structure, another for every number. */
function jpeg(number: number): Buffer {
  const comment = [0xff, 0xfe, 0, 3, number];
  const frame = [0xff, 0xc0, 0, 11, 8, 0, 8, 0, 16, 1, 1, 0x11, 0];
  return Buffer.from([0xff, 0xd8, ...comment, ...frame, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3, 0xff, 0xd9]);
}

describe("cameras whose addresses rotate", () => {
  let scratch: Scratch;
  let origin: Origin;
  let server: RunningServer;
  /** What the origin's addresses hold at the moment; every other has expired. */
  let token = 1;
  const asked: URLSearchParams[] = [];
  const ask = (path: string): Promise<Response> => fetch(new URL(path, server.url));

  beforeAll(async () => {
    scratch = await makeScratch("rotating");
    const pictures = [1, 2, 3].map((number) => [
      `/pictures/${number}.jpg`,
      (_: unknown, response: ServerResponse) =>
        void response.writeHead(number === token ? 200 : 403).end(number === token ? jpeg(number) : "expired"),
    ]);
    origin = await openOrigin({
      ...Object.fromEntries(pictures),
      "/now": (request, response) => {
        asked.push(new URL(request.url ?? "", "http://origin").searchParams);
        response.end(JSON.stringify({ path: `/pictures/${token}.jpg` }));
      },
    });
    await writeSettings(scratch.path, {
      egress: { allow: ["127.0.0.1/32"] },
      sources: { turning: { base_url: origin.url } },
    });
    const home = {
      HOME: scratch.path,
      XDG_CONFIG_HOME: `${scratch.path}/config`,
      XDG_DATA_HOME: `${scratch.path}/data`,
    };
    const config = await loadConfig({ port: "0" }, home);
    server = await startServer({ config, env: {}, sourcesFrom: await writeSourceApp(scratch.path, [SOURCE]) });
    await scrapeToEnd(createArgusClient({ baseUrl: server.url }), ["turning"]);
  });

  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await origin?.[Symbol.asyncDispose]();
    await scratch?.[Symbol.asyncDispose]();
  });

  it("show their pictures wherever those are, after one question for each and one start for all", async () => {
    const pictures = await Promise.all(CAMERAS.map((id) => ask(`/api/cameras/turning:${id}/snapshot`)));
    for (const picture of pictures) expect(Buffer.from(await picture.arrayBuffer())).toEqual(jpeg(1));
    expect(asked).toHaveLength(CAMERAS.length);
    expect(new Set(asked.map((search) => search.get("camera")))).toEqual(new Set(CAMERAS));
    expect(new Set(asked.map((search) => search.get("pid"))).size).toBe(1);
  });

  it("are asked about again when the origin refuses an address, and only then", async () => {
    const before = asked.length;
    const snapshot = async () => Buffer.from(await (await ask("/api/cameras/turning:a/snapshot")).arrayBuffer());
    token = 2;
    await expect.poll(snapshot, { timeout: 10_000 }).toEqual(jpeg(2));
    expect(asked).toHaveLength(before + 1);
  });

  it("move on in a stream that was open when the address expired", async () => {
    token = 2;
    const leave = new AbortController();
    const answer = await fetch(new URL("/api/cameras/turning:b/stream", server.url), { signal: leave.signal });
    const reader = answer.body?.getReader();
    const until = async (number: number): Promise<void> => {
      let seen = Buffer.alloc(0);
      while (!seen.includes(jpeg(number))) {
        const { value, done } = (await reader?.read()) ?? { done: true };
        if (done) throw new Error("the stream has ended");
        seen = Buffer.concat([seen, value]);
      }
    };
    await until(2);
    token = 3;
    await until(3);
    leave.abort();
  });

  it("come by the address that stays, and by no other", async () => {
    const proxied = (path: string) => ask(`/api/stream/proxy?url=${encodeURIComponent(origin.url + path)}`);
    const moving = await proxied("/cameras/c");
    expect(moving.status).toBe(200);
    await moving.body?.cancel();
    expect((await proxied(`/pictures/${token}.jpg`)).status).toBe(403);
  });
});
