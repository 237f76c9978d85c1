import { existsSync, writeFileSync } from "node:fs";

import type { Camera, ListedCamera } from "@argus/core";
import BetterSqlite3 from "better-sqlite3";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";

import { CameraStore, openStore } from "./camera-store.ts";
import { sample, sampleScrape, TestClock } from "./testing/sample.ts";
import { TempFolder } from "./test-support/temp-folder.ts";

/** For tests that wait for the disk hundreds of times. */
const SLOW_MS = 60_000;
const folder = new TempFolder();
afterAll(() => folder[Symbol.dispose]());

async function all(store: CameraStore): Promise<Camera[]> {
  return (await store.page({ gone: "any", limit: 1000 })).cameras;
}

describe("a store on a file", () => {
  it("gives back what it was given, whatever the texts", { timeout: SLOW_MS }, async () => {
    const text = fc.string({ unit: "binary", minLength: 1, maxLength: 8 });
    const fields = fc.record({
      name: text,
      description: fc.option(text),
      tags: fc.array(text, { maxLength: 3 }),
      lat: fc.option(fc.double({ min: -90, max: 90, noNaN: true }).map((value) => value + 0)),
      refresh_s: fc.option(fc.double({ min: 0.1, max: 86_400, noNaN: true })),
      city: fc.option(fc.constantFrom("a", "\ud800", "東", "\0")),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fields, { minLength: 1, maxLength: 5 }), async (rows) => {
        const url = folder.file();
        const listed = rows.map((row, n): ListedCamera => sample(`a:${n}`, row));
        const store = await openStore({ url });
        await store.upsert(listed);
        const held = await all(store);
        await store.close();
        await using again = await openStore({ url });
        expect(await all(again)).toEqual(held);
        expect(await again.upsert(listed)).toEqual({ new: 0, changed: 0, unchanged: rows.length });
      }),
      { numRuns: 10 },
    );
  });

  it("writes only rows that changed", async () => {
    const url = folder.file();
    await using store = await openStore({ url });
    await store.upsert([sample("a:1"), sample("a:2"), sample("a:3")]);
    await store.upsert([sample("a:1"), sample("a:2", { name: "x" }), sample("a:3")]);
    using file = reader(url);
    expect(file.sequences()).toEqual({ "a:1": 1, "a:2": 2, "a:3": 1 });
    await store.upsert([sample("a:1"), sample("a:3")]);
    expect(file.sequences()).toEqual({ "a:1": 1, "a:2": 2, "a:3": 1 });
    expect(store.changeSequence).toBe(2);
  });

  it("never touches what health checks and AI put on a camera", async () => {
    const url = folder.file();
    await (await withCameras(url, [sample("a:1")])).close();
    const measured = {
      health_status: "live",
      health_reason: "fine",
      scene_description: "a road",
      intel_brief: "a brief",
    };
    using file = reader(url);
    file.db
      .prepare(
        `update cameras set ${Object.keys(measured)
          .map((key) => `${key} = @${key}`)
          .join(", ")}`,
      )
      .run(measured);
    const store = await openStore({ url });
    await store.upsert([sample("a:1", { name: "changed" })]);
    await store.markGone("a", new Set());
    await store.upsert([sample("a:1", { name: "back" })]);
    expect(await store.get("a:1")).toMatchObject({ ...measured, name: "back" });
    await store.close();
    await using again = await openStore({ url });
    expect(await again.get("a:1")).toMatchObject({ ...measured, name: "back" });
  });

  it("goes on with its change sequence after a restart", async () => {
    const url = folder.file();
    const store = await withCameras(url, [sample("a:1")]);
    await store.markGone("a", new Set());
    const { changeSequence } = store;
    await store.close();
    await using again = await openStore({ url });
    expect(again.changeSequence).toBe(changeSequence);
    await again.upsert([sample("a:1")]);
    expect(again.changeSequence).toBeGreaterThan(changeSequence);
  });

  it("keeps scrapes", async () => {
    const url = folder.file();
    const store = await openStore({ url });
    await store.saveScrape(sampleScrape("1", "2026-11-21T00:00:00.000Z"));
    await store.close();
    await using again = await openStore({ url });
    expect(await again.scrapes(5)).toEqual([sampleScrape("1", "2026-11-21T00:00:00.000Z")]);
  });
});

