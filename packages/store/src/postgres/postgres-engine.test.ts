import { inspect } from "node:util";

import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { CAMERA_KEYS } from "../camera-record.ts";
import { urlHash } from "../hash.ts";
import { INDEX_COLUMNS, toIndexRow } from "../index-row.ts";
import { MIGRATIONS, SCHEMA_VERSION } from "../migrations/all.ts";
import { searchTerms } from "../search/terms.ts";
import type { StoreEngine } from "../store-engine.ts";
import { countCameras, insertBatch, rowOf, sampleRows } from "../test-support/engine-rows.ts";
import { openTestPostgres, type TestPostgres } from "../test-support/postgres-server.ts";
import { sample, sampleScrape } from "../testing/sample.ts";
import { openPostgresEngine } from "./open-postgres-engine.ts";

const START_MS = 60_000;
const given = process.env["ARGUS_TEST_POSTGRES_URL"];
/** A given server may let anybody in. */
const asksForPasswords = given === undefined || given === "";
let server: TestPostgres;
const opened: StoreEngine[] = [];

beforeAll(async () => {
  server = await openTestPostgres({ url: given });
}, START_MS);
afterEach(async () => {
  await Promise.all(opened.splice(0).map((engine) => engine.close()));
});
afterAll(() => server[Symbol.asyncDispose]());

async function open(url?: string): Promise<StoreEngine> {
  const engine = await openPostgresEngine(url ?? (await server.url()), { busyTimeoutMs: 2000 });
  opened.push(engine);
  return engine;
}

async function administer<Row extends pg.QueryResultRow>(url: string, ...statements: string[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Row[] = [];
    for (const statement of statements) ({ rows } = await client.query<Row>(statement));
    return rows;
  } finally {
    await client.end();
  }
}

