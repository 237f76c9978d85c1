import type { ResolvableCamera, Source } from "@argus/source-sdk";

import { describeFault } from "../bounded-text.ts";
import { checkSource } from "../check-source.ts";
import { optionsInvalid, sourceBroken } from "../errors.ts";
import { readOptions } from "../read-options.ts";
import { runResolve, runSource } from "../run-source.ts";
import type { Job } from "../wire/to-child.ts";
import type { ToHost } from "../wire/to-host.ts";
import { describeSource } from "./describe.ts";
import type { Reporter } from "./reporter.ts";

/** Loads the source and does what the process was started for. The answer is the last that the host hears. */
export async function doJob(job: Job, reporter: Reporter, signal: AbortSignal): Promise<ToHost> {
  if (job.kind === "describe") {
    const packages = [];
    for (const entry of job.entries) packages.push(await describe(entry));
    reporter.loaded();
    return { t: "described", packages };
  }
  const source = await load(job.entry);
  reporter.loaded();
  const read = readOptions(source, job.options ?? {});
  if (job.kind === "check") return { t: "checked", problem: read.problem, base_url: read.options?.base_url ?? null };
  if (read.options === null) throw optionsInvalid(read.problem);
  const ports = reporter.ports(read.options, Object.freeze(job.env));
  // The host made the camera: a ListedCamera with a raw id.
  if (job.kind === "resolve")
    return { t: "resolved", urls: await runResolve(source, job.camera as ResolvableCamera, ports, signal) };
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
