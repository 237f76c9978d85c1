import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";

import type { ArgusProcess } from "../../support/argus-process.ts";
import { scrapeEnd } from "../../support/scrape-end.ts";
import type { TestSource } from "../../support/source-package.ts";
import type { Figure } from "../table.ts";
import { openToldOrigin, type ToldOrigin } from "./told-origin.ts";
import { withSources } from "./with-sources.ts";

const RUNS = 9;
const AIM_S = 0.3;
const AIM_MIB = 60;
const KIB_PER_MIB = 1024;
const RESIDENT = /^VmRSS:\s+(\d+) kB$/mu;
const PRIVATE = /^RssAnon:\s+(\d+) kB$/mu;
const haveProc = existsSync("/proc/self/status");
const BARE = 'process.stdout.write("here"); setInterval(() => {}, 1000)';

/** Lists one camera, and tells its origin the number of its process. */
const RUNNING: TestSource = {
  id: "running",
  scrape: `await ctx.emit(camera("a")); await ctx.http.text(ctx.options.base_url + "/" + process.pid);`,
};

type Memory = { resident: number; own: number };

/** How long a source takes to its first camera, and its memory while it waits for its origin, beside that of bare Node. */
export async function benchProcess(): Promise<Figure[]> {
  const seconds: number[] = [];
  const running: Memory[] = [];
  const bare: Memory[] = [];
  await using origin = await openToldOrigin();
  await withSources([RUNNING], origin.url, async (argus) => {
    for (let run = 0; run < RUNS; run += 1) {
      const started = await startOnce(argus, origin);
      seconds.push(started.seconds);
      running.push(started.memory);
      bare.push(await bareNode());
    }
  });
  const start = {
    what: "a source's process, from the request to its first camera",
    unit: "s",
    values: seconds,
    aim: AIM_S,
  };
  if (!haveProc) process.stderr.write("SKIPPED: memory of a source's process, for there is no /proc here\n");
  return haveProc ? [start, ...memoryFigures(running, bare)] : [start];
}

function memoryFigures(running: readonly Memory[], bare: readonly Memory[]): Figure[] {
  const figure = (what: string, values: number[]): Figure => ({ what, unit: "MiB", values, aim: AIM_MIB });
  return [
    figure(
      "memory of a running source's process",
      running.map(({ resident }) => resident),
    ),
    figure(
      "the same, not shared",
      running.map(({ own }) => own),
    ),
    figure(
      "memory of bare Node",
      bare.map(({ resident }) => resident),
    ),
    figure(
      "the same, not shared",
      bare.map(({ own }) => own),
    ),
  ];
}

async function startOnce({ client }: ArgusProcess, origin: ToldOrigin): Promise<{ seconds: number; memory: Memory }> {
  const started = performance.now();
  const { id } = await client.startScrape([RUNNING.id]);
  const { path, at, answer } = await origin.next();
  const memory = await memoryOf(path.slice(1));
  const end = scrapeEnd(client, id);
  answer();
  await end;
  return { seconds: (at - started) / 1000, memory };
}

async function bareNode(): Promise<Memory> {
  const child = spawn(process.execPath, ["-e", BARE], { env: {}, stdio: ["ignore", "pipe", "ignore"] });
  await once(child.stdout, "data");
  const memory = await memoryOf(String(child.pid));
  child.kill("SIGKILL");
  await once(child, "close");
  return memory;
}

async function memoryOf(pid: string): Promise<Memory> {
  if (!haveProc) return { resident: 0, own: 0 };
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const mib = (field: RegExp): number => Number(field.exec(status)?.[1]) / KIB_PER_MIB;
  return { resident: mib(RESIDENT), own: mib(PRIVATE) };
}
