import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { sql } from "kysely";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";

import { SCHEMA_VERSION } from "../migrations/all.ts";
import { searchTerms } from "../search/terms.ts";
import { openSqliteEngine } from "../sqlite/open-sqlite-engine.ts";
import type { StoreEngine } from "../store-engine.ts";
import { insertBatch, rowOf, sampleRows } from "../test-support/engine-rows.ts";
import { openTestPostgres, type TestPostgres } from "../test-support/postgres-server.ts";
import { sample, sampleScrape } from "../testing/sample.ts";
import { TempFolder } from "../test-support/temp-folder.ts";
import { backupPostgres } from "./backup.ts";
import { openPostgresEngine } from "./open-postgres-engine.ts";
import { restorePostgres } from "./restore.ts";
import { TABLE_NAMES } from "./table-names.ts";

const START_MS = 60_000;
const NOON = "2026-11-21T12:00:00.000Z";
const folder = new TempFolder();
let server: TestPostgres;
const opened: StoreEngine[] = [];

beforeAll(async () => {
  server = await openTestPostgres({ url: process.env["ARGUS_TEST_POSTGRES_URL"] });
}, START_MS);
afterEach(async () => {
  await Promise.all(opened.splice(0).map((engine) => engine.close()));
});
afterAll(async () => {
  folder[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
});

async function openServer(url: string): Promise<StoreEngine> {
  const engine = await openPostgresEngine(url, { busyTimeoutMs: 2000 });
  opened.push(engine);
  return engine;
}

async function openFile(path: string): Promise<StoreEngine> {
  const engine = await openSqliteEngine(path, { busyTimeoutMs: 2000 });
  opened.push(engine);
  return engine;
}

/** A registry with something in every table, and every kind of camera. */
async function fill(url: string): Promise<StoreEngine> {
  const engine = await openServer(url);
  const paris = sample("a:1", { name: 'São "Paulo" \\N\t東京', lat: 0.1 + 0.2, lon: -1e-7, tags: ["x,y", "z"] });
  const gone = rowOf(sample("a:2"), { pk: 2 }, { gone_at: NOON, first_seen_at: "2020-01-01T00:00:00.000Z" });
  await insertBatch(engine, [rowOf(paris, { pk: 1 }), gone, ...sampleRows(10, 1100)]);
  const { id, state, sources, started_at, finished_at } = sampleScrape("s1", NOON);
  const times = { created_at: NOON, updated_at: NOON };
  await engine.write("filling", async ({ db }) => {
    const annotation = { health_status: "live", health_checked_at: NOON, intel_brief: "Überführung '\"\\" } as const;
    await db.updateTable("cameras").set(annotation).where("pk", "in", [2, 11, 900]).execute();
    await db.updateTable("cameras").set({ scene_description: "sea" }).where("pk", "=", 12).execute();
    const scrape = { id, state, sources: JSON.stringify(sources), started_at, finished_at };
    await db
      .insertInto("scrapes")
      .values([
        { ...scrape, pk: 7 },
        { ...scrape, id: "s2", pk: 9 },
      ])
      .execute();
    await db.insertInto("source_state").values({ source_id: "a", complete_at: NOON }).execute();
    await db.insertInto("favourites").values({ camera_id: "a:1", added_at: NOON }).execute();
    await db.insertInto("notes").values({ camera_id: "a:1", text: "mine", updated_at: NOON }).execute();
    const collection = { id: "c", name: "C", name_key: "c", description: null, camera_count: 2, ...times };
    await db.insertInto("collections").values(collection).execute();
    const members = ["a:1", "a:2"].map((camera_id) => ({ collection_id: "c", camera_id }));
    await db.insertInto("collection_cameras").values(members).execute();
    await db
      .insertInto("walls")
      .values({ id: "w", name: "W", columns: 3, cells: "[]", ...times })
      .execute();
    const accepted = { notice_accepted_at: NOON, notice_hash: "0f" };
    await db
      .insertInto("source_settings")
      .values({
        source_id: "a",
        enabled: 1,
        options: '{"key":"ä"}',
        ...accepted,
        held: '{"before":2}',
        updated_at: NOON,
      })
      .execute();
  });
  return engine;
}

/** Every row of every table, and what is found by words. */
async function contentOf(engine: StoreEngine): Promise<object> {
  const tables = await engine.read("reading all", async (db) => {
    const found: [string, string[]][] = [];
    for (const table of TABLE_NAMES) {
      const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db);
      found.push([table, rows.map(toText).toSorted()]);
    }
    return Object.fromEntries(found);
  });
  const queries = ["sao paulo", "東京", "camera"].map((q) => engine.search(searchTerms(q) ?? []));
  const found = (await Promise.all(queries)).map((pks) => [...pks].toSorted((a, b) => a - b));
  return { tables, found };
}