describe("what is stored", () => {
  it("has the hash of its picture also where it was stored before URLs of one picture had the same", async () => {
    const url = await server.url();
    const engine = await open(url);
    const urls = ["https://e.example/1.jpg", "http://E.example/1.jpg?_=5", null];
    const rows = urls.map((stream_url, at) => rowOf(sample(`a:${at}`, { stream_url }), { pk: at + 1 }));
    await insertBatch(engine, rows);
    await engine.close();
    await administer(
      url,
      "alter table cameras drop column duplicate_of, drop column former_place",
      "alter table registry_state drop column linked_seq, drop column linked_pk",
      "alter table source_settings drop column held",
      "alter table scrapes drop column saved_at",
      "update cameras set stream_url_hash = pk where pk < 3",
      "update argus_schema set version = 5",
    );
    const again = await open(url);
    const hash = urlHash("https://e.example/1.jpg");
    const hashes = await again.read("reading", (db) =>
      db.selectFrom("cameras").select("stream_url_hash").orderBy("pk").execute(),
    );
    expect(hashes.map(({ stream_url_hash }) => stream_url_hash)).toEqual([hash, hash, null]);
    expect(await again.check()).toEqual([]);
  });

  const awkward = sample("a:1", {
    name: 'Back\\slash, "quote", tab\t, line\nend\r, \\N \\. 東京 🎥 \u0001',
    description: String.raw`\N`,
    lat: -89.99999999999999,
    lon: 1.1000000000000001e-7,
    heading_deg: 359.9,
    refresh_s: 0.1 + 0.2,
    tags: ["a,b", '"c"', "d\\e", "{f}", "NULL", " "],
    region: " ",
    city: "NULL",
    manufacturer: "Ünïcode",
  });

  it("comes back as it was, new and changed, every field of it", async () => {
    const engine = await open();
    await insertBatch(engine, [rowOf(sample("a:1"), { pk: 1 }), rowOf({ ...awkward, id: "a:2" }, { pk: 2 })]);
    await engine.write("changing it", (transaction) =>
      transaction.updateCameras([
        rowOf(awkward, { pk: 1, change_seq: 2 }, { last_seen_at: "2026-11-22T12:00:00.000Z" }),
      ]),
    );
    const rows = await engine.read("reading", (db) => db.selectFrom("cameras").selectAll().orderBy("pk").execute());
    const records = rows.map((row) => ({ ...pickCamera(row), tags: JSON.parse(row.tags) as unknown }));
    const unknown = Object.fromEntries(CAMERA_KEYS.map((key) => [key, null]));
    const noon = "2026-11-21T12:00:00.000Z";
    const expected = { ...unknown, ...awkward, health_status: "unknown", first_seen_at: noon, last_seen_at: noon };
    expect(records).toEqual([
      { ...expected, last_seen_at: "2026-11-22T12:00:00.000Z" },
      { ...expected, id: "a:2" },
    ]);
    expect(rows.map((row) => row.change_seq)).toEqual([2, 1]);
  });

  function pickCamera(row: object): object {
    return Object.fromEntries(Object.entries(row).filter(([key]) => (CAMERA_KEYS as readonly string[]).includes(key)));
  }

  it("holds NUL as the sign for what cannot be shown, also where it is only asked for", async () => {
    const engine = await open();
    const note = { camera_id: "a:1", text: "a\0b", updated_at: "2026-11-21T12:00:00.000Z" };
    await engine.write("noting", ({ db }) => db.insertInto("notes").values(note).execute());
    const texts = (text: string) =>
      engine.read("reading", (db) => db.selectFrom("notes").select("text").where("text", "=", text).execute());
    expect(await texts("a\0b")).toEqual([{ text: "a\uFFFDb" }]);
  });

  it("keeps what health checks and AI found when its source tells something new, and marks gone without a change to it", async () => {
    const engine = await open();
    await insertBatch(engine, [rowOf(sample("a:1"), { pk: 1 })]);
    await engine.write("annotating", ({ db }) =>
      db.updateTable("cameras").set({ health_status: "live", intel_brief: "a bridge" }).execute(),
    );
    const at = { gone_at: "2026-11-23T12:00:00.000Z", change_seq: 3 };
    await engine.write("changing it", async (transaction) => {
      const changes = transaction.updateCameras([rowOf(sample("a:1", { name: "new" }), { pk: 1, change_seq: 2 })]);
      const leaving = transaction.markGone([{ pk: 1, last_seen_at: "2026-11-22T12:00:00.000Z" }], at);
      await Promise.all([changes, leaving]);
    });
    const columns = ["name", "health_status", "intel_brief", "gone_at", "last_seen_at", "change_seq"] as const;
    const rows = await engine.read("reading", (db) => db.selectFrom("cameras").select(columns).execute());
    const seen = { last_seen_at: "2026-11-22T12:00:00.000Z", ...at };
    expect(rows).toEqual([{ name: "new", health_status: "live", intel_brief: "a bridge", ...seen }]);
  });

  it("gives scrapes a number when they come without one", async () => {
    const engine = await open();
    const { id, state, sources, started_at, finished_at } = sampleScrape("s1", "2026-11-21T12:00:00.000Z");
    const row = { id, state, sources: JSON.stringify(sources), started_at, finished_at };
    await engine.write("storing", ({ db }) =>
      db
        .insertInto("scrapes")
        .values([row, { ...row, id: "s2" }])
        .execute(),
    );
    const rows = await engine.read("reading", (db) =>
      db.selectFrom("scrapes").select(["pk", "id"]).orderBy("pk").execute(),
    );
    expect(rows).toEqual([
      { pk: 1, id: "s1" },
      { pk: 2, id: "s2" },
    ]);
  });

  it("is in the order of code points, whatever the server's language", async () => {
    const url = await server.url();
    await open(url);
    const others = `select attrelid::regclass, attname from pg_attribute join pg_class on pg_class.oid = attrelid
      where relnamespace = to_regnamespace(current_schema()) and relkind = 'r' and atttypid = 'text'::regtype
        and attcollation <> '"C"'::regcollation`;
    expect(await administer(url, others)).toEqual([]);
  });
});

