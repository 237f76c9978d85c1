import { request } from "node:http";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type ArgusProcess, serve } from "../support/argus-process.ts";
import { makeScratch, type Scratch } from "../support/scratch.ts";
import { scrapeToEnd } from "../support/scrape-end.ts";

describe("requests that make no sense", () => {
  let scratch: Scratch;
  let argus: ArgusProcess;

  beforeAll(async () => {
    scratch = await makeScratch("queries");
    argus = await serve({ home: scratch.path });
    await scrapeToEnd(argus.client, ["demo"]);
  });

  afterAll(async () => {
    await argus?.[Symbol.asyncDispose]();
    await scratch?.[Symbol.asyncDispose]();
  });

  it.each([
    ["/api/cameras?bbox=1,2,3", 400, "bbox"],
    ["/api/cameras?bbox=a,b,c,d", 400, "bbox"],
    ["/api/cameras?limit=1001", 400, "limit"],
    ["/api/cameras?limit=-1", 400, "limit"],
    ["/api/cameras?cursor=broken", 400, "cursor"],
    ["/api/cameras?colour=red", 400, "colour"],
    ["/api/facets?near=1,2", 400, "near"],
    ["/api/cameras.csv?kind=webm", 400, "kind"],
    ["/api/cameras/demo%3Anowhere", 404, "demo:nowhere"],
    ["/api/stream/proxy?url=http%3A%2F%2F127.0.0.1%2F", 403, "127.0.0.1"],
    ["/api/nothing", 404, "/api/nothing"],
  ])("are answered with the thing at fault: %s", async (path, status, named) => {
    const answer = await fetch(new URL(path, argus.url));
    expect(answer.status).toBe(status);
    const { error } = (await answer.json()) as { error: { code: string; message: string } };
    expect(error.code).toMatch(/^ARGUS_/u);
    expect(error.message).toContain(named);
  });

  it("are refused when they come for another host or from another site", async () => {
    expect(await statusWith({ host: "argus.attacker.example" })).toBe(403);
    expect(await statusWith({ origin: "https://attacker.example" })).toBe(403);
    expect(await statusWith({ origin: argus.url })).toBe(200);
  });

  it("change nothing", async () => {
    expect((await argus.client.health()).store.cameras).toBe(60);
  });

  function statusWith(headers: Record<string, string>): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      request(new URL("/api/health", argus.url), { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .once("error", reject)
        .end();
    });
  }
});
