import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { openStore } from "../camera-store.ts";
import type { StoreEngine } from "../store-engine.ts";
import { countCameras, insertBatch, sampleRows } from "../test-support/engine-rows.ts";
import { openTestPostgres, type TestPostgres } from "../test-support/postgres-server.ts";
import { sample } from "../testing/sample.ts";
import { openPostgresEngine } from "./open-postgres-engine.ts";

const START_MS = 60_000;
const QUIET = { debug() {}, info() {}, warn() {}, error() {} };
const given = process.env["ARGUS_TEST_POSTGRES_URL"];
let server: TestPostgres;
const opened: StoreEngine[] = [];

beforeAll(async () => {
  server = await openTestPostgres({ url: given });
}, START_MS);
afterEach(async () => {
  await Promise.all(opened.splice(0).map((engine) => engine.close()));
});
afterAll(() => server[Symbol.asyncDispose]());

async function open(url: string): Promise<StoreEngine> {
  const engine = await openPostgresEngine(url, { busyTimeoutMs: 2000 });
  opened.push(engine);
  return engine;
}

/** Resolves when the engine next says that something has changed. */
function nextChange(engine: StoreEngine): Promise<void> {
  return new Promise((resolve) => {
    const stop = engine.onChange(() => {
      stop();
      resolve();
    });
  });
}

async function administer(url: string, statement: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rowCount ?? 0;
  } finally {
    await client.end();
  }
}