describe("last_seen_at after a restart", () => {
  it("is the last complete scrape for what it listed, and the last listing for what is gone", async () => {
    const clock = new TestClock();
    const url = folder.file();
    const store = await openStore({ url, clock: clock.read });
    await store.upsert([sample("a:stays"), sample("a:goes")]);
    const lastListed = clock.pass();
    await store.upsert([sample("a:stays"), sample("a:goes")]);
    const complete = clock.pass();
    await store.markGone("a", new Set(["a:stays"]));
    const before = await all(store);
    await store.close();
    await using again = await openStore({ url, clock: clock.read });
    expect(await again.get("a:stays")).toMatchObject({ last_seen_at: complete, gone_at: null });
    expect(await again.get("a:goes")).toMatchObject({ last_seen_at: lastListed, gone_at: complete });
    expect(await all(again)).toEqual(before);
  });

  it("is never later than the truth for a camera that only unfinished scrapes leave out", async () => {
    const clock = new TestClock();
    const url = folder.file();
    const store = await openStore({ url, clock: clock.read });
    const first = clock.pass();
    await store.upsert([sample("a:1"), sample("a:2")]);
    const second = clock.pass();
    await store.upsert([sample("a:2", { name: "changed" })]);
    await store.close();
    await using again = await openStore({ url, clock: clock.read });
    expect(await again.get("a:1")).toMatchObject({ last_seen_at: first });
    expect(await again.get("a:2")).toMatchObject({ last_seen_at: second });
  });
});

