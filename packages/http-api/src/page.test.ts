import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { ask, refusal, startApi } from "./testing/server.ts";

const SCRIPT = `console.log(${JSON.stringify("x".repeat(4000))});`;
let folder: string;

beforeEach(async () => {
  // Under a hidden folder, as a package manager's store may be.
  folder = join(await mkdtemp(join(tmpdir(), "argus-page-")), ".hidden", "dist");
  await mkdir(join(folder, "assets"), { recursive: true });
  await writeFile(join(folder, "index.html"), "<!doctype html><title>Argus</title>");
  await writeFile(join(folder, "favicon.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
  await writeFile(join(folder, "assets", "index-4f3a.js"), SCRIPT);
  await writeFile(join(folder, "..", "secret.txt"), "secret");
});

afterEach(async () => {
  await rm(join(folder, "..", ".."), { recursive: true });
});

describe("the page", () => {
  it("is asked for again each time, and confirmed by ETag", async () => {
    await using api = await startApi({ page: folder });
    const { status, headers, body } = await ask(api, "/");
    expect({ status, cache: headers["cache-control"] }).toEqual({ status: 200, cache: "no-cache" });
    expect(body).toContain("<title>Argus</title>");
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect((await ask(api, "/", { headers: { "if-none-match": String(headers.etag) } })).status).toBe(304);
    expect((await ask(api, "/favicon.svg")).headers).toMatchObject({
      "cache-control": "no-cache",
      "content-type": "image/svg+xml",
    });
  });

  it("refuses a range it cannot give and a condition it does not meet", async () => {
    await using api = await startApi({ page: folder });
    expect(await refusal(api, "/index.html", { headers: { range: "bytes=99999-" } })).toMatchObject({
      status: 416,
      code: "ARGUS_REQUEST_RANGE",
    });
    expect(await refusal(api, "/index.html", { headers: { "if-match": '"other"' } })).toMatchObject({
      status: 412,
      code: "ARGUS_REQUEST_PRECONDITION",
    });
    expect(api.errors).toEqual([]);
  });

  it("has assets that are kept for ever, and compressed", async () => {
    await using api = await startApi({ page: folder });
    const answer = await fetch(`${api.url}/assets/index-4f3a.js`, { headers: { "accept-encoding": "br" } });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "cache-control": "public, max-age=31536000, immutable",
      "content-encoding": "br",
      "content-type": "text/javascript; charset=utf-8",
    });
    expect(await answer.text()).toBe(SCRIPT);
  });

  it.each([
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/assets",
    "/assets/index-0000.js",
    "/%00",
    "/cameras/demo:1",
    "//evil.example/",
  ])("is nothing at %s", async (path) => {
    await using api = await startApi({ page: folder });
    expect(await refusal(api, path)).toMatchObject({ status: 404, code: "ARGUS_ROUTE_UNKNOWN" });
  });

  it("takes nothing but GET", async () => {
    await using api = await startApi({ page: folder });
    expect(await refusal(api, "/", { method: "POST" })).toMatchObject({ status: 405, code: "ARGUS_REQUEST_METHOD" });
  });

  it("says how to build it while it is not there, to people and to programs", async () => {
    await using api = await startApi({ page: join(folder, "<nowhere>") });
    const page = await ask(api, "/", { headers: { accept: "text/html,*/*;q=0.8" } });
    expect({ status: page.status, type: page.headers["content-type"] }).toEqual({
      status: 503,
      type: "text/html; charset=utf-8",
    });
    expect(page.body).toContain("pnpm build");
    expect(page.body).toContain("&lt;nowhere>");
    expect(await refusal(api, "/")).toMatchObject({
      status: 503,
      code: "ARGUS_PAGE_MISSING",
      message: expect.stringContaining("pnpm build"),
    });
    expect((await ask(api, "/api/health")).status).toBe(200);
  });
});