describe("index rows", () => {
  it("come by number, and by change and number, up to a limit", async () => {
    const engine = await open();
    await insertBatch(engine, sampleRows(1, 1200));
    await engine.write("changing", (transaction) => transaction.updateCameras(sampleRows(5, 3, 2)));
    const pks = (rows: readonly (readonly unknown[])[]) => rows.map((row) => row[0]);
    expect(pks(await engine.indexRowsAfter(0, 3))).toEqual([1, 2, 3]);
    expect(pks(await engine.indexRowsAfter(1198, 5))).toEqual([1199, 1200]);
    expect(pks(await engine.indexRowsSince({ change_seq: 1, pk: 1199 }, 3))).toEqual([1200, 5, 6]);
    expect(await engine.indexRowsSince({ change_seq: 2, pk: 7 }, 3)).toEqual([]);
  });

  it("hold numbers as numbers and the rest as it was written", async () => {
    const engine = await open();
    const listed = sample("a:1", { lat: 1.5, lon: -2.25, tags: ["x"] });
    await insertBatch(engine, [rowOf(listed, { pk: 1 })]);
    const [values = []] = await engine.indexRowsAfter(0, 1);
    expect(values).toHaveLength(INDEX_COLUMNS.length);
    const { lat, lon, tags, listing_hash, pk } = toIndexRow(values);
    expect({ lat, lon, tags, pk }).toEqual({ lat: 1.5, lon: -2.25, tags: '["x"]', pk: 1 });
    expect(listing_hash).toBe(rowOf(listed, { pk: 1 })[2]);
  });
});

describe("a search", () => {
  it.each([
    ["sao paulo", ["a:1"]],
    ["SÃO", ["a:1"]],
    ["pau", ["a:1"]],
    ["東京", ["a:2"]],
    ["京都", ["a:2"]],
    ["москва", ["a:3"]],
    ["моск", ["a:3"]],
    ["o'hare & !exit:*", ["a:4"]],
    ["bridge", ["a:1", "a:4"]],
    ["bridge paulo", ["a:1"]],
    ["nothing", []],
  ])("for %s finds %j", async (q, ids) => {
    const engine = await searchable();
    const pks = await engine.search(searchTerms(q) ?? []);
    expect([...pks].toSorted((a, b) => a - b).map((pk) => `a:${pk}`)).toEqual(ids);
  });

  let shared: StoreEngine | null = null;
  // One for all cases, so not among those that end with each.
  async function searchable(): Promise<StoreEngine> {
    if (shared !== null) return shared;
    shared = await openPostgresEngine(await server.url(), { busyTimeoutMs: 2000 });
    const names = ["São Paulo bridge", "東京都タワー", "Москва", "O'Hare exit, bridge"];
    await insertBatch(
      shared,
      names.map((name, n) => rowOf(sample(`a:${n + 1}`, { name }), { pk: n + 1 })),
    );
    return shared;
  }
  afterAll(() => shared?.close());

  it("finds thousands at once, each once", async () => {
    const engine = await open();
    await insertBatch(engine, sampleRows(65_000, 1500));
    const pks = await engine.search([{ token: "camera", isPrefix: false }]);
    expect([...pks].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 1500 }, (_, n) => 65_000 + n));
  });

  it("no longer finds what was renamed", async () => {
    const engine = await open();
    await insertBatch(engine, [rowOf(sample("a:1", { name: "old" }), { pk: 1 })]);
    await engine.write("renaming", (transaction) =>
      transaction.updateCameras([rowOf(sample("a:1", { name: "new" }), { pk: 1, change_seq: 2 })]),
    );
    const find = async (token: string) => [...(await engine.search([{ token, isPrefix: false }]))];
    expect([await find("old"), await find("new")]).toEqual([[], [1]]);
  });

  it("that is called off is stopped on the server", async () => {
    const url = await server.url();
    const engine = await open(url);
    const reason = new Error("called off");
    const controller = new AbortController();
    await blockText(url, async () => {
      const search = engine.search([{ token: "camera", isPrefix: false }], controller.signal);
      await waitUntil(async () => (await runningSearches(url)) === 1);
      controller.abort(reason);
      await expect(search).rejects.toBe(reason);
      expect(await runningSearches(url)).toBe(0);
    });
    expect(await engine.search([{ token: "camera", isPrefix: false }])).toHaveLength(0);
  });

  async function blockText(url: string, task: () => Promise<void>): Promise<void> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await client.query("begin; lock table camera_text in access exclusive mode");
      await task();
    } finally {
      await client.end();
    }
  }

  async function runningSearches(url: string): Promise<number> {
    const query = `select from pg_stat_activity
      where application_name = current_setting('application_name') and state = 'active' and query like '%tsquery%' and pid <> pg_backend_pid()`;
    return (await administer(url, query)).length;
  }
});

