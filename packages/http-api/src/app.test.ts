import { readdirSync, readFileSync } from "node:fs";

import { ArgusError } from "@argus/core";
import { describe, expect, it } from "vitest";

import { STATUS_OF_CODE } from "./status-codes.ts";
import { ask, refusal, startApi } from "./testing/server.ts";

describe("createHttpApi", () => {
  it("answers an unknown API path with 404 and JSON that names it", async () => {
    await using api = await startApi();
    const told = await refusal(api, "/api/camera");
    expect(told).toMatchObject({
      status: 404,
      code: "ARGUS_ROUTE_UNKNOWN",
      message: expect.stringContaining("/api/camera"),
    });
    expect(await refusal(api, "/nothing")).toMatchObject({ status: 404, code: "ARGUS_ROUTE_UNKNOWN" });
  });

  it.each([
    ["PUT", "/api/cameras", "GET, HEAD"],
    ["POST", "/api/cameras/demo%3A1", "GET, HEAD, DELETE"],
    ["DELETE", "/api/scrapes", "POST, GET, HEAD"],
    ["POST", "/api/scrapes/current", "GET, HEAD, DELETE"],
    ["OPTIONS", "/api/health", "GET, HEAD"],
  ])("refuses %s %s with 405 and says what is allowed", async (method, path, allowed) => {
    await using api = await startApi();
    const { status, headers, body } = await ask(api, path, { method });
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: allowed });
    expect(JSON.parse(body)).toMatchObject({ error: { code: "ARGUS_REQUEST_METHOD" } });
  });

  it.each(["/api/cameras/%E0%A4%A", "/api/cameras?q=%", "/%ff"])(
    "answers the malformed URL %s with 400",
    async (path) => {
      await using api = await startApi();
      expect(await refusal(api, path)).toMatchObject({ status: 400, code: "ARGUS_REQUEST_MALFORMED" });
    },
  );

  it("keeps an unforeseen error to its log, and goes on", async () => {
    await using api = await startApi();
    api.store.get = async () => {
      throw new Error("secret detail");
    };
    const told = await refusal(api, "/api/cameras/demo%3A1");
    expect(told).toMatchObject({ status: 500, code: "ARGUS_INTERNAL" });
    expect(told.message).not.toContain("secret");
    expect(api.errors.join()).toContain("secret detail");
    expect((await ask(api, "/api/health")).status).toBe(200);
  });

  it.each(["/api/health", "/api/nothing", "/api/cameras.csv", "/api/cameras/demo%3A1/snapshot", "/"])(
    "protects %s with headers",
    async (path) => {
      await using api = await startApi();
      const { headers } = await ask(api, path);
      expect(headers["content-security-policy"]).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
      });
      expect(headers).not.toHaveProperty("x-powered-by");
    },
  );

  it("compresses JSON for who asks for it", async () => {
    await using api = await startApi();
    api.store.cameras = Array.from({ length: 50 }, () => ({ ...api.store.cameras[0]! }));
    const answer = await fetch(`${api.url}/api/cameras`, { headers: { "accept-encoding": "gzip" } });
    expect(answer.headers.get("content-encoding")).toBe("gzip");
    expect(await answer.json()).toMatchObject({ total: 50 });
  });

  it.each([
    [true, 503],
    [false, 500],
  ])("answers an error code it does not know by whether it passes (%s) with %i", async (retryable, status) => {
    await using api = await startApi();
    api.store.get = () => Promise.reject(new ArgusError("ARGUS_STORE_ODD", "why", { retryable }));
    expect(await refusal(api, "/api/cameras/demo%3A1")).toEqual({ status, code: "ARGUS_STORE_ODD", message: "why" });
  });

  it("has a status for every error code that its own files name", () => {
    const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter(
      (name) => /(?<!\.test)\.ts$/u.test(name) && !name.startsWith("testing"),
    );
    const codes = files.flatMap(
      (name) => readFileSync(`${import.meta.dirname}/${name}`, "utf8").match(/"ARGUS_[A-Z_]+"/gu) ?? [],
    );
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.map((code) => code.slice(1, -1)).filter((code) => !Object.hasOwn(STATUS_OF_CODE, code))).toEqual([]);
  });
});
