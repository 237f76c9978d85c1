import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";

import BetterSqlite3 from "better-sqlite3";
import { afterAll, describe, expect, it, vi } from "vitest";

import type { StoreEngine } from "../store-engine.ts";
import { countCameras, insertRows, sampleRow, sampleRows } from "../test-support/sample-rows.ts";
import { canMount, SmallDisk } from "../test-support/small-disk.ts";
import { TempFolder } from "../test-support/temp-folder.ts";
import { CommitWatch } from "./commit-watch.ts";
import { DatabaseThread } from "./database-thread.ts";
import { openSqliteEngine } from "./open-sqlite-engine.ts";
import { SqliteEngine } from "./sqlite-engine.ts";
import { ThreadKeeper } from "./thread-keeper.ts";

// Threads and processes are started by the dozen.
vi.setConfig({ testTimeout: 30_000 });
const PAGE = 4096;
const folder = new TempFolder();
afterAll(() => folder[Symbol.dispose]());
const open = (path: string): Promise<StoreEngine> => openSqliteEngine(path, { busyTimeoutMs: 50 });

describe.runIf(canMount)("a full disk", () => {
  const full = {
    code: "ARGUS_STORE_WRITE_FAILED",
    retryable: true,
    message: expect.stringContaining("free some space"),
  };

  it("fails the write by name, lets reads go on, and writes again once there is space", async () => {
    using disk = new SmallDisk(4);
    const path = join(disk.path, "registry.db");
    const engine = await open(path);
    await insertRows(engine, sampleRows(1, 100));
    disk.fill();
    const failing = insertRows(engine, sampleRows(101, 5000), 2);
    await expect(failing).rejects.toMatchObject({ ...full, message: expect.stringContaining(path) });
    await expect(insertRows(engine, sampleRows(101, 5000), 2)).rejects.toMatchObject(full);
    expect(await countCameras(engine)).toBe(100);
    expect(await engine.search([{ token: "camera", isPrefix: false }])).toHaveLength(100);
    disk.free();
    await insertRows(engine, sampleRows(101, 600), 2);
    expect(await countCameras(engine)).toBe(600);
    expect(await engine.check()).toEqual([]);
    await engine.close();
  });

  it("never makes a committed batch fail later, when the log cannot be moved into the file", async () => {
    using disk = new SmallDisk(40);
    const engine = await open(join(disk.path, "registry.db"));
    let stored = 0;
    // The log grows up to the size at which it is moved; that must find no space in the file.
    const store = async (): Promise<void> => {
      await insertRows(engine, sampleRows(stored + 1, stored + 500, { description: "x".repeat(1500) }));
      stored += 500;
    };
    const outcome = await (async () => {
      for (;;) await store();
    })().catch((error: unknown) => error);
    expect(outcome).toMatchObject({ code: "ARGUS_STORE_WRITE_FAILED" });
    expect(await countCameras(engine)).toBe(stored);
    await engine.close();
    const again = await open(join(disk.path, "registry.db")).catch((error: unknown) => error);
    if (again instanceof SqliteEngine) {
      expect(await countCameras(again)).toBe(stored);
      expect(await again.check()).toEqual([]);
      await again.close();
    } else {
      expect(again).toMatchObject({ message: expect.stringContaining("free some space") });
    }
  });

  it("names the file and the mend when a new one has no space", async () => {
    using disk = new SmallDisk(1);
    disk.fill();
    const path = join(disk.path, "registry.db");
    await expect(open(path)).rejects.toMatchObject({
      code: "ARGUS_STORE_OPEN_FAILED",
      message: expect.stringMatching(/registry\.db.*free some space/u),
    });
  });
});

