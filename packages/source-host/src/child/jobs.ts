import type { Source } from "@argus/source-sdk";

import { describeFault } from "../bounded-text.ts";
import { checkSource } from "../check-source.ts";
import { optionsInvalid, sourceBroken } from "../errors.ts";
import { readOptions, toOptionsRead } from "../read-options.ts";
import { runSource } from "../run-source.ts";
import type { Job } from "../wire/to-child.ts";
import type { ToHost } from "../wire/to-host.ts";
import { describeSource } from "./describe.ts";
import type { Reporter } from "./reporter.ts";
import type { Resolving } from "./resolving.ts";

type JobParts = { reporter: Reporter; resolving: Resolving; signal: AbortSignal };

/**
 * Loads the source and does what the process was started for. The answer is the last that the host hears; null when the
 * process goes on.
 */
export async function doJob(job: Job, { reporter, resolving, signal }: JobParts): Promise<ToHost | null> {
  if (job.kind === "describe") {
    const packages = [];
    for (const entry of job.entries) packages.push(await describe(entry));
    reporter.loaded();
    return { t: "described", packages };
  }
  const source = await load(job.entry);
  reporter.loaded();
  const read = readOptions(source, job.options ?? {});
  if (job.kind === "check") return { t: "checked", ...toOptionsRead(read) };
  if (read.options === null) throw optionsInvalid(read.problem);
  const ports = reporter.ports(read.options, Object.freeze(job.env));
  if (job.kind === "resolve") {
    resolving.begin({ source, ports, signal });
    return null;
  }
  await runSource(source, ports, signal);
  await reporter.flush();
  return { t: "done" };
}

async function describe(entry: string): Promise<{ description?: unknown; error: string | null }> {
  try {
    return { description: describeSource(await load(entry)), error: null };
  } catch (error) {
    return { error: describeFault(error) };
  }
}

async function load(entry: string): Promise<Source> {
  let loaded: { default?: unknown };
  try {
    loaded = (await import(entry)) as { default?: unknown };
  } catch (error) {
    throw sourceBroken(describeFault(error));
  }
  return checkSource(loaded.default);
}
