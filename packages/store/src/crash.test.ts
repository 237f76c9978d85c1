import { spawn } from "node:child_process";
import { once } from "node:events";

import { afterAll, expect, it } from "vitest";

import { openStore } from "./camera-store.ts";
import { TempFolder } from "./test-support/temp-folder.ts";

const ROUNDS = 50;
/** Cameras that every batch changes, and that it adds. */
const CHANGED = 2000;
const ADDED = 50;
/** How long a writer may work before it is killed, in milliseconds: at most so long, at random. */
const LONGEST_LIFE = 250;
const folder = new TempFolder();
afterAll(() => folder[Symbol.dispose]());

// What was just built loads in half the time, fifty times over (.ci/test.ts).
const usesBuilt = process.env["ARGUS_TESTS_USE_BUILT"] === "yes";
const module = (source: string, built: string): string =>
  JSON.stringify(new URL(usesBuilt ? `../dist/${built}` : source, import.meta.url).href);

// Every batch says its number in all that it changes and all that it adds, so that half a batch shows in either way; in few
// words and mostly rare ones, for the check looks each camera up by all of them.
const WRITER = `
  import { flushCompileCache } from "node:module";
  import { openStore } from ${module("camera-store.ts", "index.js")};
  import { sample } from ${module("testing/sample.ts", "testing/index.js")};
  const [url, first] = process.argv.slice(1);
  const store = await openStore({ url });
  // Node keeps what it compiled when it exits, which a writer never does.
  flushCompileCache();
  for (let n = Number(first); ; n += 1) {
    const region = "batch" + n;
    const changed = Array.from({ length: ${CHANGED} }, (_, i) => sample("changed:" + i, { region, name: "c" + i + "in" + n }));
    const added = Array.from({ length: ${ADDED} }, (_, i) => sample("added:" + n + "-" + i, { region, name: "a" + i + "in" + n }));
    process.send({ begun: n });
    await store.upsert([...changed, ...added]);
    process.send({ done: n });
  }`;

/** Lets a writer begin a batch, kills it a random time later, and tells the last batch it was told is stored. */
async function writeUntilKilled(url: string, first: number): Promise<number> {
  const conditions = usesBuilt ? [] : ["--conditions=@argus/source"];
  const args = [...conditions, "--input-type=module", "-e", WRITER, url, String(first)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  let done = first - 1;
  child.on("message", (message: { begun?: number; done?: number }) => (done = message.done ?? done));
  const exited = once(child, "exit");
  await once(child, "message");
  const timer = setTimeout(() => child.kill("SIGKILL"), Math.random() * LONGEST_LIFE);
  const [, signal] = await exited;
  clearTimeout(timer);
  expect(signal).toBe("SIGKILL");
  return done;
}

it(
  `kill -9 in the middle of a large upsert, ${ROUNDS} times, leaves no half batch and loses none that was acknowledged`,
  {
    timeout: 300_000,
  },
  async () => {
    const url = folder.file();
    let next = 0;
    let interrupted = 0;
    for (let round = 1; round <= ROUNDS; round += 1) {
      const done = await writeUntilKilled(url, next);
      await using store = await openStore({ url });
      expect(await store.check()).toEqual([]);
      const [changed, ...others] = (await store.facets({ source: ["changed"] })).region;
      expect(others).toEqual([]);
      const last = changed === undefined ? -1 : Number(changed.value.slice("batch".length));
      expect(last).toBeGreaterThanOrEqual(done);
      if (changed !== undefined) expect(changed.count).toBe(CHANGED);
      const { total } = await store.page({ source: ["added"], limit: 1 });
      expect(total).toBe((last + 1) * ADDED);
      expect((await store.page({ q: `batch${last}`, source: ["changed"], limit: 1 })).total).toBe(
        last < 0 ? 0 : CHANGED,
      );
      if (last === done) interrupted += 1;
      next = last + 1;
    }
    // Otherwise the kills came at the wrong moments and the test has shown nothing.
    expect(interrupted).toBeGreaterThan(ROUNDS / 4);
  },
);
