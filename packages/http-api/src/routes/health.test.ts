import { Health } from "@argus/core";
import { expect, it } from "vitest";

import { ask, refusal, startApi } from "../testing/server.ts";

it("tells version, uptime and what the store holds", async () => {
  await using api = await startApi({ startedAt: 1_000, clock: () => 91_000 });
  const { status, body } = await ask(api, "/api/health");
  expect(status).toBe(200);
  const health = JSON.parse(body) as unknown;
  expect(health).toEqual({ status: "ready", version: "1.2.3", uptime_s: 90, store: { engine: "memory", cameras: 1 } });
  expect(Health.safeParse(health).success).toBe(true);
});

it("answers 503 with the reason while the store is not connected", async () => {
  await using api = await startApi();
  api.store.connected = false;
  expect(await refusal(api, "/api/health")).toMatchObject({ status: 503, message: expect.stringContaining("store") });
  api.store.connected = true;
  expect((await ask(api, "/api/health")).status).toBe(200);
});

it("answers 503 with the app's own reason, and once the server stops", async () => {
  let reason: string | null = "the basemap is being unpacked";
  await using api = await startApi({ ready: () => reason });
  expect(await refusal(api, "/api/health")).toEqual({ status: 503, code: "ARGUS_HEALTH_NOT_READY", message: reason });
  reason = null;
  expect((await ask(api, "/api/health")).status).toBe(200);
  api.stop.abort();
  expect((await ask(api, "/api/health")).status).toBe(503);
});
