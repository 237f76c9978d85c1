import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { describe, expect, it, vi } from "vitest";

import { discoverSources } from "./discovery.ts";
import { SourceHost } from "./source-host.ts";
import { ended, partOf } from "./testing/example-source.ts";
import { MemoryStore } from "./testing/memory-store.ts";
import { writeSourceApp } from "./testing/source-packages.ts";

const PROGRAM = fileURLToPath(new URL("testing/host-program.ts", import.meta.url));
const WAIT = { timeout: 60_000, interval: 50 };
const before = `await ctx.emit(camera("a")); await new Promise((resolve) => setTimeout(resolve, 100));`;

async function startHost(folder: string, ...more: string[]): Promise<ChildProcess> {
  const program = spawn(process.execPath, ["--conditions=@argus/source", PROGRAM, folder, ...more], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (program.stdout === null) throw new Error("no output");
  await once(program.stdout, "data");
  return program;
}

/** Ids of the processes that run sources of this folder. */
async function sourcesIn(folder: string): Promise<string[]> {
  const ids = (await readdir("/proc")).filter((id) => /^\d+$/u.test(id));
  const commands = await Promise.all(
    ids.map(async (id) => ({ id, line: await readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "") })),
  );
  return commands.filter(({ line }) => line.includes("--permission") && line.includes(folder)).map(({ id }) => id);
}

// What runs is looked up in /proc.
describe.runIf(process.platform === "linux")("a source's process", () => {
  it.each(["SIGKILL", "SIGTERM"] as const)("ends with its host, though that is ended by %s", async (signal) => {
    await using app = await writeSourceApp([{ id: "waits", scrape: `${before} await new Promise(() => {});` }]);
    const host = await startHost(app.path);
    expect(await sourcesIn(app.path)).toHaveLength(1);
    host.kill(signal);
    await vi.waitFor(async () => expect(await sourcesIn(app.path)).toEqual([]), WAIT);
  });

  it("ends without its host even in an endless loop, when its processor time is over", async () => {
    await using app = await writeSourceApp([{ id: "loops", scrape: `${before} for (;;);` }]);
    const host = await startHost(app.path, "4");
    host.kill("SIGKILL");
    await once(host, "exit");
    expect(await sourcesIn(app.path)).toHaveLength(1);
    await vi.waitFor(async () => expect(await sourcesIn(app.path)).toEqual([]), WAIT);
  });

  it("fails when it has used up its processor time, more with a longer deadline, though it gives signs of life", async () => {
    const scrape = `${before} for (;;) { const end = performance.now() + 50; while (performance.now() < end); await new Promise((resolve) => setImmediate(resolve)); }`;
    await using app = await writeSourceApp([{ id: "burns", scrape }]);
    const store = new MemoryStore();
    const installed = await discoverSources(app.path);
    await using host = new SourceHost({
      installed,
      store,
      env: {},
      userAgent: "argus-test",
      // Of 600 s.
      options: { burns: { deadline_s: 1200 } },
      bounds: { cpuSeconds: 1 },
    });
    const { id } = await host.start(["burns"]);
    expect(partOf(await ended(host, id), "burns")).toMatchObject({
      state: "failed",
      found: 1,
      message: expect.stringMatching(/used more than 2 s of processor time.* a longer deadline_s/u),
    });
  });
});