describe.runIf(canMount)("a read-only file system", () => {
  it("is refused by name, with what to do", async () => {
    using disk = new SmallDisk(4);
    const path = join(disk.path, "registry.db");
    await (await open(path)).close();
    const content = readFileSync(path);
    disk.makeReadOnly();
    await expect(open(path)).rejects.toMatchObject({
      code: "ARGUS_STORE_OPEN_FAILED",
      message: expect.stringMatching(/registry\.db.*can be read but not written.*copy the file/u),
    });
    await expect(open(join(disk.path, "new.db"))).rejects.toMatchObject({
      code: "ARGUS_STORE_OPEN_FAILED",
      message: expect.stringMatching(/cannot be created there.*change the folder's permissions/u),
    });
    expect(readFileSync(path)).toEqual(content);
  });
});

describe("a damaged file", () => {
  async function damaged(spoil: (path: string) => void): Promise<string> {
    const path = folder.file();
    const engine = await open(path);
    await insertRows(engine, sampleRows(1, 2000, { description: "d".repeat(300) }));
    await engine.close();
    spoil(path);
    return path;
  }

  it("is named when its pages cannot be read, and stays as it was", async () => {
    // The first pages are the schema's.
    const path = await damaged((file) => {
      const half = Math.floor(statSync(file).size / PAGE / 2) * PAGE;
      overwrite(file, half, statSync(file).size - half);
    });
    const content = readFileSync(path);
    const outcome = await open(path).then(async (engine) => {
      const reading = await engine.indexRowsAfter(0, 5000).catch((error: unknown) => error);
      expect(await engine.check()).not.toEqual([]);
      await engine.close();
      return reading;
    });
    expect(outcome).toMatchObject({ code: "ARGUS_STORE_CORRUPT", message: expect.stringContaining(path) });
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it("is refused when the schema cannot be read, and stays as it was", async () => {
    const path = await damaged((file) => overwrite(file, 100, PAGE - 100));
    const content = readFileSync(path);
    await expect(open(path)).rejects.toMatchObject({
      code: "ARGUS_STORE_CORRUPT",
      message: expect.stringContaining(path),
    });
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  it("is found by the check where nothing else would stumble over it", async () => {
    const path = await damaged((file) => {
      const database = new BetterSqlite3(file);
      database.exec(`
        update cameras set name = 'another' where pk = 5;
        update cameras set stream_url_hash = 7 where pk = 6;
        update cameras set change_seq = 99 where pk = 8;
        update cameras set tags = '[' where pk = 9;
        delete from cameras where pk = 10;
        delete from camera_text where rowid = 11;
        delete from registry_state`);
      database.close();
    });
    const engine = await open(path);
    expect(await engine.check()).toEqual([
      "registry_state has 0 rows instead of one, or not the right one",
      "camera a:9 has tags that cannot be read",
      "camera a:11 is not in the text index",
      "the text index holds number 10, which is no camera's",
      "camera a:6 does not have the hashes of its URLs",
    ]);
    await engine.close();
  });

  it("is found by the check in the hashes and words of a sample", async () => {
    const path = folder.file();
    const engine = await open(path);
    await insertRows(engine, sampleRows(1, 30));
    expect(await engine.check()).toEqual([]);
    const database = new BetterSqlite3(path);
    database.exec(
      "update cameras set name = 'another' where pk = 5; update cameras set stream_url_hash = 7 where pk = 6",
    );
    database.exec("update cameras set change_seq = 99 where pk = 8");
    database.close();
    expect(await engine.check()).toEqual([
      "camera a:8 was written after the registry's last change",
      "camera a:5 does not have the hash of what it holds",
      "camera a:5 is not found by its own words",
      "camera a:6 does not have the hashes of its URLs",
    ]);
    await expect(engine.check(AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
    await engine.close();
  });

  it("is found by the check in the structure of the text index", async () => {
    const path = await damaged((file) => {
      const database = new BetterSqlite3(file);
      database.unsafeMode();
      database.exec("update camera_text_data set block = zeroblob(length(block)) where id > 100");
      database.close();
    });
    const engine = await open(path);
    expect((await engine.check()).join("\n")).toMatch(/camera_text|malformed/u);
    await engine.close();
  });

  function overwrite(path: string, from: number, length: number): void {
    const file = openSync(path, "r+");
    writeSync(file, Buffer.alloc(length, 0xa5), 0, length, from);
    closeSync(file);
  }
});

describe("a thread that ends", () => {
  /** An engine whose threads can be ended from outside. */
  async function openBreakable(path: string): Promise<{ engine: StoreEngine; threads: DatabaseThread[] }> {
    await (await open(path)).close();
    const threads: DatabaseThread[] = [];
    const start = async (): Promise<DatabaseThread> => {
      const thread = await DatabaseThread.open({ path, mustExist: true, readOnly: false, lockWaitMs: 10, pragmas: [] });
      threads.push(thread);
      return thread;
    };
    const writer = await start();
    const engine = new SqliteEngine({
      kind: "sqlite",
      name: path,
      busyTimeoutMs: 1000,
      writer: new ThreadKeeper(start, writer),
      reader: new ThreadKeeper(start),
      watch: new CommitWatch(path),
      spare: start,
      foreign: { thread: writer, data: 0 },
    });
    return { engine, threads };
  }

  it("in the middle of a batch takes the batch with it, and the next one has a new thread", async () => {
    const { engine, threads } = await openBreakable(folder.file());
    await insertRows(engine, sampleRows(1, 10));
    const failing = engine.write("writing", async (transaction) => {
      await transaction.insertCameras(sampleRows(11, 2000));
      const more = transaction.insertCameras(sampleRows(2001, 9000));
      await threads[0]!.terminate();
      await more;
    });
    await expect(failing).rejects.toMatchObject({
      code: "ARGUS_STORE_THREAD_LOST",
      retryable: true,
      message: expect.stringContaining("rolled back"),
    });
    await insertRows(engine, sampleRows(11, 20), 2);
    expect(await countCameras(engine)).toBe(20);
    expect(await engine.check()).toEqual([]);
    await engine.close();
  });

  it("at the end of a batch leaves it unknown whether it was stored, and says so", async () => {
    const { engine, threads } = await openBreakable(folder.file());
    engine.changedElsewhere();
    const failing = engine.write("writing", async (transaction) => {
      await transaction.insertCameras(sampleRows(1, 10));
      // Not waited for: it ends while the commit is on its way.
      setImmediate(() => threads[0]!.abandon());
      await new Promise((resolve) => setImmediate(resolve));
    });
    const outcome = await failing.catch((error: unknown) => error);
    if (outcome !== undefined) {
      expect(outcome).toMatchObject({
        code: expect.stringMatching(/^ARGUS_STORE_(?:OUTCOME_UNKNOWN|THREAD_LOST)$/u),
        retryable: true,
      });
    }
    expect([0, 10]).toContain(await countCameras(engine));
    await engine.close();
  });

  it("while reading fails the reads under way, and the next have a new thread", async () => {
    const { engine, threads } = await openBreakable(folder.file());
    await insertRows(engine, sampleRows(1, 10));
    expect(await countCameras(engine)).toBe(10);
    const reads = Array.from({ length: 1000 }, () => countCameras(engine).catch((error: unknown) => error));
    // Until all of them are on their way.
    await new Promise((resolve) => setImmediate(resolve));
    await threads[1]!.terminate();
    expect(await Promise.all(reads)).toContainEqual(expect.objectContaining({ code: "ARGUS_STORE_THREAD_LOST" }));
    expect(await countCameras(engine)).toBe(10);
    await engine.close();
  });
});

describe("another process", () => {
  const run = (script: string, ...args: string[]) => {
    const child = spawn(
      process.execPath,
      ["--conditions=@argus/source", "--input-type=module", "-e", script, ...args],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const exited = once(child, "exit");
    let printed = "";
    child.stdout.on("data", (data) => (printed += String(data)));
    return { child, exited, printed: () => printed };
  };
  const url = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  const IMPORTS = `
    import { openSqliteEngine } from ${url("open-sqlite-engine.ts")};
    import { countCameras, insertRows, sampleRows } from ${url("../test-support/sample-rows.ts")};
    const [path] = process.argv.slice(1);
    const engine = await openSqliteEngine(path, { busyTimeoutMs: 1000 });`;

  it("that forgets to close ends by itself, and what it stored is there", async () => {
    const path = folder.file();
    const { exited, printed } = run(
      `${IMPORTS} await insertRows(engine, sampleRows(1, 700)); console.log(await countCameras(engine));`,
      path,
    );
    expect((await exited)[0]).toBe(0);
    expect(printed()).toBe("700\n");
    const engine = await open(path);
    expect(await countCameras(engine)).toBe(700);
    await engine.close();
  });

  it("that is killed within a batch leaves none of it", async () => {
    const path = folder.file();
    const { child, exited } = run(
      `${IMPORTS} await insertRows(engine, sampleRows(1, 10));
      await engine.write("writing", async (transaction) => {
        await transaction.insertCameras(sampleRows(11, 3000));
        console.log("within");
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      });`,
      path,
    );
    await once(child.stdout, "data");
    // Meanwhile nobody else may write.
    const engine = await open(path);
    await expect(insertRows(engine, [sampleRow(11)], 2)).rejects.toMatchObject({ code: "ARGUS_STORE_LOCKED" });
    child.kill("SIGKILL");
    await exited;
    expect(await countCameras(engine)).toBe(10);
    await insertRows(engine, [sampleRow(11)], 2);
    expect(await engine.check()).toEqual([]);
    await engine.close();
  });

  it("that has the file open is noticed, though its store was opened here more than once", async () => {
    const path = folder.file();
    writeFileSync(`${path}.txt`, "");
    const first = await open(path);
    // Looking at the file while it is open must not let go of its locks: then the other's end would remove the log.
    const second = await open(path);
    await insertRows(first, sampleRows(1, 5));
    await second.close();
    const { exited } = run(`${IMPORTS} await insertRows(engine, sampleRows(6, 9), 2); await engine.close();`, path);
    expect((await exited)[0]).toBe(0);
    await insertRows(first, sampleRows(10, 12), 3);
    await first.close();
    const again = await open(path);
    expect(await countCameras(again)).toBe(12);
    expect(await again.check()).toEqual([]);
    await again.close();
  });
});
