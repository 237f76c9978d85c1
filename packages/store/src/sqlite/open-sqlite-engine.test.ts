import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import BetterSqlite3 from "better-sqlite3";
import { Kysely, SqliteDialect, sql } from "kysely";
import { afterAll, describe, expect, it, vi } from "vitest";

import { newCamera } from "../test-support/new-camera.ts";
import { listingHash, urlHash } from "../hash.ts";
import { registry } from "../migrations/001-registry.ts";
import { MIGRATIONS, SCHEMA_VERSION } from "../migrations/all.ts";
import { migrate } from "../migrations/migrate.ts";
import type { StoreEngine } from "../store-engine.ts";
import type { Tables } from "../tables.ts";
import { sample } from "../testing/sample.ts";
import { countCameras, insertRows, sampleRow } from "../test-support/sample-rows.ts";
import { TempFolder } from "../test-support/temp-folder.ts";
import { APPLICATION_ID, userVersion } from "./file-owner.ts";
import { openSqliteEngine } from "./open-sqlite-engine.ts";

// Threads are started by the dozen.
vi.setConfig({ testTimeout: 30_000 });
const folder = new TempFolder();
afterAll(() => folder[Symbol.dispose]());
const open = (path: string): Promise<StoreEngine> => openSqliteEngine(path, { busyTimeoutMs: 20 });
const withCode = (code: string, path: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(path) });

/** Files that begin with this path. */
function filesOf(path: string): string[] {
  return readdirSync(dirname(path)).filter((name) => path.endsWith(name.replace(/-(?:wal|shm|journal)$/u, "")));
}

describe("a file that is refused", () => {
  it.each([
    ["is a text", Buffer.from("these are the notes of somebody")],
    ["is shorter than a header", Buffer.from("SQLite")],
    ["has almost the header", Buffer.concat([Buffer.from("SQLite format 4\0"), Buffer.alloc(4096)])],
  ])("because it %s stays byte for byte as it was", async (_what, content) => {
    const path = folder.file("notes.db");
    writeFileSync(path, content);
    await expect(open(path)).rejects.toEqual(withCode("ARGUS_STORE_NOT_A_DATABASE", path));
    expect(readFileSync(path)).toEqual(content);
    expect(filesOf(path)).toHaveLength(1);
  });

  it("because SQLite itself cannot read it stays as it was", async () => {
    const path = folder.file();
    const content = Buffer.concat([Buffer.from("SQLite format 3\0"), Buffer.alloc(5000, 7)]);
    writeFileSync(path, content);
    await expect(open(path)).rejects.toEqual(withCode("ARGUS_STORE_CORRUPT", path));
    expect(readFileSync(path)).toEqual(content);
  });

  it("because another program's tables are in it stays as it was", async () => {
    const path = folder.file();
    const other = new BetterSqlite3(path);
    other.exec("create table recipes (name text); insert into recipes values ('soup')");
    other.close();
    const content = readFileSync(path);
    await expect(open(path)).rejects.toEqual(withCode("ARGUS_STORE_FOREIGN_DATABASE", path));
    expect(readFileSync(path)).toEqual(content);
    expect(filesOf(path)).toHaveLength(1);
  });

  it("because its schema is newer stays as it was, and both versions are named", async () => {
    const path = folder.file();
    await (await open(path)).close();
    const newer = new BetterSqlite3(path);
    newer.pragma(`user_version = ${SCHEMA_VERSION + 6}`);
    newer.close();
    const content = readFileSync(path);
    const refusal = withCode(
      "ARGUS_STORE_SCHEMA_NEWER",
      `version ${SCHEMA_VERSION + 6}, and this program knows versions up to ${SCHEMA_VERSION}`,
    );
    await expect(open(path)).rejects.toEqual(refusal);
    expect(readFileSync(path)).toEqual(content);
  });

  it("may be a folder, or one in a folder that is not there", async () => {
    const path = folder.file("folder.db");
    mkdirSync(path);
    await expect(open(path)).rejects.toEqual(withCode("ARGUS_STORE_NOT_A_DATABASE", path));
    await expect(open(`${path}/missing/registry.db`)).rejects.toEqual(
      withCode("ARGUS_STORE_OPEN_FAILED", `${path}/missing`),
    );
    expect(existsSync(`${path}/missing`)).toBe(false);
  });

  it("because another program has locked it for good is named", async () => {
    const path = folder.file();
    const other = new BetterSqlite3(path);
    other.exec("pragma locking_mode = exclusive; begin exclusive");
    await expect(open(path)).rejects.toEqual(withCode("ARGUS_STORE_LOCKED", path));
    other.close();
  });
});

