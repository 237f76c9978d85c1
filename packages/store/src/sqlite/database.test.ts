import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import BetterSqlite3 from "better-sqlite3";
import { type Kysely, sql } from "kysely";
import { afterAll, describe, expect, it } from "vitest";

import { CameraStore, openStore } from "../camera-store.ts";
import type { Engine } from "../engine.ts";
import { SCHEMA_VERSION } from "../migrations/all.ts";
import { migrate } from "../migrations/migrate.ts";
import { sample } from "../testing/sample.ts";
import { TempFolder } from "../testing/temp-folder.ts";
import { openSqlite } from "./database.ts";

const folder = new TempFolder();
afterAll(() => folder[Symbol.dispose]());
const open = (path: string): Promise<Engine> => openSqlite(path, { busyTimeoutMs: 1 });
const withCode = (code: string, path: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(path) });

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
    expect(
      readdirSync(dirname(path)).filter((name) => path.endsWith(name.replace(/-(?:wal|shm|journal)$/u, ""))),
    ).toHaveLength(1);
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
});

describe("an opened file", () => {
  it("may have been empty", async () => {
    const path = folder.file();
    writeFileSync(path, "");
    await (await open(path)).close();
    expect(readFileSync(path).subarray(0, 15).toString()).toBe("SQLite format 3");
  });

  it("is written through to the disk, also after the first write", async () => {
    const { db, close } = await open(folder.file());
    const pragma = async (name: string): Promise<unknown> =>
      Object.values((await sql<object>`${sql.raw(`pragma ${name}`)}`.execute(db)).rows[0]!)[0];
    await db.insertInto("source_state").values({ source_id: "a", complete_at: "x" }).execute();
    expect([await pragma("journal_mode"), await pragma("synchronous"), await pragma("foreign_keys")]).toEqual([
      "wal",
      2,
      1,
    ]);
    await close();
  });

  it("is read by change sequence through an index, never by a scan", async () => {
    const { db, close } = await open(folder.file());
    const plan = await sql<{ detail: string }>`explain query plan
      select * from cameras where (change_seq, pk) > (1, 2) order by change_seq, pk limit 10`.execute(db);
    expect(plan.rows.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^SEARCH cameras USING INDEX cameras_by_change/u),
    ]);
    await close();
  });
});

describe("a migration", () => {
  const version = {
    engine: "sqlite" as const,
    begin: "begin immediate",
    read: async (db: Kysely<unknown>) =>
      (await sql<{ user_version: number }>`pragma user_version`.execute(db)).rows[0]!.user_version,
    write: async (db: Kysely<unknown>, to: number) => void (await sql.raw(`pragma user_version = ${to}`).execute(db)),
  };

  it("that fails leaves nothing behind, and those before it stay", async () => {
    const { db, close } = await open(folder.file());
    const any = db as Kysely<unknown>;
    const steps = [
      {
        version: 100,
        up: async (to: Kysely<unknown>) => to.schema.createTable("kept").addColumn("x", "text").execute(),
      },
      {
        version: 101,
        up: async (to: Kysely<unknown>) => {
          await to.schema.createTable("half").addColumn("x", "text").execute();
          throw new Error("the step failed");
        },
      },
    ];
    await expect(migrate(any, steps, version)).rejects.toThrow("the step failed");
    const tables = await sql<{ name: string }>`select name from sqlite_schema where name in ('kept', 'half')`.execute(
      db,
    );
    expect([tables.rows, await version.read(any)]).toEqual([[{ name: "kept" }], 100]);
    await close();
  });

  it("is made once when two stores open a new file at the same time", async () => {
    const url = folder.file();
    await using first = new CameraStore({ url });
    await using second = new CameraStore({ url });
    await Promise.all([first.connect(), second.connect()]);
    await first.upsert([sample("a:1")]);
    expect(await second.get("a:1")).not.toBeNull();
  });
});

it("names a file that another program has locked for good", async () => {
  const path = folder.file();
  const other = new BetterSqlite3(path);
  other.exec("pragma locking_mode = exclusive; begin exclusive");
  await expect(openStore({ url: path, busyTimeoutMs: 1 })).rejects.toEqual(withCode("ARGUS_STORE_LOCKED", path));
  other.close();
});
