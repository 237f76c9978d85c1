import { afterAll, beforeAll, describe, it } from "vitest";

import { CameraStore, openStore, type StoreOptions } from "./camera-store.ts";
import { storeContract } from "./testing/index.ts";
import { openTestPostgres, type TestPostgres } from "./test-support/postgres-server.ts";
import { TempFolder } from "./test-support/temp-folder.ts";

/** For tests that wait for the disk hundreds of times. */
const SLOW_MS = 60_000;
const folder = new TempFolder();
afterAll(() => folder[Symbol.dispose]());

type Open = (options: StoreOptions) => Promise<CameraStore>;

const onFile: Open = (options) => openStore({ ...options, url: folder.file() });
const kinds: readonly [name: string, open: Open, index: "memory" | "none"][] = [
  ["in memory", async (options) => new CameraStore(options), "memory"],
  ["on SQLite", onFile, "memory"],
  ["on SQLite, without an index", onFile, "none"],
];

describe.each(kinds)("a store %s", (_name, open, index) => {
  const contract = storeContract((options) => open({ ...options, index }), { index });
  it.each(contract)("$name", { timeout: SLOW_MS }, ({ test }) => test());
});

describe("a store on PostgreSQL", () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await openTestPostgres({ url: process.env["ARGUS_TEST_POSTGRES_URL"] });
  }, SLOW_MS);
  afterAll(() => server?.[Symbol.asyncDispose]());

  describe.each(["memory", "none"] as const)("with index: %s", (index) => {
    const make = async (options: StoreOptions) => openStore({ ...options, index, url: await server.url() });
    it.each(storeContract(make, { index }))("$name", { timeout: SLOW_MS }, ({ test }) => test());
  });
});
