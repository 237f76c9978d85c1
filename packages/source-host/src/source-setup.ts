import { describeIssues } from "@argus/core";
import type { ScrapeContext, Source } from "@argus/source-sdk";

import { cutText, describeFault } from "./bounded-text.ts";

/** What a source is run with, or what has to be set before it can be. */
export type SourceSetup = {
  missingEnv: string[];
  /** Null when it is ready. */
  problem: string | null;
  /** Null when they are not valid. */
  options: ScrapeContext["options"] | null;
  env: Readonly<Record<string, string>>;
};

/** Reads one source's options and the environment variables it declares; never throws. */
export function setUpSource(
  source: Source,
  rawOptions: unknown,
  env: Readonly<Record<string, string | undefined>>,
): SourceSetup {
  const values: Record<string, string> = {};
  const missingEnv: string[] = [];
  for (const name of new Set(source.required_env)) {
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (value === undefined || value.trim() === "") missingEnv.push(name);
    else values[name] = value;
  }
  const read = readOptions(source, rawOptions ?? {});
  const problems = [
    ...(missingEnv.length === 0
      ? []
      : [`set the environment variable${missingEnv.length > 1 ? "s" : ""} ${missingEnv.join(", ")}`]),
    ...(read.problem === null ? [] : [`[sources.${source.id}] ${read.problem}`]),
  ];
  return { missingEnv, problem: problems.join("; ") || null, options: read.options, env: Object.freeze(values) };
}

type ReadOptions = { options: ScrapeContext["options"]; problem: null } | { options: null; problem: string };

function readOptions(source: Source, raw: unknown): ReadOptions {
  try {
    const parsed = source.options.safeParse(raw);
    if (parsed.success) return { options: parsed.data, problem: null };
    return { options: null, problem: cutText(describeIssues(parsed.error)) };
  } catch (error) {
    return { options: null, problem: `cannot be checked: ${describeFault(error)}` };
  }
}

/** The hosts a source may talk to: those it declares and the one (with its port) that its `base_url` is set to. */
export function hostsOf(source: Source, options: ScrapeContext["options"]): string[] {
  const host = URL.parse(options.base_url)?.host ?? "";
  return host === "" ? source.hosts : [...new Set([...source.hosts, host])];
}
