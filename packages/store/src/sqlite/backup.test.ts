import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";

import BetterSqlite3 from "better-sqlite3";
import { afterAll, describe, expect, it, vi } from "vitest";

import type { StoreEngine } from "../store-engine.ts";
import { countCameras, insertRows, sampleRow, sampleRows } from "../test-support/sample-rows.ts";
import { TempFolder } from "../test-support/temp-folder.ts";
import { backupSqlite } from "./backup.ts";
import { openSqliteEngine } from "./open-sqlite-engine.ts";
import { restoreSqlite } from "./restore.ts";

// Threads are started by the dozen.
vi.setConfig({ testTimeout: 30_000 });
const folder = new TempFolder();
afterAll(() => folder[Symbol.dispose]());
const open = (path: string): Promise<StoreEngine> => openSqliteEngine(path, { busyTimeoutMs: 1000 });
const clock = () => Date.UTC(2026, 10, 21, 12, 30);

async function registryOf(count: number): Promise<string> {
  const path = folder.file();
  const engine = await open(path);
  await insertRows(engine, sampleRows(1, count));
  await engine.close();
  return path;
}

async function countIn(path: string): Promise<number> {
  const engine = await open(path);
  expect(await engine.check()).toEqual([]);
  const count = await countCameras(engine);
  await engine.close();
  return count;
}

/** Names in the folder that begin as this file's does. */
const besides = (path: string): string[] =>
  readdirSync(dirname(path)).filter((name) => name.startsWith(basename(path)) && name !== basename(path));

describe("a backup", () => {
  it("holds the state of one moment, though others write meanwhile", async () => {
    const path = folder.file();
    const engine = await open(path);
    await insertRows(engine, sampleRows(1, 3000, { description: "x".repeat(1500) }));
    const target = folder.file("backup.db");
    const steps: { done: number; total: number }[] = [];
    const writing: Promise<void>[] = [];
    await backupSqlite(path, target, {
      progress: (step) => {
        steps.push(step);
        if (writing.length === 0) writing.push(insertRows(engine, sampleRows(3001, 4000), 2));
      },
    });
    await Promise.all(writing);
    expect(await countCameras(engine)).toBe(4000);
    await engine.close();
    expect(steps.length).toBeGreaterThan(1);
    expect(steps.map(({ done }) => done)).toEqual(steps.map(({ done }) => done).toSorted((a, b) => a - b));
    expect(besides(target)).toEqual([]);
    expect(await countIn(target)).toBe(3000);
  });

  it("keeps its source's permissions, and needs no other file beside it", async () => {
    const path = await registryOf(5);
    chmodSync(path, 0o600);
    const target = folder.file("backup.db");
    await backupSqlite(path, target);
    expect(statSync(target).mode & 0o777).toBe(0o600);
    const database = new BetterSqlite3(target, { readonly: true });
    expect(database.pragma("journal_mode", { simple: true })).toBe("delete");
    database.close();
  });

  it("never replaces a file", async () => {
    const path = await registryOf(5);
    const target = folder.file("notes.txt");
    writeFileSync(target, "notes");
    await expect(backupSqlite(path, target)).rejects.toMatchObject({
      code: "ARGUS_STORE_FILE_EXISTS",
      message: expect.stringContaining(target),
    });
    expect(readFileSync(target, "utf8")).toBe("notes");
  });

  it("of what is no registry is refused, and nothing is left behind", async () => {
    const target = folder.file("backup.db");
    await expect(backupSqlite(folder.file(), target)).rejects.toMatchObject({ code: "ARGUS_STORE_OPEN_FAILED" });
    const text = folder.file("notes.txt");
    writeFileSync(text, "these are the notes of somebody, and they are not short");
    await expect(backupSqlite(text, target)).rejects.toMatchObject({ code: "ARGUS_STORE_NOT_A_DATABASE" });
    const foreign = folder.file("foreign.db");
    new BetterSqlite3(foreign).exec("create table recipes (name text)").close();
    await expect(backupSqlite(foreign, target)).rejects.toMatchObject({ code: "ARGUS_STORE_FOREIGN_DATABASE" });
    const path = await registryOf(5);
    await expect(backupSqlite(path, `${folder.path}/missing/backup.db`)).rejects.toMatchObject({
      code: "ARGUS_STORE_OPEN_FAILED",
    });
    expect(besides(target)).toEqual([]);
  });

  it("of a damaged registry fails", async () => {
    const path = await registryOf(5);
    new BetterSqlite3(path).exec("update cameras set stream_url_hash = 1").close();
    const target = folder.file("backup.db");
    await expect(backupSqlite(path, target)).rejects.toMatchObject({
      code: "ARGUS_STORE_CORRUPT",
      cause: expect.objectContaining({ message: expect.stringContaining("a:1") }),
    });
    expect(besides(target)).toEqual([]);
    expect(readdirSync(folder.path)).not.toContain(basename(target));
  });

  it("that is given up leaves nothing behind", async () => {
    const path = await registryOf(2000);
    const target = folder.file("backup.db");
    const controller = new AbortController();
    const progress = () => controller.abort(new Error("enough"));
    await expect(backupSqlite(path, target, { signal: controller.signal, progress })).rejects.toThrow("enough");
    expect(readdirSync(folder.path).filter((name) => name.startsWith(basename(target)))).toEqual([]);
  });
});