describe("an opened file", () => {
  it("may have been empty", async () => {
    const path = folder.file();
    writeFileSync(path, "");
    await (await open(path)).close();
    expect(readFileSync(path).subarray(0, 15).toString()).toBe("SQLite format 3");
    expect(filesOf(path)).toHaveLength(1);
  });

  it("is written through to the disk, also after the first write", async () => {
    const engine = await open(folder.file());
    await insertRows(engine, [sampleRow(1)]);
    const pragmas = await engine.write("looking", async ({ db }) => {
      const read = async (name: string): Promise<unknown> =>
        Object.values((await sql<object>`${sql.raw(`pragma ${name}`)}`.execute(db)).rows[0]!)[0];
      return [await read("journal_mode"), await read("synchronous"), await read("foreign_keys")];
    });
    expect(pragmas).toEqual(["wal", 2, 1]);
    await engine.close();
  });

  it.each([
    [
      "where (change_seq, pk) > (1, 2) order by change_seq, pk limit 10",
      /^SEARCH cameras USING INDEX cameras_by_change/u,
    ],
    ["where pk > 5 order by pk limit 10", /^SEARCH cameras USING INTEGER PRIMARY KEY/u],
  ])("is read %s through an index, never by a scan or a sort", async (rest, plan) => {
    const engine = await open(folder.file());
    const { rows } = await engine.read("explaining", (db) =>
      sql<{ detail: string }>`${sql.raw(`explain query plan select * from cameras ${rest}`)}`.execute(db),
    );
    expect(rows.map(({ detail }) => detail)).toEqual([expect.stringMatching(plan)]);
    await engine.close();
  });

  it("that two open at the same time while it is new gets its schema once", async () => {
    const path = folder.file();
    const options = { busyTimeoutMs: 5000 };
    const both = await Promise.all([openSqliteEngine(path, options), openSqliteEngine(path, options)]);
    await insertRows(both[0], [sampleRow(1)]);
    expect(await countCameras(both[1])).toBe(1);
    for (const engine of both) await engine.close();
  });
});

/** A file as the first version of Argus wrote it. */
async function writeVersion1(path: string, cameras: readonly ReturnType<typeof newCamera>[]): Promise<void> {
  const database = new BetterSqlite3(path);
  database.pragma("journal_mode = wal");
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  await migrate(db as unknown as Kysely<unknown>, [registry], userVersion);
  for (const [at, { duplicate_of: _unknown, ...camera }] of cameras.entries()) {
    const row = { ...camera, tags: JSON.stringify(camera.tags), pk: at + 1, change_seq: 1 };
    await db.insertInto("cameras").values(row).execute();
  }
  await db.updateTable("registry_state").set({ change_seq: 1 }).execute();
  await db.destroy();
}

describe("a migration", () => {
  it("gives URLs of one picture the same hash in a file of version 5", async () => {
    const path = folder.file();
    const engine = await open(path);
    const urls = ["https://e.example/1.jpg", "http://E.example/1.jpg?_=5", null];
    const rows = urls.map((stream_url, at) => sampleRow(at + 1, { stream_url, snapshot_url: null }));
    await insertRows(engine, rows);
    await engine.close();
    const file = new BetterSqlite3(path);
    file.exec(`drop index cameras_by_duplicate; alter table cameras drop column duplicate_of;
      alter table cameras drop column former_place; alter table registry_state drop column linked_seq;
      alter table registry_state drop column linked_pk; alter table source_settings drop column held;
      alter table scrapes drop column saved_at; update cameras set stream_url_hash = pk where pk < 3;
      pragma user_version = 5`);
    file.close();
    const again = await open(path);
    const hash = urlHash("https://e.example/1.jpg");
    const hashes = await again.read("reading", (db) =>
      db.selectFrom("cameras").select("stream_url_hash").orderBy("pk").execute(),
    );
    expect(hashes.map(({ stream_url_hash }) => stream_url_hash)).toEqual([hash, hash, null]);
    expect(await again.check()).toEqual([]);
    await again.close();
  });

  it("gives the rows of a version 1 file their hashes and search words, however many", async () => {
    const path = folder.file();
    const listed = Array.from({ length: 1203 }, (_, n) =>
      sample(`a:${n}`, { name: `Ponte São ${n}`, city: "東京都", tags: ["bridge"], snapshot_url: null }),
    );
    await writeVersion1(
      path,
      listed.map((camera) => newCamera(camera, "2026-11-21T00:00:00.000Z")),
    );
    const engine = await open(path);
    const rows = await engine.read("reading", (db) =>
      db.selectFrom("cameras").select(["pk", "listing_hash", "stream_url_hash", "snapshot_url_hash"]).execute(),
    );
    expect(rows).toEqual(
      listed.map((camera, at) => ({
        pk: at + 1,
        listing_hash: listingHash(camera),
        stream_url_hash: urlHash(camera.stream_url),
        snapshot_url_hash: null,
      })),
    );
    expect(await engine.search([{ token: "1202", isPrefix: false }])).toEqual(Uint32Array.of(1203));
    expect(
      await engine.search([
        { token: "京都", isPrefix: false },
        { token: "sa", isPrefix: true },
      ]),
    ).toHaveLength(1203);
    expect(await engine.check()).toEqual([]);
    expect((await engine.stats()).schema_version).toBe(SCHEMA_VERSION);
    await engine.close();
  });

  it("that fails leaves nothing behind, and those before it stay", async () => {
    const path = folder.file();
    const database = new BetterSqlite3(path);
    const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
    const fails = {
      version: SCHEMA_VERSION + 1,
      up: async (to: Kysely<unknown>) => {
        await to.schema.createTable("half").addColumn("x", "text").execute();
        throw new Error("the step failed");
      },
    };
    await expect(migrate(db, [...MIGRATIONS, fails], userVersion)).rejects.toThrow("the step failed");
    expect(database.pragma("user_version", { simple: true })).toBe(SCHEMA_VERSION);
    expect(database.pragma("application_id", { simple: true })).toBe(APPLICATION_ID);
    expect(database.prepare("select name from sqlite_schema where name in ('half', 'walls')").pluck().all()).toEqual([
      "walls",
    ]);
    database.close();
  });
});
