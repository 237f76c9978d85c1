import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

import type { Camera, CameraQuery, Log } from "@argus/core";
import BetterSqlite3 from "better-sqlite3";
import { afterAll, describe, expect, it } from "vitest";

import { CameraStore, openStore } from "../camera-store.ts";
import { backupSqlite } from "../sqlite/backup.ts";
import { openSqliteEngine } from "../sqlite/open-sqlite-engine.ts";
import { restoreSqlite } from "../sqlite/restore.ts";
import type { CameraQueries } from "../registry/camera-queries.ts";
import { LiveRegistry } from "../registry/live-registry.ts";
import { Registry } from "../registry/registry.ts";
import { sample, TestClock } from "../testing/sample.ts";
import { canMount, SmallDisk } from "../test-support/small-disk.ts";
import { TempFolder } from "../test-support/temp-folder.ts";

const READ = "the index was read from its snapshot";
const WRITTEN = "a snapshot of the index was written";
const UNUSABLE = "the snapshot of the index cannot be used; reading all cameras instead";
const FAILED = "no snapshot of the index was written; the next start takes longer";
const KILLS = 8;
/** How long a writer may work before it is killed, in milliseconds: at most so long, at random. */
const LONGEST_LIFE = 400;
const clock = new TestClock();
const folder = new TempFolder();
afterAll(() => folder[Symbol.dispose]());

/** What was logged, and when something is. */
class Lines {
  readonly all: { message: string; reason: unknown }[] = [];
  #heard = (): void => {};

  readonly log: Log = {
    debug: this.#take.bind(this),
    info: this.#take.bind(this),
    warn: this.#take.bind(this),
    error: this.#take.bind(this),
  };

  of(message: string): unknown[] {
    return this.all.filter((line) => line.message === message).map(({ reason }) => reason);
  }

  async wait(message: string): Promise<void> {
    while (this.of(message).length === 0) await new Promise<void>((resolve) => (this.#heard = resolve));
  }

  #take(message: string, fields?: Readonly<Record<string, unknown>>): void {
    this.all.push({ message, reason: fields?.["reason"] });
    this.#heard();
  }
}

/** The registry of a file, whose index is kept however small it is. */
class Opened implements AsyncDisposable {
  readonly lines = new Lines();
  readonly live: LiveRegistry;

  private constructor(path: string, leastCameras: number) {
    const location = { engine: "sqlite", path } as const;
    const options = { location, busyTimeoutMs: 500, log: this.lines.log, clock: clock.read, leastCameras };
    this.live = new LiveRegistry({ ...options, index: "memory" });
  }

  static async at(path: string, leastCameras = 1): Promise<Opened> {
    const opened = new Opened(path, leastCameras);
    await opened.live.connect();
    return opened;
  }

