import { existsSync } from "node:fs";
import { chmod, copyFile, mkdir, open, readdir, readFile, rm, watch, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { Camera } from "@argus/core";
import { openStore } from "@argus/store";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runArgus, serve, startArgus } from "../support/argus-process.ts";
import { openTestPostgres } from "../support/postgres.ts";
import { makeScratch, type Scratch } from "../support/scratch.ts";
import { writeSourceApp } from "../support/source-package.ts";
import { SyntheticCameras } from "../support/synthetic-cameras.ts";

const CAMERAS = 1200;
const MANY_CAMERAS = 20_000;
const PATIENCE_MS = 30_000;
const ENDLESS = `for (let i = 0; !ctx.signal.aborted; i += 1) {
  await ctx.emit(camera("e" + i));
  if (i % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
}`;

/** A place for databases of one engine. */
type Databases = AsyncDisposable & { url(folder: string, name: string): Promise<string> };

const openSqlite = async (): Promise<Databases> => ({
  url: async (folder, name) => `sqlite:${join(folder, `${name}.db`)}`,
  [Symbol.asyncDispose]: async () => undefined,
});

async function openPostgres(): Promise<Databases> {
  const server = await openTestPostgres({ url: process.env["ARGUS_TEST_POSTGRES_URL"] });
  return { url: () => server.url(), [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** Everything the registry tells, gone cameras and past scrapes too. */
async function contentOf(url: string): Promise<{ cameras: Camera[]; scrapes: unknown }> {
  await using store = await openStore({ url });
  const cameras: Camera[] = [];
  for await (const camera of store.each({ gone: "any" })) cameras.push(camera);
  return { cameras, scrapes: await store.scrapes(10) };
}

async function fill(url: string, count = CAMERAS): Promise<void> {
  const cameras = new SyntheticCameras(count);
  await using store = await openStore({ url });
  for (let from = 0; from < count; from += 5000) await store.upsert(cameras.slice(from, from + 5000));
  const [source] = cameras.sources();
  const kept = cameras.slice(0, (source?.to ?? 0) - 7).map(({ id }) => id);
  expect(await store.markGone(source?.id ?? "", new Set(kept))).toBe(7);
}

describe.each([
  ["SQLite", openSqlite],
  ["PostgreSQL", openPostgres],
])("argus db on %s", (_name, openDatabases) => {
  let scratch: Scratch;
  let databases: Databases;
  let url: string;

  const argus = (to: string, ...words: string[]) => runArgus(scratch.path, ["db", ...words], { DATABASE_URL: to });
  const file = (name: string) => join(scratch.path, name);
  const fresh = (name: string) => databases.url(scratch.path, name);

  beforeAll(async () => {
    scratch = await makeScratch("db");
    databases = await openDatabases();
    url = await fresh("filled");
    await fill(url);
  });

  afterAll(async () => {
    await databases?.[Symbol.asyncDispose]();
    await scratch?.[Symbol.asyncDispose]();
  });

  it("makes the tables, and says so; a second time there is nothing to do", async () => {
    const empty = await fresh("new");
    expect(await argus(empty, "migrate")).toMatchObject({
      code: 0,
      output: expect.stringMatching(/was made.*version \d/u),
    });
    expect(await argus(empty, "migrate")).toMatchObject({
      code: 0,
      output: expect.stringMatching(/nothing was changed/u),
    });
  });

  it("finds no problem where there is none", async () => {
    expect(await argus(url, "check")).toEqual({ code: 0, output: "no problems found in 1,200 cameras" });
  });

  it("tells what is there, to people and to programs, and never the password", async () => {
    const { code, output } = await argus(url, "stats", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({
      schema_version: expect.any(Number),
      rows: { cameras: 1200, scrapes: 0 },
      cameras: { listed: 1193, gone: 7, health: { unknown: 1193 } },
    });
    const told = await argus(url, "stats");
    expect(told).toMatchObject({ code: 0, output: expect.stringMatching(/cameras gone +7$/mu) });
    const { password } = URL.parse(url) ?? { password: "" };
    for (const text of [output, told.output])
      if (password !== "") expect(text).not.toContain(decodeURIComponent(password));
  });

  it("restores a backup as it was, on either engine", async () => {
    expect(await argus(url, "backup", file("whole.db"))).toMatchObject({
      code: 0,
      output: expect.stringMatching(/1,200 cameras backed up to .*whole\.db \([\d.]+ kB\), verified/u),
    });
    const [restored, beside] = [await fresh("restored"), `sqlite:${file("beside.db")}`];
    for (const to of [restored, beside]) {
      expect(await argus(to, "restore", file("whole.db"))).toMatchObject({
        code: 0,
        output: expect.stringContaining("1,200 cameras restored"),
      });
      expect(await contentOf(to)).toEqual(await contentOf(url));
      expect(await argus(to, "check")).toMatchObject({ code: 0 });
    }
  });

  it("backs up while a running server writes: a whole batch or none of it, and the server goes on", async () => {
    const busy = await fresh("busy");
    const env = {
      DATABASE_URL: busy,
      TEST_SOURCES_FROM: await writeSourceApp(file("app"), [{ id: "endless", scrape: ENDLESS }]),
    };
    const script = fileURLToPath(new URL("../support/serve-sources.ts", import.meta.url));
    await using server = await serve({ home: scratch.path, script, env });
    await server.client.startScrape(["endless"]);
    const told = async (least: number): Promise<number> => {
      for await (const scrape of server.client.scrapeEvents({ signal: AbortSignal.timeout(PATIENCE_MS) })) {
        const stored = scrape.sources[0]?.new ?? 0;
        if (stored > least) return stored;
      }
      throw new Error("the scrape ended");
    };
    const before = await told(2000);
    expect(await argus(busy, "backup", file("busy-copy.db"))).toMatchObject({ code: 0 });
    await told(before);
    expect((await server.client.currentScrape())?.state).toBe("running");

    const numbers = numbersIn(file("busy-copy.db"));
    expect(numbers.length).toBeGreaterThanOrEqual(before);
    expect(numbers).toEqual(Array.from(numbers, (_, at) => at));
    await rm(file("app"), { recursive: true });
  });

  it("never writes a backup over another file", async () => {
    await writeFile(file("dear.db"), "something dear");
    const answer = await argus(url, "backup", file("dear.db"));
    expect(answer).toMatchObject({ code: 1, output: expect.stringMatching(/dear\.db.*\[ARGUS_STORE_FILE_EXISTS\]/u) });
    expect(await readFile(file("dear.db"), "utf8")).toBe("something dear");
  });

  it("refuses a place where no file can be, and names it", async () => {
    await mkdir(file("folder.db"));
    for (const place of ["folder.db", "missing/copy.db"]) {
      expect(await argus(url, "backup", file(place))).toMatchObject({
        code: 1,
        output: expect.stringContaining(place),
      });
    }
    expect(existsSync(file("missing"))).toBe(false);
  });

  it("restores over cameras only when told to", async () => {
    const [other, small] = [await fresh("other"), await fresh("small")];
    await fill(other, 900);
    await fill(small, 500);
    const before = await contentOf(other);
    expect(await argus(small, "backup", file("small-copy.db"))).toMatchObject({ code: 0 });
    expect(await argus(other, "restore", file("small-copy.db"))).toMatchObject({
      code: 1,
      output: expect.stringMatching(/--overwrite.*\[ARGUS_STORE_NOT_EMPTY\]/u),
    });
    expect(await contentOf(other)).toEqual(before);
    const answer = await argus(other, "restore", "--overwrite", file("small-copy.db"));
    expect(answer).toMatchObject({ code: 0, output: expect.stringContaining("500 cameras restored") });
    expect(await contentOf(other)).toEqual(await contentOf(small));
    const kept = /kept as (?<path>.+)$/mu.exec(answer.output)?.groups?.["path"];
    if (kept !== undefined) expect(await contentOf(`sqlite:${kept}`)).toEqual(before);
    expect(kept === undefined).toBe(!other.startsWith("sqlite:"));
  });

  it("does not restore into a database that a server has open", async () => {
    const used = await fresh("used");
    await using server = await serve({ home: scratch.path, env: { DATABASE_URL: used } });
    const answer = await argus(used, "restore", "--overwrite", file("whole.db"));
    expect(answer).toMatchObject({ code: 1, output: expect.stringContaining("[ARGUS_STORE_LOCKED]") });
    expect((await server.client.cameras({ limit: 1 })).total).toBe(0);
  });

  it("leaves nothing half behind when it is stopped in the middle of a backup", async () => {
    const many = await fresh("many");
    await fill(many, MANY_CAMERAS);
    const folder = file("stopped");
    await mkdir(folder);
    const running = startArgus(scratch.path, ["db", "backup", join(folder, "copy.db")], { DATABASE_URL: many });
    // As soon as anything is there, in the middle of it.
    for await (const _ of watch(folder, { signal: AbortSignal.timeout(PATIENCE_MS) })) break;
    running.child.kill("SIGINT");
    const { code, output } = await running.ended;
    // It may just have been done.
    if (code === 0) expect(numberOfCameras(join(folder, "copy.db"))).toBe(MANY_CAMERAS);
    else {
      expect({ code, output }).toEqual({ code: 130, output: expect.stringContaining("[ARGUS_INTERRUPTED]") });
      expect(await readdir(folder)).toEqual([]);
    }
    expect(await argus(many, "check")).toMatchObject({ code: 0 });
  });
});

describe("argus db on a SQLite file", () => {
  it.each([
    ["that is no database", "ARGUS_STORE_NOT_A_DATABASE", (path: string) => writeFile(path, "no database".repeat(200))],
    [
      "that is another program's",
      "ARGUS_STORE_FOREIGN_DATABASE",
      async (path: string) => {
        inDatabase(path, (database) => database.exec("create table recipes (name text)"));
      },
    ],
    [
      "of a newer schema",
      "ARGUS_STORE_SCHEMA_NEWER",
      async (path: string, filled: string) => {
        await copyFile(filled, path);
        inDatabase(path, (database) => database.pragma("user_version = 99"));
      },
    ],
    [
      "that is damaged",
      "ARGUS_STORE_CORRUPT",
      async (path: string, filled: string) => {
        await copyFile(filled, path);
        await damage(path);
      },
    ],
    ["that is not there", "ARGUS_STORE_OPEN_FAILED", async () => undefined],
  ])("is not restored from a backup %s", async (what, code, make) => {
    await using scratch = await makeScratch("db");
    const url = `sqlite:${join(scratch.path, "filled.db")}`;
    await fill(url, 200);
    const path = join(scratch.path, `${what}.db`);
    await make(path, join(scratch.path, "filled.db"));
    const before = await contentOf(url);
    const answer = await runArgus(scratch.path, ["db", "restore", "--overwrite", path], { DATABASE_URL: url });
    expect(answer).toMatchObject({ code: 1, output: expect.stringContaining(`[${code}]`) });
    expect(answer.output).toContain(path);
    expect(await contentOf(url)).toEqual(before);
  });

  it.each(["check", "stats", "backup"])("%s makes no database where there is none", async (command) => {
    await using scratch = await makeScratch("db");
    const file = join(scratch.path, "none.db");
    const words = command === "backup" ? [command, join(scratch.path, "copy.db")] : [command];
    const answer = await runArgus(scratch.path, ["db", ...words], { DATABASE_URL: `sqlite:${file}` });
    expect(answer).toMatchObject({ code: 1, output: expect.stringMatching(/none\.db.*\[ARGUS_STORE_NO_DATABASE\]/u) });
    expect((await readdir(scratch.path)).filter((name) => name.endsWith(".db"))).toEqual([]);
  });

  it("names what is damaged, and ends with 1", async () => {
    await using scratch = await makeScratch("db");
    const file = join(scratch.path, "damaged.db");
    await fill(`sqlite:${file}`);
    await damage(file);
    const before = await readFile(file);
    const answer = await runArgus(scratch.path, ["db", "check"], { DATABASE_URL: `sqlite:${file}` });
    expect(answer.code).toBe(1);
    expect(answer.output).toMatch(/problems? found|ARGUS_STORE_CORRUPT/u);
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  it.each([["migrate"], ["check"], ["stats"], ["backup", "copy.db"]])(
    "%s leaves a database of a newer Argus alone",
    async (...words) => {
      await using scratch = await makeScratch("db");
      const file = join(scratch.path, "newer.db");
      await fill(`sqlite:${file}`, 100);
      inDatabase(file, (database) => {
        database.pragma("user_version = 99");
        database.pragma("wal_checkpoint(truncate)");
      });
      const before = await readFile(file);
      const [command = "", ...files] = words;
      const answer = await runArgus(scratch.path, ["db", command, ...files.map((name) => join(scratch.path, name))], {
        DATABASE_URL: `sqlite:${file}`,
      });
      expect(answer).toMatchObject({
        code: 1,
        output: expect.stringMatching(/version 99.*\[ARGUS_STORE_SCHEMA_NEWER\]/u),
      });
      expect((await readFile(file)).equals(before)).toBe(true);
      expect(existsSync(join(scratch.path, "copy.db"))).toBe(false);
    },
  );

  // To root, every file is open.
  it.skipIf(process.getuid?.() === 0)("names a file it may not read", async () => {
    await using scratch = await makeScratch("db");
    const file = join(scratch.path, "closed.db");
    await fill(`sqlite:${file}`, 100);
    await chmod(file, 0o000);
    const answer = await runArgus(scratch.path, ["db", "check"], { DATABASE_URL: `sqlite:${file}` });
    expect(answer).toMatchObject({
      code: 1,
      output: expect.stringMatching(/closed\.db.*\[ARGUS_STORE_OPEN_FAILED\]/u),
    });
  });

  it("uses the database that the settings name, or the one in the data folder", async () => {
    await using scratch = await makeScratch("db");
    expect(await runArgus(scratch.path, ["db", "migrate"])).toMatchObject({ code: 0 });
    expect(existsSync(join(scratch.path, "data", "argus", "argus.db"))).toBe(true);
  });

  it("explains itself, and refuses words it does not know with 2", async () => {
    await using scratch = await makeScratch("db");
    expect(await runArgus(scratch.path, ["db", "restore", "--help"])).toMatchObject({
      code: 0,
      output: expect.stringContaining("--overwrite"),
    });
    expect(await runArgus(scratch.path, ["db", "vacuum"])).toMatchObject({
      code: 2,
      output: expect.stringContaining("vacuum"),
    });
  });
});

function inDatabase<Result>(path: string, task: (database: Database.Database) => Result): Result {
  const database = new Database(path);
  try {
    return task(database);
  } finally {
    database.close();
  }
}

/** The numbers of the stored ids, ascending, read past Argus by SQLite itself; throws on a damaged file. */
function numbersIn(path: string): number[] {
  return inDatabase(path, (database) => {
    expect(database.pragma("integrity_check", { simple: true })).toBe("ok");
    const rows = database.prepare<[], { id: string }>("select id from cameras").all();
    return rows.map(({ id }) => Number(id.replace("endless:e", ""))).toSorted((a, b) => a - b);
  });
}

function numberOfCameras(path: string): unknown {
  return inDatabase(path, (database) => database.prepare("select count(*) from cameras").pluck().get());
}

/** Overwrites a part in the middle, as a failing disk would. */
async function damage(path: string): Promise<void> {
  const handle = await open(path, "r+");
  try {
    const { size } = await handle.stat();
    await handle.write(Buffer.alloc(20_000, 0x5a), 0, 20_000, Math.floor(size / 2 / 4096) * 4096);
  } finally {
    await handle.close();
  }
}
