import { existsSync, readFileSync } from "node:fs";

import BetterSqlite3 from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { afterAll, describe, expect, it } from "vitest";

import { openStore } from "../camera-store.ts";
import { registry } from "../migrations/001-registry.ts";
import { SCHEMA_VERSION } from "../migrations/all.ts";
import { APPLICATION_ID } from "../sqlite/file-owner.ts";
import { sample } from "../testing/sample.ts";
import { TempFolder } from "../test-support/temp-folder.ts";
import { backupDatabase } from "./backup.ts";
import { checkDatabase, migrateDatabase, readDatabaseStats } from "./inspect.ts";
import { readSourceSettings } from "./read-source-settings.ts";
import { restoreDatabase } from "./restore.ts";

const NOON = "2026-11-21T12:00:00.000Z";
const folder = new TempFolder();
afterAll(() => folder[Symbol.dispose]());

async function fileOf(...ids: string[]): Promise<string> {
  const path = folder.file();
  await using store = await openStore({ url: path });
  await store.upsert(ids.map((id) => sample(id)));
  return path;
}

/** As the first version of Argus left it. */
async function oldFile(): Promise<string> {
  const path = folder.file("old.db");
  const database = new BetterSqlite3(path);
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
  await registry.up(db, "sqlite");
  const values = { change_seq: 1, stream_kind: "page", tags: "[]", attribution: "A", licence: "unknown" };
  const times = { first_seen_at: NOON, last_seen_at: NOON, health_status: "unknown" };
  const row = { pk: 1, id: "a:old", source_id: "a", name: "Old", ...values, ...times };
  await (db as Kysely<{ cameras: typeof row }>).insertInto("cameras").values(row).execute();
  database.exec("update registry_state set change_seq = 1");
  database.pragma(`application_id = ${APPLICATION_ID}`);
  database.pragma("user_version = 1");
  await db.destroy();
  return path;
}

async function idsIn(url: string): Promise<string[]> {
  await using store = await openStore({ url });
  return (await store.page({ gone: "any" })).cameras.map(({ id }) => id);
}

it("refuses what is in memory only, and what is no database's address", async () => {
  await expect(checkDatabase("mysql://x")).rejects.toMatchObject({ code: "ARGUS_STORE_URL_INVALID" });
});

describe("a database that is not there", () => {
  it("is made by migrating, and by nothing else", async () => {
    const path = folder.file();
    const refused = { code: "ARGUS_STORE_NO_DATABASE", message: expect.stringContaining(path) };
    await expect(checkDatabase(path)).rejects.toMatchObject(refused);
    await expect(readDatabaseStats(path)).rejects.toMatchObject(refused);
    await expect(backupDatabase(path, folder.file("copy.db"))).rejects.toMatchObject(refused);
    expect(existsSync(path)).toBe(false);
    expect(await migrateDatabase(path)).toEqual({ database: path, from: 0, to: SCHEMA_VERSION });
    expect(await migrateDatabase(path)).toEqual({ database: path, from: SCHEMA_VERSION, to: SCHEMA_VERSION });
  });
});

describe("a database of an older Argus", () => {
  it("is brought up to date by migrating, and by nothing else", async () => {
    const path = await oldFile();
    const before = readFileSync(path);
    const refused = { code: "ARGUS_STORE_SCHEMA_OLDER", message: expect.stringContaining("version 1") };
    await expect(checkDatabase(path)).rejects.toMatchObject(refused);
    await expect(readDatabaseStats(path)).rejects.toMatchObject(refused);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(await migrateDatabase(path)).toMatchObject({ from: 1, to: SCHEMA_VERSION });
    expect(await checkDatabase(path)).toEqual({ problems: [], cameras: 1 });
  });

  it("can be backed up before that, and restored", async () => {
    const copy = folder.file("copy.db");
    expect(await backupDatabase(await oldFile(), copy)).toMatchObject({ cameras: 1 });
    const restored = folder.file();
    expect(await restoreDatabase(restored, copy)).toMatchObject({ cameras: 1, kept: null });
    expect(await idsIn(restored)).toEqual(["a:old"]);
  });
});

describe("restoring", { timeout: 30_000 }, () => {
  it("replaces a database without cameras, and others only when told to", async () => {
    const copy = folder.file("copy.db");
    await backupDatabase(await fileOf("a:1", "a:2"), copy);
    const empty = await fileOf();
    await restoreDatabase(empty, copy);
    expect(await idsIn(empty)).toEqual(["a:1", "a:2"]);

    const full = await fileOf("b:1");
    const refused = { code: "ARGUS_STORE_NOT_EMPTY", message: expect.stringContaining(full) };
    await expect(restoreDatabase(full, copy)).rejects.toMatchObject(refused);
    const { kept } = await restoreDatabase(full, copy, { overwrite: true });
    expect(await idsIn(full)).toEqual(["a:1", "a:2"]);
    expect(await idsIn(kept ?? "")).toEqual(["b:1"]);
  });

  it("stops when told to, and then nothing has changed", async () => {
    const copy = folder.file("copy.db");
    await backupDatabase(await fileOf("a:1"), copy);
    const full = await fileOf("b:1");
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(restoreDatabase(full, copy, { overwrite: true, signal })).rejects.toThrow("enough");
    await expect(backupDatabase(full, folder.file("other.db"), { signal })).rejects.toThrow("enough");
    expect(await idsIn(full)).toEqual(["b:1"]);
  });
});

it("reads what is set about sources, nothing where there is no database yet", async () => {
  const nowhere = folder.file();
  expect(await readSourceSettings(nowhere)).toEqual([]);
  expect(existsSync(nowhere)).toBe(false);
  expect(await readSourceSettings(await oldFile())).toEqual([]);
  const path = await fileOf();
  const settings = { enabled: true, options: { key: "k" }, notice_accepted_at: null, notice_hash: null, held: null };
  await using store = await openStore({ url: path });
  const stored = await store.sourceSettings.put("a", settings);
  expect(await readSourceSettings(path)).toEqual([stored]);
});

it("counts cameras by state", async () => {
  const path = await fileOf("a:1", "a:2", "b:1");
  {
    await using store = await openStore({ url: path });
    await store.annotate([{ id: "a:1", health_status: "live" }]);
    await store.markGone("b", new Set());
  }
  expect(await readDatabaseStats(path)).toMatchObject({
    database: path,
    engine: "sqlite",
    schema_version: SCHEMA_VERSION,
    rows: { cameras: 3 },
    cameras: { listed: 2, gone: 1, health: { live: 1, unknown: 1 } },
  });
});