  async put(...ids: string[]): Promise<void> {
    await this.live.write((registry) =>
      registry.upsert(
        ids.map((id) => cameraOf(id)),
        clock.iso,
      ),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.live.close();
  }
}

function cameraOf(id: string, name = `Camera ${id}`): ReturnType<typeof sample> {
  const n = Number(id.slice(2));
  return sample(id, { name, lat: n % 60, lon: n % 150, city: `City ${n % 7}`, tags: [`tag ${n % 3}`] });
}

const idsFrom = (from: number, count: number): string[] => Array.from({ length: count }, (_, n) => `a:${from + n}`);

const QUERIES: readonly CameraQuery[] = [
  { gone: "any", sort: "name", limit: 1000 },
  { gone: "any", sort: "-last_seen_at", limit: 1000 },
  { city: ["City 3"], limit: 1000 },
  { tag: ["tag 1"], gone: "yes", limit: 1000 },
  { near: { lat: 20, lon: 20, km: 2000 }, limit: 1000 },
  { q: "camera", limit: 1000 },
];

/** Everything that is to be known of a file's cameras. */
async function answersOf(store: Pick<CameraStore, "page" | "facets" | "findByUrl" | "countBySource" | "nearest">) {
  const pages: Camera[][] = [];
  for (const query of QUERIES) pages.push((await store.page(query)).cameras);
  return {
    pages,
    facets: await store.facets({ gone: "any" }),
    nearest: await store.nearest({ lat: 10, lon: 10 }, { limit: 9 }),
    url: await store.findByUrl(cameraOf("a:5").stream_url ?? ""),
    sources: store.countBySource(),
  };
}

/** The same of a registry that holds all it should. */
async function answersOfRegistry(registry: Registry): ReturnType<typeof answersOf> {
  const ask = async <Answer>(
    filter: CameraQuery,
    answer: (queries: CameraQueries, pks: Uint32Array | null) => Promise<Answer>,
  ) => {
    const { queries, pks } = await registry.queriesFor(filter);
    return answer(queries, pks);
  };
  return answersOf({
    page: (query) => ask(query, (queries, pks) => queries.page(query, pks)),
    facets: (filter) => ask(filter, (queries, pks) => queries.facets(filter, pks)),
    nearest: (position, { limit }) => ask({}, (queries, pks) => queries.nearest(position, limit, {}, pks)),
    findByUrl: (url) => registry.findByUrl(url),
    countBySource: () => registry.countBySource(),
  });
}

/** The index must be what reading every row makes of them. */
async function expectRight({ live }: Opened): Promise<void> {
  const registry = await live.fresh();
  const other = new Registry(registry.engine, "memory");
  await other.catchUp();
  expect(await answersOfRegistry(registry)).toEqual(await answersOfRegistry(other));
  expect([registry.size, registry.sequence]).toEqual([other.size, other.sequence]);
}

/** A file with its snapshot. */
async function made(name?: string): Promise<{ path: string; snapshot: string }> {
  const path = folder.file(name);
  {
    await using opened = await Opened.at(path);
    await opened.put(...idsFrom(0, 60));
  }
  return { path, snapshot: `${path}.index` };
}

/** Opens a file; its index must be right, whatever the snapshot. */
async function reopened(path: string): Promise<Lines> {
  await using opened = await Opened.at(path);
  await expectRight(opened);
  // What is written goes on from there.
  await opened.put("a:5", "a:9001");
  await opened.live.write((registry) => registry.retire(["a:7"], clock.iso));
  await expectRight(opened);
  await opened.live.write((registry) => registry.upsert([cameraOf("a:7", "back")], clock.iso));
  return opened.lines;
}

async function expectUnusable(path: string, reason: string): Promise<void> {
  const lines = await reopened(path);
  expect(lines.of(UNUSABLE)).toEqual([expect.stringContaining(reason)]);
  expect(lines.of(READ)).toEqual([]);
  // It was written anew, and is of use the next time.
  expect((await reopened(path)).of(READ)).toHaveLength(1);
}

function execute(path: string, sql: string): void {
  const database = new BetterSqlite3(path);
  database.exec(sql);
  database.close();
}

describe("a snapshot of the index", () => {
  it("is what the next start begins with, again and again", async () => {
    const { path } = await made();
    for (let round = 0; round < 3; round += 1) {
      const lines = await reopened(path);
      expect([lines.of(READ), lines.of(UNUSABLE), lines.of(WRITTEN)].map(({ length }) => length)).toEqual([1, 0, 1]);
    }
  });

  it("shows what another program wrote since it was written", async () => {
    const { path } = await made();
    clock.pass();
    {
      await using other = await openStore({ url: path, index: "none", clock: clock.read });
      await other.upsert([cameraOf("a:3", "renamed"), cameraOf("a:200")]);
      await other.markGone("a", new Set(idsFrom(0, 50)));
      await other.annotate([{ id: "a:4", health_status: "live" }]);
    }
    const lines = await reopened(path);
    expect(lines.of(READ)).toHaveLength(1);
  });

  it("knows when a source was listed completely since, though no camera changed", async () => {
    const { path } = await made();
    for (const pass of [60, 120]) {
      clock.pass(pass);
      await using other = await openStore({ url: path, index: "none", clock: clock.read });
      const all = new Set(idsFrom(0, 60));
      await other.markGone("a", all);
      expect((await other.get("a:3"))?.last_seen_at).toBe(clock.iso);
      await using opened = await Opened.at(path);
      expect(opened.lines.of(READ)).toHaveLength(1);
      await expectRight(opened);
    }
  });

  it("is not written again when nothing has changed", async () => {
    const { path, snapshot } = await made();
    const before = statSync(snapshot);
    await using opened = await Opened.at(path);
    await opened.live.close();
    expect([statSync(snapshot).ino, statSync(snapshot).mtimeMs]).toEqual([before.ino, before.mtimeMs]);
    expect(opened.lines.of(WRITTEN)).toEqual([]);
  });

  it("is written after a start without one, while the store is in use", async () => {
    const { path, snapshot } = await made();
    rmSync(snapshot);
    await using opened = await Opened.at(path);
    await opened.lines.wait(WRITTEN);
    expect(opened.lines.of(UNUSABLE)).toEqual([]);
    // As after kill -9.
    const copy = folder.file("killed.db");
    for (const end of ["", "-wal", ".index"]) copyFileSync(path + end, copy + end);
    expect((await reopened(copy)).of(READ)).toHaveLength(1);
    await opened.put("a:500");
    await expectRight(opened);
  });

  it("is written after a start when much was written since the last", async () => {
    const { path } = await made();
    {
      await using other = await openStore({ url: path, index: "none", clock: clock.read });
      await other.upsert([cameraOf("a:3", "renamed")]);
    }
    await using opened = await Opened.at(path);
    await opened.lines.wait(WRITTEN);
    expect(opened.lines.of(READ)).toHaveLength(1);
  });

  it("is no change: neither to who wrote it nor to others", async () => {
    const path = folder.file();
    await using opened = await Opened.at(path);
    await opened.put(...idsFrom(0, 60));
    await using other = await openStore({ url: path });
    const registry = opened.live.current!;
    const { sequence } = registry;
    expect(registry.isBehind).toBe(false);
    await opened.live.write((own) => own.keeper!.save(new AbortController().signal));
    expect(opened.lines.of(WRITTEN)).toHaveLength(1);
    expect(registry.isBehind).toBe(false);
    expect([registry.sequence, await other.currentSequence()]).toEqual([sequence, sequence]);
    expect((await other.changesSince(sequence, 10)).cameras).toEqual([]);
  });

  it("is not made of few cameras, of what is in memory only, nor without an index", async () => {
    const path = folder.file();
    {
      await using few = await Opened.at(path, 61);
      await few.put(...idsFrom(0, 60));
    }
    await using plain = await openStore({ url: path, index: "none" });
    await plain.upsert([cameraOf("a:900")]);
    await plain.close();
    await using memory = new CameraStore();
    await memory.upsert([cameraOf("a:1")]);
    await memory.close();
    expect(readdirSync(folder.path).filter((name) => name.includes(".index") && name.includes(basename(path)))).toEqual(
      [],
    );
  });

  it("is given up when the store has no time for it, and the one before stays", async () => {
    const { path, snapshot } = await made();
    const before = readFileSync(snapshot);
    await using opened = await Opened.at(path);
    await opened.put("a:700");
    await opened.live.write((registry) => registry.keeper!.save(AbortSignal.abort(new Error("no time"))));
    expect(opened.lines.of(FAILED)).toEqual(["no time"]);
    expect(readFileSync(snapshot).equals(before)).toBe(true);
  });
});

describe("a snapshot that is not the database's", () => {
  it.each<[string, (snapshot: string, path: string) => void, string]>([
    ["empty", (snapshot) => writeFileSync(snapshot, ""), "cut short"],
    ["cut short", (snapshot) => writeFileSync(snapshot, readFileSync(snapshot).subarray(0, -1000)), "damaged"],
    ["something else", (snapshot) => writeFileSync(snapshot, "x".repeat(5000)), "no snapshot"],
    [
      "damaged",
      (snapshot) => {
        const bytes = readFileSync(snapshot);
        bytes[50_000] = (bytes[50_000] ?? 0) ^ 1;
        writeFileSync(snapshot, bytes);
      },
      "damaged",
    ],
    ["of another token", (_, path) => execute(path, "update registry_state set index_snapshot = 'x'"), "not of this"],
    ["of no token", (_, path) => execute(path, "update registry_state set index_snapshot = null"), "not of this"],
    [
      "newer",
      (_, path) => execute(path, "update cameras set change_seq = 0; update registry_state set change_seq = 0"),
      "newer than the database",
    ],
  ])("because it is %s is passed over", async (_what, spoil, reason) => {
    const { path, snapshot } = await made();
    spoil(snapshot, path);
    await expectUnusable(path, reason);
  });

  it("because its transaction never came, or the database is an older one again, is passed over", async () => {
    const { path } = await made();
    const older = folder.file("older.db");
    copyFileSync(path, older);
    await reopened(path);
    copyFileSync(older, path);
    await expectUnusable(path, "not of this database");
  });

  it("is passed over by a copy of the database that went its own way", async () => {
    const { path, snapshot } = await made();
    const copy = folder.file("copy.db");
    copyFileSync(path, copy);
    await reopened(copy);
    copyFileSync(snapshot, `${copy}.index`);
    await expectUnusable(copy, "not of this database");
  });

  it("goes when a backup is put in the database's place", async () => {
    const { path, snapshot } = await made();
    const backup = folder.file("backup.db");
    await backupSqlite(path, backup);
    expect(readdirSync(folder.path)).not.toContain(`${basename(backup)}.index`);
    await reopened(path);
    await restoreSqlite(backup, path, { overwrite: true });
    expect(readdirSync(dirname(snapshot))).not.toContain(basename(snapshot));
    expect((await reopened(path)).of(READ)).toEqual([]);
  });

  it("is right where the copy and the snapshot have the same past", async () => {
    const { path, snapshot } = await made();
    const copy = folder.file("copy.db");
    copyFileSync(path, copy);
    copyFileSync(snapshot, `${copy}.index`);
    await reopened(path);
    expect((await reopened(copy)).of(READ)).toHaveLength(1);
  });
});

describe("a snapshot that cannot be written", () => {
  it("is told of once and changes nothing else", async () => {
    const path = folder.file();
    mkdirSync(`${path}.index/full`, { recursive: true });
    for (let round = 0; round < 2; round += 1) {
      await using opened = await Opened.at(path);
      await opened.put(...idsFrom(round * 10, 60));
      await opened.live.write((registry) => registry.keeper!.save(new AbortController().signal));
      await opened.live.close();
      expect(opened.lines.of(FAILED)).toHaveLength(1);
    }
    await using store = await openStore({ url: path, index: "none" });
    expect(store.size).toBe(70);
    expect(readdirSync(folder.path).filter((name) => name.startsWith(`${basename(path)}.index.part`))).toEqual([]);
  });

  it("because another program has the database locked is told of", async () => {
    const path = folder.file();
    await using opened = await Opened.at(path);
    await opened.put(...idsFrom(0, 60));
    const other = new BetterSqlite3(path);
    other.exec("begin immediate");
    await opened.live.close();
    other.exec("rollback");
    other.close();
    expect(opened.lines.of(FAILED)).toHaveLength(1);
    expect(readdirSync(folder.path).filter((name) => name.startsWith(`${basename(path)}.index`))).toEqual([]);
  });

  it.runIf(canMount)("because the disk is full leaves no part of it there", async () => {
    using disk = new SmallDisk(8);
    const path = join(disk.path, "registry.db");
    await using opened = await Opened.at(path);
    await opened.put(...idsFrom(0, 60));
    disk.fill();
    await opened.live.close();
    expect(opened.lines.of(FAILED)).toEqual([expect.stringMatching(/no space|could be written/u)]);
    expect(readdirSync(disk.path).filter((name) => name.includes(".index"))).toEqual([]);
    disk.free();
    await reopened(path);
    expect((await reopened(path)).of(READ)).toHaveLength(1);
  });

  it("makes no room for itself beside one that is being written, but where one was left", async () => {
    const { path, snapshot } = await made();
    const [left, young] = [`${snapshot}.part-left`, `${snapshot}.part-young`];
    for (const part of [left, young]) writeFileSync(part, "x");
    const past = new Date(Date.now() - 3_600_000);
    utimesSync(left, past, past);
    await reopened(path);
    const names = readdirSync(folder.path);
    expect([left, young].map((part) => names.includes(basename(part)))).toEqual([false, true]);
  });
});

it("is of one of two stores that have the file open, and right whoever closes first", async () => {
  const { path } = await made();
  for (let round = 0; round < 3; round += 1) {
    const [a, b] = [await Opened.at(path), await Opened.at(path)];
    await a.put(`a:${1000 + round}`);
    await b.put(`a:${2000 + round}`);
    if (round % 2 === 0) await a.put(`a:${3000 + round}`);
    await Promise.all([a.live.close(), b.live.close()]);
    const lines = await reopened(path);
    expect([lines.of(READ).length, lines.of(UNUSABLE)]).toEqual([1, []]);
  }
});

it("never makes an index wrong, though its writer is killed again and again", { timeout: 120_000 }, async () => {
  const { path, snapshot } = await made();
  const writer = `
    import { LiveRegistry } from ${JSON.stringify(new URL("../registry/live-registry.ts", import.meta.url).href)};
    import { sample } from ${JSON.stringify(new URL("../testing/sample.ts", import.meta.url).href)};
        const [path, first] = process.argv.slice(1);
    const options = { location: { engine: "sqlite", path }, index: "memory", busyTimeoutMs: 500, log: { info() {}, warn() {} }, clock: Date.now, leastCameras: 1 };
    for (let n = Number(first); ; n += 1) {
      const live = new LiveRegistry(options);
      await live.connect();
      await live.write((registry) => registry.upsert([sample("a:" + n, { name: "Killed " + n }), sample("a:5", { name: "Now " + n })], new Date().toISOString()));
      process.send({ done: n });
      await live.close();
    }`;
  let read = 0;
  for (let round = 1; round <= KILLS; round += 1) {
    const args = ["--conditions=@argus/source", "--input-type=module", "-e", writer, path, String(round * 10_000)];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    await once(child, "message");
    const timer = setTimeout(() => child.kill("SIGKILL"), Math.random() * LONGEST_LIFE);
    await once(child, "exit");
    clearTimeout(timer);
    await using opened = await Opened.at(path);
    read += opened.lines.of(READ).length;
    await expectRight(opened);
  }
  expect(read).toBeGreaterThan(KILLS / 2);
  expect(statSync(snapshot).size).toBeGreaterThan(0);
});

it("is what a store keeps of many cameras by itself", async () => {
  const path = folder.file("many.db");
  const lines = new Lines();
  const cameras = idsFrom(0, 20_000).map((id) => cameraOf(id));
  {
    await using store = await openStore({ url: path, log: lines.log });
    await store.upsert(cameras);
  }
  await using store = await openStore({ url: path, log: lines.log });
  expect([lines.of(WRITTEN).length, lines.of(READ).length]).toEqual([1, 1]);
  expect(store.size).toBe(20_000);
  expect((await store.page({ q: "19999" })).cameras.map(({ id }) => id)).toEqual(["a:19999"]);
  const engine = await openSqliteEngine(path, { busyTimeoutMs: 500 });
  expect(await engine.check()).toEqual([]);
  await engine.close();
});
