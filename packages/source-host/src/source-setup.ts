import { describeIssues } from "@argus/core";
import type { ScrapeContext, Source } from "@argus/source-sdk";

import { cutText, describeFault } from "./bounded-text.ts";

/** What a source is run with, or what has to be set before it can be. */
export type SourceSetup = {
  missingEnv: string[];
  /** Null when it is ready. */
  problem: string | null;
  /** What is wrong with the options; null when nothing is. */
  optionsProblem: string | null;
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
  const optionsProblem = read.problem === null ? null : `[sources.${source.id}] ${read.problem}`;
  const problems = [
    ...(missingEnv.length === 0
      ? []
      : [`set the environment variable${missingEnv.length > 1 ? "s" : ""} ${missingEnv.join(", ")}`]),
    ...(optionsProblem === null ? [] : [optionsProblem]),
  ];
  return {
    missingEnv,
    problem: problems.join("; ") || null,
    optionsProblem,
    options: read.options,
    env: Object.freeze(values),
  };
}

type ReadOptions = { options: ScrapeContext["options"]; problem: null } | { options: null; problem: string };

function readOptions(source: Source, raw: unknown): ReadOptions {
  try {
    const parsed = source.options.safeParse(raw);
    const unknown = parsed.success ? unknownKeys(raw, parsed.data) : [];
    if (unknown.length > 0) return { options: null, problem: cutText(`unknown: ${unknown.join(", ")}`) };
    if (parsed.success) return { options: parsed.data, problem: null };
    return { options: null, problem: cutText(describeIssues(parsed.error)) };
  } catch (error) {
    return { options: null, problem: `cannot be checked: ${describeFault(error)}` };
  }
}

/** A misspelt option would be ignored in silence; every option has a default, so one that is known comes out. */
function unknownKeys(raw: unknown, read: object): string[] {
  return typeof raw === "object" && raw !== null ? Object.keys(raw).filter((key) => !Object.hasOwn(read, key)) : [];
}

/** The hosts a source may talk to: those it declares and the one (with its port) that its `base_url` is set to. */
export function hostsOf(source: Source, options: ScrapeContext["options"]): string[] {
  const host = URL.parse(options.base_url)?.host ?? "";
  return host === "" ? source.hosts : [...new Set([...source.hosts, host])];
}
