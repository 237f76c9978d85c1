import BetterSqlite3 from "better-sqlite3";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";

import { toIndexRow } from "../index-row.ts";
import { SCHEMA_VERSION } from "../migrations/all.ts";
import type { StoreEngine } from "../store-engine.ts";
import { countCameras, insertRows, sampleRow, sampleRows } from "../test-support/sample-rows.ts";
import { TempFolder } from "../test-support/temp-folder.ts";
import { openSqliteEngine } from "./open-sqlite-engine.ts";

// Threads are started by the dozen.
vi.setConfig({ testTimeout: 30_000 });
const folder = new TempFolder();
const opened: StoreEngine[] = [];
afterEach(async () => {
  for (const engine of opened.splice(0)) await engine.close();
});
afterAll(() => folder[Symbol.dispose]());

async function open(path: string | null = folder.file()): Promise<StoreEngine> {
  const engine = await openSqliteEngine(path, { busyTimeoutMs: 50 });
  opened.push(engine);
  return engine;
}

const word = (token: string) => ({ token, isPrefix: false });
const start = (token: string) => ({ token, isPrefix: true });

describe.each([["a file"], ["memory"]])("a registry in %s", (where) => {
  const openHere = () => open(where === "memory" ? null : folder.file());

  it("gives back what a batch wrote, in the order of numbers and of changes", async () => {
    const engine = await openHere();
    await insertRows(engine, sampleRows(1, 1203));
    await engine.write("updating", (transaction) =>
      transaction.updateCameras([sampleRow(700, { change_seq: 2, name: "Harbour", lat: 1.25, tags: ["a", "b"] })]),
    );
    const rows = (await engine.indexRowsAfter(698, 3)).map(toIndexRow);
    expect(rows.map(({ pk, id, name, change_seq }) => [pk, id, name, change_seq])).toEqual([
      [699, "a:699", "Camera a:699", 1],
      [700, "a:700", "Harbour", 2],
      [701, "a:701", "Camera a:701", 1],
    ]);
    expect(rows[1]).toMatchObject({ lat: 1.25, tags: '["a","b"]', health_status: "unknown", gone_at: null });
    const since = await engine.indexRowsSince({ change_seq: 1, pk: 1202 }, 10);
    expect(since.map(toIndexRow).map(({ pk }) => pk)).toEqual([1203, 700]);
  });

  it("keeps what health checks found when a source tells something new", async () => {
    const engine = await openHere();
    await insertRows(engine, sampleRows(1, 2));
    await engine.write("checking", ({ db }) => db.updateTable("cameras").set({ health_status: "live" }).execute());
    await engine.write("updating", (transaction) => transaction.updateCameras([sampleRow(1, { name: "New" })]));
    const [row] = await engine.indexRowsAfter(0, 1);
    expect(toIndexRow(row!)).toMatchObject({ name: "New", health_status: "live" });
  });

  it("finds words as they are now, and those of gone cameras", async () => {
    const engine = await openHere();
    await insertRows(engine, [
      sampleRow(1, { name: "Ponte Vecchio" }),
      sampleRow(2, { name: "Ponte di Rialto" }),
      sampleRow(3, { name: "Pont Neuf" }),
    ]);
    expect(await engine.search([word("ponte")])).toEqual(Uint32Array.of(1, 2));
    expect(await engine.search([start("pont")])).toEqual(Uint32Array.of(1, 2, 3));
    expect(await engine.search([start("pont"), word("neuf")])).toEqual(Uint32Array.of(3));
    await engine.write("changing", async (transaction) => {
      await transaction.updateCameras([sampleRow(2, { name: "Rialto" })]);
      await transaction.markGone([{ pk: 1, last_seen_at: "x" }], { gone_at: "y", change_seq: 2 });
    });
    expect(await engine.search([word("ponte")])).toEqual(Uint32Array.of(1));
    expect(await engine.search([word("rialto")])).toEqual(Uint32Array.of(2));
    expect(await engine.search([word("or")])).toEqual(new Uint32Array());
  });

  it("takes nothing in a search for a part of the query language", async () => {
    const engine = await openHere();
    await insertRows(engine, [sampleRow(1, { name: "near or not" })]);
    for (const token of ["near", "or", "not"]) expect(await engine.search([word(token)])).toEqual(Uint32Array.of(1));
  });

  it("rolls back all of a batch when its task throws, and goes on", async () => {
    const engine = await openHere();
    const failing = engine.write("failing", async (transaction) => {
      await transaction.insertCameras(sampleRows(1, 600));
      throw new RangeError("the task failed");
    });
    await expect(failing).rejects.toMatchObject({
      code: "ARGUS_STORE_WRITE_FAILED",
      cause: expect.objectContaining({ message: "the task failed" }),
    });
    expect(await countCameras(engine)).toBe(0);
    expect(await engine.search([start("camera")])).toHaveLength(0);
    await insertRows(engine, sampleRows(1, 3));
    expect(await countCameras(engine)).toBe(3);
  });

  it("rolls back a batch whose rows fail though nobody waits for them", async () => {
    const engine = await openHere();
    const failing = engine.write("failing", async (transaction) => {
      void transaction.insertCameras([...sampleRows(1, 1200), sampleRow(7)]);
      void transaction.insertCameras(sampleRows(2000, 3000));
    });
    await expect(failing).rejects.toMatchObject({
      code: "ARGUS_STORE_WRITE_FAILED",
      cause: expect.objectContaining({ code: "SQLITE_CONSTRAINT_PRIMARYKEY" }),
    });
    expect(await countCameras(engine)).toBe(0);
  });

  it("rolls back a batch that goes on after a statement failed, as PostgreSQL does", async () => {
    const engine = await openHere();
    const failing = engine.write("failing", async ({ db }) => {
      await db.insertInto("source_state").values({ source_id: "a", complete_at: "x" }).execute();
      await db
        .insertInto("source_state")
        .values({ source_id: "a", complete_at: "x" })
        .execute()
        .catch(() => {});
    });
    await expect(failing).rejects.toMatchObject({ code: "ARGUS_STORE_WRITE_FAILED" });
    expect((await engine.stats()).rows["source_state"]).toBe(0);
  });

  it("refuses an update of cameras that are not there", async () => {
    const engine = await openHere();
    const failing = engine.write("updating", (transaction) => transaction.updateCameras([sampleRow(5)]));
    await expect(failing).rejects.toMatchObject({
      cause: expect.objectContaining({ message: expect.stringContaining("1 of 1 cameras have no row") }),
    });
    expect(await engine.check()).toEqual([]);
  });

  it("runs nothing that a task asks for after its end", async () => {
    const engine = await openHere();
    const { db } = await engine.write("leaving", async (transaction) => transaction);
    await expect(db.deleteFrom("cameras").execute()).rejects.toThrow("the transaction is over");
  });

  it("shows nobody what is not committed", async () => {
    const engine = await openHere();
    let reading: Promise<number> = Promise.resolve(-1);
    await engine.write("writing", async (transaction) => {
      await transaction.insertCameras(sampleRows(1, 10));
      reading = countCameras(engine);
      if (where === "a file") expect(await reading).toBe(0);
    });
    // In memory, where there is one connection, a reader waits for the end.
    expect(await reading).toBe(where === "a file" ? 0 : 10);
  });

  it("answers thousands of small reads while a large batch is written", async () => {
    const engine = await openHere();
    await insertRows(engine, sampleRows(1, 100));
    const writing = insertRows(engine, sampleRows(101, 5000), 2);
    const reads = Array.from({ length: 2000 }, (_, n) =>
      engine.read("reading", (db) =>
        db
          .selectFrom("cameras")
          .select("id")
          .where("pk", "=", (n % 100) + 1)
          .executeTakeFirst(),
      ),
    );
    const found = await Promise.all(reads);
    expect(found.every((row, n) => row?.id === `a:${(n % 100) + 1}`)).toBe(true);
    await writing;
    expect(await countCameras(engine)).toBe(5000);
  });

  it("gives up a search that nobody waits for", async () => {
    const engine = await openHere();
    await insertRows(engine, sampleRows(1, 10));
    await expect(engine.search([start("camera")], AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
    const controller = new AbortController();
    const searching = engine.search([start("camera")], controller.signal);
    controller.abort(new Error("enough"));
    await expect(searching).rejects.toThrow("enough");
    expect(await engine.search([start("camera")])).toHaveLength(10);
  });

  it("tells its size, and is refused once closed", async () => {
    const engine = await openHere();
    await insertRows(engine, sampleRows(1, 10));
    expect(await engine.stats()).toEqual({
      schema_version: SCHEMA_VERSION,
      bytes: expect.any(Number),
      rows: expect.objectContaining({ cameras: 10, registry_state: 1, scrapes: 0 }),
    });
    await Promise.all([engine.close(), engine.close()]);
    await expect(engine.stats()).rejects.toMatchObject({ code: "ARGUS_STORE_CLOSED" });
    await expect(engine.write("writing", async () => {})).rejects.toMatchObject({ code: "ARGUS_STORE_CLOSED" });
    expect(engine.changedElsewhere()).toBe(false);
  });
});

describe("what others write", () => {
  it("is told once, and the own batches are not taken for it", async () => {
    const path = folder.file();
    const own = await open(path);
    const other = await open(path);
    expect(own.changedElsewhere()).toBe(false);
    await insertRows(own, sampleRows(1, 3));
    expect(own.changedElsewhere()).toBe(false);
    await insertRows(other, sampleRows(4, 5), 2);
    expect([own.changedElsewhere(), own.changedElsewhere()]).toEqual([true, false]);
    expect(other.changedElsewhere()).toBe(true);
  });

  it("is told also when it came just before a batch of the own", async () => {
    const path = folder.file();
    const own = await open(path);
    const other = await open(path);
    await insertRows(own, sampleRows(1, 3));
    await insertRows(other, sampleRows(4, 5), 2);
    await insertRows(own, sampleRows(6, 7), 3);
    expect(own.changedElsewhere()).toBe(true);
    await insertRows(own, sampleRows(8, 9), 4);
    expect(own.changedElsewhere()).toBe(false);
  });

  it("is never written over by an older program once the schema is newer", async () => {
    const path = folder.file();
    const engine = await open(path);
    const newer = new BetterSqlite3(path);
    newer.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
    newer.close();
    await expect(insertRows(engine, sampleRows(1, 1))).rejects.toMatchObject({ code: "ARGUS_STORE_SCHEMA_NEWER" });
    expect(await countCameras(engine)).toBe(0);
  });

  it("waits for a lock as long as it was told, and no longer", async () => {
    const path = folder.file();
    const engine = await open(path);
    const other = new BetterSqlite3(path);
    other.exec("begin immediate");
    await expect(insertRows(engine, sampleRows(1, 1))).rejects.toMatchObject({
      code: "ARGUS_STORE_LOCKED",
      retryable: true,
    });
    // Nobody who reads waits for it.
    expect(await countCameras(engine)).toBe(0);
    other.exec("rollback");
    await insertRows(engine, sampleRows(1, 1));
    other.close();
  });

  it("comes one after the other when two stores write at once", async () => {
    const path = folder.file();
    const options = { busyTimeoutMs: 20_000 };
    const both = [await openSqliteEngine(path, options), await openSqliteEngine(path, options)] as const;
    opened.push(...both);
    const writes = Array.from({ length: 30 }, (_, n) => insertRows(both[n % 2]!, [sampleRow(n + 1)]));
    await Promise.all(writes);
    expect(await countCameras(both[0])).toBe(30);
  });
});