describe("a write", () => {
  it("leaves nothing behind when it fails", async () => {
    const engine = await open();
    const failing = engine.write("storing", async (transaction) => {
      await transaction.insertCameras(sampleRows(1, 1000));
      throw new RangeError("enough");
    });
    await expect(failing).rejects.toMatchObject({ code: "ARGUS_STORE_WRITE_FAILED", cause: expect.any(RangeError) });
    expect(await countCameras(engine)).toBe(0);
  });

  it("fails as a whole for one bad row, whether anybody awaited it or not", async () => {
    const engine = await open();
    const failing = engine.write("storing", async (transaction) => {
      void transaction.insertCameras(sampleRows(1, 1000));
      void transaction.insertCameras(sampleRows(1, 1)).catch(() => {});
    });
    await expect(failing).rejects.toMatchObject({ code: "ARGUS_STORE_WRITE_FAILED", retryable: false });
    expect(await countCameras(engine)).toBe(0);
    await insertBatch(engine, sampleRows(1, 2));
    expect(await countCameras(engine)).toBe(2);
  });

  it("fails when the task hid that a statement failed", async () => {
    const engine = await open();
    const failing = engine.write("storing", async ({ db }) => {
      await db.updateTable("registry_state").set({ change_seq: 7 }).execute();
      await db
        .insertInto("registry_state")
        .values({ id: 1, change_seq: 1 })
        .execute()
        .catch(() => {});
    });
    await expect(failing).rejects.toMatchObject({ code: "ARGUS_STORE_WRITE_FAILED" });
  });

  it("may not begin a transaction of its own, which would end this one", async () => {
    const engine = await open();
    const nested = engine.write("storing", ({ db }) => db.transaction().execute(async () => {}));
    await expect(nested).rejects.toMatchObject({
      cause: { message: expect.stringContaining("one transaction already") },
    });
  });

  it("runs bulk calls and statements in the order they were made, awaited or not", async () => {
    const engine = await open();
    await engine.write("storing", async (transaction) => {
      const { db } = transaction;
      await Promise.all([
        transaction.insertCameras(sampleRows(1, 1700)),
        transaction.updateCameras([rowOf(sample("a:1600", { name: "first" }), { pk: 1600, change_seq: 2 })]),
        transaction.insertCameras(sampleRows(1701, 10)),
        transaction.updateCameras([rowOf(sample("a:1705", { name: "second" }), { pk: 1705, change_seq: 2 })]),
      ]);
      await db.updateTable("cameras").set({ city: "both" }).where("change_seq", "=", 2).execute();
    });
    const rows = await engine.read("reading", (db) =>
      db.selectFrom("cameras").select(["pk", "name"]).where("city", "=", "both").orderBy("pk").execute(),
    );
    expect(rows).toEqual([
      { pk: 1600, name: "first" },
      { pk: 1705, name: "second" },
    ]);
    expect(await countCameras(engine)).toBe(1710);
  });

  it("comes before or after another program's, never between", async () => {
    const url = await server.url();
    const [a, b] = [await open(url), await open(url)];
    const bump = (engine: StoreEngine) =>
      engine.write("counting", async ({ db }) => {
        const { change_seq } = await db.selectFrom("registry_state").select("change_seq").executeTakeFirstOrThrow();
        await db
          .updateTable("registry_state")
          .set({ change_seq: change_seq + 1 })
          .execute();
      });
    await Promise.all(Array.from({ length: 40 }, (_, n) => bump(n % 2 === 0 ? a : b)));
    const state = await a.read("reading", (db) =>
      db.selectFrom("registry_state").select(["id", "change_seq"]).execute(),
    );
    expect(state).toEqual([{ id: 1, change_seq: 40 }]);
  });

  it("says who is in the way when another program holds the writer's place too long", async () => {
    const url = await server.url();
    const holder = await open(url);
    const engine = await openPostgresEngine(url, { busyTimeoutMs: 50 });
    opened.push(engine);
    const release = Promise.withResolvers<void>();
    const holding = Promise.withResolvers<void>();
    const held = holder.write("holding", async () => {
      holding.resolve();
      await release.promise;
    });
    await holding.promise;
    await expect(engine.write("storing", async () => {})).rejects.toMatchObject({
      code: "ARGUS_STORE_LOCKED",
      retryable: true,
    });
    release.resolve();
    await held;
    await engine.write("storing", async () => {});
  });
});