describe("a change", () => {
  it("by one program reaches the other, and not the one that made it", async () => {
    const url = await server.url();
    const [a, b] = [await open(url), await open(url)];
    const heard = nextChange(b);
    let echoes = 0;
    a.onChange(() => (echoes += 1));
    expect(b.changedElsewhere()).toBe(false);
    await insertBatch(a, sampleRows(1, 3));
    await heard;
    expect([b.changedElsewhere(), b.changedElsewhere(), a.changedElsewhere()]).toEqual([true, false, false]);
    expect(await countCameras(b)).toBe(3);
    // What the first heard by now would include an echo of its own: the other's answer comes after it.
    const answered = nextChange(a);
    await insertBatch(b, sampleRows(4, 1));
    await answered;
    expect(echoes).toBe(1);
  });

  it("of when a source was listed is told too, one that wrote nothing is not", async () => {
    const url = await server.url();
    const [a, b] = [await open(url), await open(url)];
    let times = 0;
    b.onChange(() => (times += 1));
    await a.write("reading only", ({ db }) => db.selectFrom("cameras").select("pk").execute());
    const failed = a.write("failing", async ({ db }) => {
      await db.deleteFrom("cameras").execute();
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow();
    const heard = nextChange(b);
    const row = { source_id: "a", complete_at: "2026-11-21T12:00:00.000Z" };
    await a.write("completing", ({ db }) => db.insertInto("source_state").values(row).execute());
    await heard;
    expect(times).toBe(1);
  });

  it("in another schema of the database is somebody else's", async () => {
    const url = await server.url();
    const [a, b, c] = [await open(url), await open(await server.url()), await open(url)];
    const heard = nextChange(c);
    await insertBatch(b, sampleRows(1, 1));
    await insertBatch(a, sampleRows(1, 1));
    await heard;
    expect([b.changedElsewhere(), c.changedElsewhere()]).toEqual([false, true]);
  });

  it("reaches everybody but those who no longer listen", async () => {
    const url = await server.url();
    const [a, b] = [await open(url), await open(url)];
    const heard: string[] = [];
    const stop = b.onChange(() => heard.push("first"));
    b.onChange(() => heard.push("second"));
    stop();
    stop();
    const last = nextChange(b);
    await insertBatch(a, sampleRows(1, 1));
    await last;
    expect(heard).toEqual(["second"]);
  });
});

describe("a listener whose connection is ended", () => {
  const endListeners = `select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = current_setting('application_name') and query like 'listen %'
      and pid <> pg_backend_pid()`;

  it("comes back by itself, says that something may have changed, and hears of what comes next", async () => {
    const url = await server.url();
    const [a, b] = [await open(url), await open(url)];
    const back = nextChange(b);
    expect(await administer(url, endListeners)).toBe(2);
    await insertBatch(a, sampleRows(1, 1));
    await back;
    expect(b.changedElsewhere()).toBe(true);
    const next = nextChange(b);
    await insertBatch(a, sampleRows(2, 1));
    await next;
    expect(await countCameras(b)).toBe(2);
  });

  it("closes in the middle of that", async () => {
    const url = await server.url();
    const engine = await open(url);
    await administer(url, endListeners);
    await engine.close();
  });
});

describe.skipIf(given !== undefined && given !== "")("a server that is restarted (not with a given one)", () => {
  it("under load: errors for a moment that say so, then everything works again, and nothing is missed", async () => {
    const url = await server.url();
    const [a, b] = [await open(url), await open(url)];
    await insertBatch(a, sampleRows(1, 10));
    const stored = { count: 10 };
    const errors: unknown[] = [];
    let isOver = false;
    const load = async (task: () => Promise<unknown>) => {
      while (!isOver) await task().catch((error: unknown) => errors.push(error));
    };
    const write = async () => {
      const pk = stored.count + 1;
      await insertBatch(a, sampleRows(pk, 1)).catch(async (error: unknown) => {
        errors.push(error);
        // Whether the commit went through is the server's to say.
        stored.count = await countCameras(a).catch(() => stored.count);
        throw error;
      });
      stored.count = pk;
    };
    const running = [
      load(write),
      load(() => countCameras(b)),
      load(() => b.search([{ token: "camera", isPrefix: true }])),
    ];
    const back = nextChange(b);
    await server.restart();
    await back;
    while (errors.length === 0) await countCameras(b).catch((error: unknown) => errors.push(error));
    isOver = true;
    await Promise.all(running);
    for (const error of errors) {
      expect(error).toMatchObject({
        code: expect.stringMatching(/^ARGUS_STORE_(?:READ|WRITE)_FAILED$/u),
        retryable: true,
      });
    }
    const next = nextChange(b);
    const before = await countCameras(a);
    await insertBatch(a, sampleRows(100_000, 1));
    await next;
    expect(await countCameras(b)).toBe(before + 1);
    expect(await b.check()).toEqual([]);
  }, 30_000);

  it("while nobody asks: the next to ask gets an answer, and the listener is back", async () => {
    const url = await server.url();
    const engine = await open(url);
    await countCameras(engine);
    const back = nextChange(engine);
    await server.restart();
    await back;
    expect(engine.changedElsewhere()).toBe(true);
    expect(await countCameras(engine)).toBe(0);
  }, 30_000);

  it("stopped: reads and writes name it and how to mend it, and closing does not wait for it", async () => {
    const url = await server.url();
    const engine = await open(url);
    await server.stop();
    try {
      const address = new URL(url);
      const message = expect.stringContaining(`${address.host}${address.pathname}`) as string;
      await expect(countCameras(engine)).rejects.toMatchObject({
        code: "ARGUS_STORE_READ_FAILED",
        retryable: true,
        message,
      });
      await expect(insertBatch(engine, [])).rejects.toMatchObject({
        code: "ARGUS_STORE_WRITE_FAILED",
        retryable: true,
        message,
      });
      await engine.close();
    } finally {
      await server.start();
    }
  }, 30_000);

  it("stopped: a store still counts, draws tiles and tells facets, and says why it has no pages", async () => {
    const url = await server.url();
    await using store = await openStore({ url, log: QUIET });
    await store.upsert([sample("tfl:1", { lon: -0.1, lat: 51.5, country: "GB" })]);
    const tile = await store.tile({ z: 0, x: 0, y: 0 }, {});
    await server.stop();
    try {
      expect(store.size).toBe(1);
      expect((await store.facets({})).country).toEqual([{ value: "GB", count: 1 }]);
      expect(await store.tile({ z: 0, x: 0, y: 0 }, {})).toEqual(tile);
      expect(await store.extent({})).toMatchObject({ located: 1 });
      await expect(store.page({})).rejects.toMatchObject({ code: "ARGUS_STORE_READ_FAILED", retryable: true });
    } finally {
      await server.start();
    }
    await expect.poll(async () => (await store.page({})).total, { timeout: 10_000 }).toBe(1);
  }, 30_000);
});