describe("restoring", () => {
  it("makes a registry where there is none", async () => {
    const backup = await registryOf(7);
    const target = folder.file();
    expect(await restoreSqlite(backup, target)).toEqual({ kept: null });
    expect(await countIn(target)).toBe(7);
    expect(await countIn(backup)).toBe(7);
  });

  it("replaces a registry only when told to, and keeps the old one with all it held", async () => {
    const backup = await registryOf(7);
    const target = await registryOf(3);
    await expect(restoreSqlite(backup, target)).rejects.toMatchObject({ code: "ARGUS_STORE_FILE_EXISTS" });
    expect(await countIn(target)).toBe(3);
    const { kept } = await restoreSqlite(backup, target, { overwrite: true, clock });
    expect(kept).toBe(`${target}.before-restore-2026-11-21T12-30-00.000Z`);
    expect(await countIn(target)).toBe(7);
    expect(await countIn(kept!)).toBe(3);
    expect(besides(target)).toEqual([basename(kept!)]);
  });

  it("takes along what a crash had left in the old one's log", async () => {
    const backup = await registryOf(7);
    const target = await registryOf(3);
    const crashed = new BetterSqlite3(target);
    crashed.exec("delete from cameras where pk = 3; delete from camera_text where rowid = 3");
    const main = readFileSync(target);
    const log = readFileSync(`${target}-wal`);
    crashed.close();
    writeFileSync(target, main);
    writeFileSync(`${target}-wal`, log);
    const { kept } = await restoreSqlite(backup, target, { overwrite: true, clock });
    expect(await countIn(target)).toBe(7);
    expect(await countIn(kept!)).toBe(2);
  });

  it("is refused while somebody has the registry open", async () => {
    const backup = await registryOf(7);
    const target = await registryOf(3);
    const engine = await open(target);
    await expect(restoreSqlite(backup, target, { overwrite: true })).rejects.toMatchObject({
      code: "ARGUS_STORE_LOCKED",
      message: expect.stringContaining(target),
    });
    await insertRows(engine, [sampleRow(4)], 2);
    await engine.close();
    expect(await countIn(target)).toBe(4);
    expect(besides(target)).toEqual([]);
  });

  it("of a damaged backup leaves the registry in its place", async () => {
    const backup = await registryOf(7);
    new BetterSqlite3(backup).exec("update cameras set listing_hash = 1 where pk = 2").close();
    const target = await registryOf(3);
    const restoring = restoreSqlite(backup, target, { overwrite: true });
    await expect(restoring).rejects.toMatchObject({
      code: "ARGUS_STORE_CORRUPT",
      message: expect.stringContaining(backup),
    });
    expect(await countIn(target)).toBe(3);
    expect(besides(target)).toEqual([]);
  });

  it("replaces a damaged registry, and never another program's file", async () => {
    const backup = await registryOf(7);
    const damaged = await registryOf(3);
    const content = readFileSync(damaged);
    content.fill(0xa5, 100, 4000);
    writeFileSync(damaged, content);
    const { kept } = await restoreSqlite(backup, damaged, { overwrite: true, clock });
    expect(await countIn(damaged)).toBe(7);
    expect(readFileSync(kept!)).toEqual(content);

    const text = folder.file("notes.txt");
    writeFileSync(text, "these are the notes of somebody, and they are not short");
    await expect(restoreSqlite(backup, text, { overwrite: true })).rejects.toMatchObject({
      code: "ARGUS_STORE_NOT_A_DATABASE",
    });
    const foreign = folder.file("foreign.db");
    new BetterSqlite3(foreign).exec("create table recipes (name text)").close();
    await expect(restoreSqlite(backup, foreign, { overwrite: true })).rejects.toMatchObject({
      code: "ARGUS_STORE_FOREIGN_DATABASE",
    });
    expect(readFileSync(text, "utf8")).toMatch(/^these are the notes/u);
  });
});
