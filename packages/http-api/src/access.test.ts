import { describe, expect, it } from "vitest";

import { ask, refusal, startApi } from "./testing/server.ts";

describe("access", () => {
  it("answers to the names it was given, in any case", async () => {
    await using api = await startApi();
    for (const host of [`127.0.0.1:${api.port}`, `LOCALHOST:${api.port}`]) {
      expect((await ask(api, "/api/health", { headers: { host } })).status).toBe(200);
    }
  });

  it.each(["evil.example", "127.0.0.1", "localhost:1", "localhost.:8765", "evil.example:8765"])(
    "refuses the Host header %j, and says which setting would allow it",
    async (host) => {
      await using api = await startApi();
      for (const path of ["/api/cameras", "/", "/assets/x.js", "/api/nothing"]) {
        const told = await refusal(api, path, { headers: { host } });
        expect(told).toMatchObject({
          status: 403,
          code: "ARGUS_ACCESS_HOST",
          message: expect.stringContaining("server.allowed_hosts"),
        });
      }
    },
  );

  it.each([
    "https://evil.example",
    "null",
    "http://127.0.0.1:1",
    "http://127.0.0.1",
    "file://",
    "ftp://127.0.0.1:8765",
    "not an origin",
  ])("refuses the Origin header %j", async (origin) => {
    await using api = await startApi();
    const told = await refusal(api, "/api/scrapes", {
      method: "POST",
      headers: { origin, "content-type": "application/json" },
      body: '{"sources":["demo"]}',
    });
    expect(told).toMatchObject({ status: 403, code: "ARGUS_ACCESS_ORIGIN" });
    expect(api.sources.started).toEqual([]);
  });

  it("takes its own page's Origin", async () => {
    await using api = await startApi();
    expect((await ask(api, "/api/health", { headers: { origin: `http://localhost:${api.port}` } })).status).toBe(200);
  });

  it.each([
    ["cross-site", "no-cors", "GET", 403],
    ["same-site", "cors", "GET", 403],
    ["cross-site", "navigate", "POST", 403],
    ["cross-site", "navigate", "GET", 200],
    ["same-origin", "cors", "GET", 200],
    ["none", "navigate", "GET", 200],
  ])("answers a %s %s %s with %i", async (site, mode, method, status) => {
    await using api = await startApi();
    const path = method === "POST" ? "/api/scrapes" : "/api/health";
    expect((await ask(api, path, { method, headers: { "sec-fetch-site": site, "sec-fetch-mode": mode } })).status).toBe(
      status,
    );
  });
});
