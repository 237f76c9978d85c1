import { spawn } from "node:child_process";
import { once } from "node:events";

import BetterSqlite3 from "better-sqlite3";
import { afterAll, expect, it } from "vitest";

import { openStore } from "./camera-store.ts";
import { sample } from "./testing/sample.ts";
import { TempFolder } from "./testing/temp-folder.ts";

const ROUNDS = 6;
const BATCH = 300;
const SHARED = 50;
const folder = new TempFolder();
afterAll(() => folder[Symbol.dispose]());

// Every batch adds cameras of its own and renames the same few, so that half a batch shows in either way.
const WRITER = `
  import { openStore } from ${JSON.stringify(new URL("camera-store.ts", import.meta.url).href)};
  import { sample } from ${JSON.stringify(new URL("testing/sample.ts", import.meta.url).href)};
  const [url, first] = process.argv.slice(1);
  const store = await openStore({ url });
  for (let n = Number(first); ; n += 1) {
    const own = Array.from({ length: ${BATCH} }, (_, i) => sample("own:" + n + "-" + i, { region: "batch " + n }));
    const shared = Array.from({ length: ${SHARED} }, (_, i) => sample("shared:" + i, { name: "batch " + n }));
    await store.upsert([...own, ...shared]);
    process.send(n);
  }`;

/** Lets a writer work until it has reported some batches, kills it, and tells which it reported. */
async function writeUntilKilled(url: string, first: number, reports: number): Promise<number[]> {
  const args = ["--conditions=@argus/source", "--input-type=module", "-e", WRITER, url, String(first)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const exited = once(child, "exit");
  const acknowledged: number[] = [];
  child.on("message", (n: number) => {
    acknowledged.push(n);
    if (acknowledged.length === reports) child.kill("SIGKILL");
  });
  const [, signal] = await exited;
  expect(signal).toBe("SIGKILL");
  return acknowledged;
}

it("kill -9 while writing loses no batch that was acknowledged and leaves none half", { timeout: 60_000 }, async () => {
  const url = folder.file();
  let next = 0;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const acknowledged = await writeUntilKilled(url, next, round * 2);

    const file = new BetterSqlite3(url);
    expect(file.pragma("integrity_check", { simple: true })).toBe("ok");
    file.close();

    await using store = await openStore({ url });
    const batches = new Map((await store.facets({ source: ["own"] })).region.map(({ value, count }) => [value, count]));
    for (const n of acknowledged) expect(batches.get(`batch ${n}`)).toBe(BATCH);
    const whole = batches.size;
    expect(new Set(batches.values())).toEqual(new Set([BATCH]));
    const shared = (await store.page({ source: ["shared"] })).cameras;
    expect(shared).toHaveLength(SHARED);
    expect(new Set(shared.map(({ name }) => name))).toEqual(new Set([`batch ${whole - 1}`]));
    expect(await store.upsert([sample(`own:after-${round}`)])).toEqual({ new: 1, changed: 0, unchanged: 0 });
    next = whole;
  }
});