describe("a database that is refused", () => {
  const tables = "select from pg_tables where schemaname = current_schema()";

  it("because another program's tables are in the way stays as it was", async () => {
    const url = await server.url();
    await administer(url, "create table notes (recipe text)", "insert into notes values ('soup')");
    await expect(open(url)).rejects.toMatchObject({
      code: "ARGUS_STORE_FOREIGN_DATABASE",
      message: expect.stringContaining("table notes"),
    });
    expect(await administer(url, "select * from notes")).toEqual([{ recipe: "soup" }]);
    expect(await administer(url, tables)).toHaveLength(1);
  });

  it("because its schema is newer names both versions", async () => {
    const url = await server.url();
    await (await open(url)).close();
    await administer(url, `update argus_schema set version = ${SCHEMA_VERSION + 5}`);
    await expect(open(url)).rejects.toMatchObject({
      code: "ARGUS_STORE_SCHEMA_NEWER",
      message: expect.stringContaining(
        `version ${SCHEMA_VERSION + 5}, and this program knows versions up to ${SCHEMA_VERSION}`,
      ),
    });
  });

  it("lets a program that runs already write no more once a newer one has upgraded it", async () => {
    const url = await server.url();
    const engine = await open(url);
    await administer(url, `update argus_schema set version = ${SCHEMA_VERSION + 1}`);
    await expect(insertBatch(engine, sampleRows(1, 1))).rejects.toMatchObject({ code: "ARGUS_STORE_SCHEMA_NEWER" });
    expect(await countCameras(engine)).toBe(0);
  });

  it("shares a database with tables that are not in the way", async () => {
    const url = await server.url();
    await administer(url, "create table recipes (name text)");
    await insertBatch(await open(url), sampleRows(1, 1));
    expect(await administer(url, "select * from recipes")).toEqual([]);
  });

  it("lives in the schema that the url names, and knows nothing of others in the database", async () => {
    const [a, b] = [await open(), await open()];
    await insertBatch(a, sampleRows(1, 3));
    await insertBatch(b, sampleRows(1, 1));
    expect([await countCameras(a), await countCameras(b)]).toEqual([3, 1]);
  });
});