describe("connect", () => {
  it("is what first touches the file", async () => {
    const url = folder.file();
    await using store = new CameraStore({ url: `sqlite:${url}` });
    await store.upsert([sample("a:1")]);
    expect([store.engine, store.connected, store.size, existsSync(url)]).toEqual(["sqlite", false, 1, false]);
    await Promise.all([store.connect(), store.connect()]);
    await store.connect();
    expect([store.connected, existsSync(url)]).toEqual([true, true]);
  });

  it("needs no file in memory", async () => {
    await using store = new CameraStore();
    await store.connect();
    expect([store.engine, store.connected]).toEqual(["memory", true]);
  });

  it("joins what was given before with what the file has", async () => {
    const clock = new TestClock();
    const url = folder.file();
    const firstSeen = clock.iso;
    const names = ["same", "changed", "unlisted", "gone", "other:kept"].map((name) =>
      name.includes(":") ? name : `a:${name}`,
    );
    const earlier = await withCameras(
      url,
      names.map((id) => sample(id)),
      clock,
    );
    await earlier.markGone("a", new Set(["a:same", "a:changed", "a:unlisted"]));
    await earlier.close();

    const now = clock.pass();
    await using store = new CameraStore({ url, clock: clock.read });
    await store.saveScrape(sampleScrape("1", now));
    await store.upsert([
      sample("a:same"),
      sample("a:changed", { name: "x" }),
      sample("a:gone"),
      sample("a:new"),
      sample("a:left"),
    ]);
    const complete = clock.pass();
    await store.markGone("a", new Set(["a:same", "a:changed", "a:gone", "a:new"]));
    await store.connect();

    const merged = await all(store);
    expect(Object.fromEntries(merged.map((camera) => [camera.id, camera]))).toMatchObject({
      "a:same": { first_seen_at: firstSeen, last_seen_at: complete, gone_at: null },
      "a:changed": { name: "x", first_seen_at: firstSeen, last_seen_at: complete, gone_at: null },
      "a:gone": { first_seen_at: firstSeen, last_seen_at: complete, gone_at: null },
      "a:new": { first_seen_at: now, last_seen_at: complete, gone_at: null },
      "a:left": { first_seen_at: now, last_seen_at: now, gone_at: complete },
      "a:unlisted": { first_seen_at: firstSeen, gone_at: complete },
      "other:kept": { first_seen_at: firstSeen, gone_at: null },
    });
    expect(merged).toHaveLength(7);
    expect(await store.scrapes(5)).toHaveLength(1);
    await using again = await openStore({ url });
    expect(await all(again)).toEqual(merged);
  });

  it("that failed leaves the store working, and may be tried again", async () => {
    const url = folder.file();
    writeFileSync(url, "somebody's notes");
    await using store = new CameraStore({ url });
    await store.upsert([sample("a:1")]);
    const attempts = await Promise.allSettled([store.connect(), store.connect()]);
    expect(attempts.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect([await store.upsert([sample("a:2")]), store.size, store.connected]).toMatchObject([{ new: 1 }, 2, false]);
    writeFileSync(url, "");
    await store.connect();
    await using again = await openStore({ url });
    expect((await all(again)).map(({ id }) => id)).toEqual(["a:1", "a:2"]);
  });

  it("keeps what is upserted while it runs", async () => {
    const url = folder.file();
    await (await withCameras(url, [sample("a:1")])).close();
    await using store = new CameraStore({ url });
    const connecting = store.connect();
    const upserting = store.upsert([sample("a:2")]);
    await Promise.all([connecting, upserting]);
    await using again = await openStore({ url });
    expect((await all(again)).map(({ id }) => id)).toEqual(["a:1", "a:2"]);
  });
});

describe("a write that fails", () => {
  it.each(["abort", "rollback", "fail"])(
    "changes nothing, in memory or on disk, when SQLite answers with %s",
    async (kind) => {
      const url = folder.file();
      await using store = await withCameras(url, [sample("a:1"), sample("a:2")]);
      using file = reader(url);
      file.db.exec(
        `create trigger refuse before insert on cameras when new.name = 'boom' begin select raise(${kind}, 'refused'); end`,
      );
      const before = [await all(store), store.changeSequence, store.size, file.sequences()];
      const batch = [sample("a:1", { name: "x" }), sample("a:3"), sample("a:4", { name: "boom" })];
      await expect(store.upsert(batch)).rejects.toMatchObject({
        code: "ARGUS_STORE_WRITE_FAILED",
        message: expect.stringMatching(/storing 3 cameras/u),
        cause: { message: "refused" },
      });
      expect([await all(store), store.changeSequence, store.size, file.sequences()]).toEqual(before);
      file.db.exec("drop trigger refuse");
      expect(await store.upsert(batch)).toEqual({ new: 2, changed: 1, unchanged: 0 });
    },
  );

  it("because another program holds the lock says so, and succeeds once it is free", async () => {
    const url = folder.file();
    await using store = await openStore({ url, busyTimeoutMs: 1 });
    using file = reader(url);
    file.db.exec("begin immediate");
    await expect(store.upsert([sample("a:1")])).rejects.toMatchObject({ code: "ARGUS_STORE_LOCKED", retryable: true });
    expect(store.size).toBe(0);
    expect(await store.page({})).toMatchObject({ total: 0 });
    file.db.exec("rollback");
    expect(await store.upsert([sample("a:1")])).toMatchObject({ new: 1 });
  });
});

describe("two stores on one file", () => {
  it("see each other's cameras, and neither overwrites the other", async () => {
    const url = folder.file();
    await using first = await openStore({ url });
    await using second = await openStore({ url });
    await first.upsert([sample("a:1")]);
    expect((await second.page({})).total).toBe(1);
    await second.upsert([sample("a:1", { name: "changed by the second" }), sample("b:1")]);
    expect(await first.upsert([sample("a:1", { name: "changed by the second" }), sample("b:1")])).toEqual({
      new: 0,
      changed: 0,
      unchanged: 2,
    });
    await second.markGone("b", new Set());
    expect(await first.get("b:1")).toMatchObject({ gone_at: expect.any(String) });
    expect(first.changeSequence).toBe(second.changeSequence);
  });

  it("writing at the same time lose nothing and agree at the end", { timeout: SLOW_MS }, async () => {
    const url = folder.file();
    const clock = new TestClock();
    await using first = await openStore({ url, clock: clock.read });
    await using second = await openStore({ url, clock: clock.read });
    const write = (store: CameraStore, source: string) =>
      Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          store.upsert([sample(`${source}:${n}`), sample("shared:1", { name: `${source} ${n}` })]),
        ),
      );
    const counts = (await Promise.all([write(first, "a"), write(second, "b")])).flat();
    expect(counts.reduce((sum, { new: added }) => sum + added, 0)).toBe(41);
    expect(await all(first)).toEqual(await all(second));
    expect(await all(first)).toHaveLength(41);
    await using again = await openStore({ url });
    expect((await all(again)).map(({ id, name }) => [id, name])).toEqual(
      (await all(first)).map(({ id, name }) => [id, name]),
    );
  });
});

async function withCameras(url: string, cameras: ListedCamera[], clock = new TestClock()): Promise<CameraStore> {
  const store = await openStore({ url, clock: clock.read });
  await store.upsert(cameras);
  return store;
}

function reader(path: string): Disposable & { db: BetterSqlite3.Database; sequences(): Record<string, number> } {
  const db = new BetterSqlite3(path);
  return {
    db,
    sequences: () =>
      Object.fromEntries(
        db.prepare<[], [string, number]>("select id, change_seq from cameras order by id").raw().all(),
      ),
    [Symbol.dispose]: () => void db.close(),
  };
}