function toText(row: Record<string, unknown>): string {
  return JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

it("a backup is a SQLite registry with all that the server holds, and goes back into an empty database", async () => {
  const url = await server.url();
  const content = await contentOf(await fill(url));
  const file = folder.file();
  const told: number[] = [];
  await backupPostgres(url, file, { progress: ({ done, total }) => void told.push(done, total) });
  expect(readdirSync(dirname(file)).filter((name) => file.endsWith(name) || name.includes("part"))).toHaveLength(1);
  const before = readFileSync(file);
  const other = await server.url();
  await restorePostgres(file, other);
  expect(readFileSync(file).equals(before)).toBe(true);
  const restored = await openServer(other);
  expect(await contentOf(restored)).toEqual(content);
  expect(await contentOf(await openFile(file))).toEqual(content);
  expect([await restored.check(), told]).toEqual([[], [1102, 1102]]);
});

it("what is written meanwhile is not in a backup", async () => {
  const url = await server.url();
  const engine = await fill(url);
  const file = folder.file();
  const other = new pg.Client({ connectionString: url });
  await other.connect();
  try {
    // The backup has begun to read when it comes to this table, and waits for it.
    await other.query("begin; lock table favourites in access exclusive mode");
    const backup = backupPostgres(url, file);
    const waiting = sql`select from pg_stat_activity
      where wait_event = 'relation' and application_name = current_setting('application_name')`;
    while ((await engine.read("looking", (db) => waiting.execute(db))).rows.length === 0);
    await other.query("insert into favourites values ('late', 'now'); commit");
    await backup;
  } finally {
    await other.end();
  }
  const favourites = (of: StoreEngine) => of.read("reading", (db) => db.selectFrom("favourites").selectAll().execute());
  expect(await favourites(engine)).toHaveLength(2);
  expect(await favourites(await openFile(file))).toHaveLength(1);
});

it("numbers that came with a backup are not given out again", async () => {
  const url = await server.url();
  await fill(url);
  const file = folder.file();
  await backupPostgres(url, file);
  const other = await server.url();
  await restorePostgres(file, other);
  const restored = await openServer(other);
  const row = { id: "s3", state: "running", sources: "[]", started_at: NOON, finished_at: null } as const;
  await restored.write("storing", ({ db }) => db.insertInto("scrapes").values(row).execute());
  const pks = await restored.read("reading", (db) => db.selectFrom("scrapes").select("pk").orderBy("pk").execute());
  expect(pks.map(({ pk }) => pk)).toEqual([7, 9, 10]);
});

it("a database with anything in it is not restored into, and stays as it was", async () => {
  const url = await server.url();
  const engine = await fill(url);
  const file = folder.file();
  await backupPostgres(url, file);
  const before = await contentOf(engine);
  await expect(restorePostgres(file, url)).rejects.toMatchObject({
    code: "ARGUS_STORE_NOT_EMPTY",
    message: expect.stringContaining("rows in"),
  });
  expect(await contentOf(engine)).toEqual(before);
});

it("a database is restored over when that is allowed and nobody else has it open", async () => {
  const [url, other] = [await server.url(), await server.url()];
  const content = await contentOf(await fill(url));
  const file = folder.file();
  await backupPostgres(url, file);
  const engine = await openServer(other);
  await insertBatch(engine, sampleRows(1, 700));
  await expect(restorePostgres(file, other, { overwrite: true })).rejects.toMatchObject({ code: "ARGUS_STORE_LOCKED" });
  expect((await engine.stats()).rows).toMatchObject({ cameras: 700 });
  await engine.close();
  await restorePostgres(file, other, { overwrite: true });
  const restored = await openServer(other);
  expect(await contentOf(restored)).toEqual(content);
  expect(await restored.check()).toEqual([]);
});

it.each([
  ["no registry", "somebody's notes", "ARGUS_STORE_NOT_A_DATABASE"],
  ["not there", null, "ARGUS_STORE_OPEN_FAILED"],
])("a file that is %s leaves the database empty", async (_what, content, code) => {
  const url = await server.url();
  const file = folder.file();
  if (content !== null) writeFileSync(file, content);
  await expect(restorePostgres(file, url)).rejects.toMatchObject({ code });
  const { rows } = await (await openServer(url)).stats();
  expect(rows).toMatchObject({ cameras: 0, registry_state: 1 });
});

it("a file that is there already is not replaced", async () => {
  const url = await server.url();
  await fill(url);
  const file = folder.file();
  writeFileSync(file, "mine");
  await expect(backupPostgres(url, file)).rejects.toMatchObject({ code: "ARGUS_STORE_FILE_EXISTS" });
  expect(readFileSync(file, "utf8")).toBe("mine");
});

it("a database without a registry, or with an older one, is not backed up, and not changed", async () => {
  const url = await server.url();
  const file = folder.file();
  await expect(backupPostgres(url, file)).rejects.toMatchObject({ code: "ARGUS_STORE_NO_DATABASE" });
  const engine = await openServer(url);
  await engine.write("ageing", ({ db }) => sql`update argus_schema set version = ${SCHEMA_VERSION - 1}`.execute(db));
  await expect(backupPostgres(url, file)).rejects.toMatchObject({ code: "ARGUS_STORE_SCHEMA_OLDER" });
  expect(await engine.stats()).toMatchObject({ schema_version: SCHEMA_VERSION - 1 });
  expect(existsSync(file)).toBe(false);
});

it("a backup and a restore that are called off leave nothing", async () => {
  const url = await server.url();
  await fill(url);
  const [file, other] = [folder.file(), await server.url()];
  const reason = new Error("called off");
  const aborting = () => {
    const controller = new AbortController();
    return { signal: controller.signal, progress: () => controller.abort(reason) };
  };
  await expect(backupPostgres(url, file, aborting())).rejects.toBe(reason);
  expect(readdirSync(dirname(file)).filter((name) => name.includes("part"))).toEqual([]);
  expect(existsSync(file)).toBe(false);
  await backupPostgres(url, file);
  await expect(restorePostgres(file, other, aborting())).rejects.toBe(reason);
  expect((await (await openServer(other)).stats()).rows).toMatchObject({ cameras: 0, scrapes: 0, registry_state: 1 });
});