describe("opening", () => {
  it("takes a new database through every step, also when several programs start at once", async () => {
    const url = await server.url();
    const engines = await Promise.all(Array.from({ length: 5 }, () => open(url)));
    expect(MIGRATIONS.length).toBeGreaterThan(1);
    expect(await administer(url, "select version from argus_schema")).toEqual([{ version: SCHEMA_VERSION }]);
    await Promise.all(engines.map((engine, n) => insertBatch(engine, sampleRows(n + 1, 1))));
    expect(await countCameras(engines[0]!)).toBe(5);
  });

  it.each([
    ["no such database", (url: URL) => (url.pathname = "/nowhere"), "there is no such database"],
    ["nobody listening", (url: URL) => (url.port = "1"), "cannot be reached"],
    ["no such host", (url: URL) => (url.hostname = "nowhere.invalid"), "cannot be reached"],
    ["no schema", (url: URL) => url.searchParams.set("options", "-csearch_path=nowhere"), "search_path"],
    ["no TLS", (url: URL) => url.searchParams.set("sslmode", "require"), "speaks no TLS"],
  ])("tells of %s how to mend it", async (_what, change, mend) => {
    const url = new URL(await server.url());
    change(url);
    const error = await open(url.href).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "ARGUS_STORE_OPEN_FAILED", message: expect.stringContaining(mend) });
    expect(String(error)).toContain(`${url.port}${url.pathname}`);
  });

  it.skipIf(!asksForPasswords)("tells that a password is wrong, and shows neither", async () => {
    const url = new URL(await server.url());
    const right = decodeURIComponent(url.password);
    url.password = "mistaken";
    const error = await open(url.href).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "ARGUS_STORE_OPEN_FAILED",
      message: expect.stringContaining("refused user and password"),
    });
    expect(inspect(error)).not.toMatch(new RegExp(`mistaken|${right}`, "u"));
  });

  it("and closing leave no connection behind", async () => {
    const url = await server.url();
    const engine = await open(url);
    await Promise.all(Array.from({ length: 20 }, () => countCameras(engine)));
    await insertBatch(engine, sampleRows(1, 1));
    await engine.close();
    const connections =
      "select from pg_stat_activity where application_name = current_setting('application_name') and pid <> pg_backend_pid()";
    await waitUntil(async () => (await administer(url, connections)).length === 0);
    await expect(countCameras(engine)).rejects.toMatchObject({ code: "ARGUS_STORE_CLOSED" });
    await expect(insertBatch(engine, [])).rejects.toMatchObject({ code: "ARGUS_STORE_CLOSED" });
  });
});

describe("a check", () => {
  it("finds nothing in a registry that is whole", async () => {
    const engine = await open();
    await insertBatch(engine, sampleRows(1, 1500));
    expect(await engine.check()).toEqual([]);
  });

  it.each([
    [
      "a changed field",
      "update cameras set name = 'x' where pk = 3",
      "camera a:3 does not have the hash of what it holds",
    ],
    [
      "a changed url",
      "update cameras set stream_url_hash = 1 where pk = 3",
      "camera a:3 does not have the hashes of its URLs",
    ],
    ["lost tokens", "update camera_text set tokens = '' where pk = 3", "camera a:3 is not found by its own words"],
    [
      "a sequence set back",
      "update registry_state set change_seq = 0",
      "camera a:3 was written after the registry's last change",
    ],
    ["a lost state", "delete from registry_state", "registry_state has 0 rows instead of one"],
  ])("finds %s", async (_what, damage, finding) => {
    const url = await server.url();
    const engine = await open(url);
    await insertBatch(engine, sampleRows(1, 5));
    await administer(url, damage);
    expect(await engine.check()).toContain(finding);
  });

  it("counts rows and bytes", async () => {
    const engine = await open();
    await insertBatch(engine, sampleRows(1, 100));
    const { bytes, rows, schema_version } = await engine.stats();
    expect(rows).toMatchObject({ cameras: 100, registry_state: 1, walls: 0 });
    expect(schema_version).toBe(SCHEMA_VERSION);
    expect(bytes).toBeGreaterThan(100 * 100);
  });
});

async function waitUntil(isSo: () => Promise<boolean>): Promise<void> {
  // Each look is a question to the server; the test's own time limit ends it.
  while (!(await isSo()));
}
