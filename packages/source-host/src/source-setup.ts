import type { SourceManifest } from "@argus/core";

import type { JoinedOptions } from "./joined-options.ts";

/** What a source is run with, or what has to be set before it can be. */
export type SourceSetup = {
  missingEnv: string[];
  /** Null when it is ready, as far as is known: options are checked by the source, which takes a moment. */
  problem: string | null;
  /** What is wrong with the options; null when nothing is. */
  optionsProblem: string | null;
  /** Whether it has a notice that nobody has accepted. */
  needsNotice: boolean;
  /** Where its origin answers; null when the options are not valid or not checked yet. */
  baseUrl: string | null;
  env: Readonly<Record<string, string>>;
};

/** Finds the environment variables that one source declares, and joins them with what its options read as. */
export function setUpSource(
  source: SourceManifest,
  { options: { read, user }, hasAcceptedNotice }: { options: JoinedOptions; hasAcceptedNotice: boolean },
  env: Readonly<Record<string, string | undefined>>,
): SourceSetup {
  const values: Record<string, string> = {};
  const missingEnv: string[] = [];
  for (const name of new Set(source.required_env)) {
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (value === undefined || value.trim() === "") missingEnv.push(name);
    else values[name] = value;
  }
  const where =
    Object.keys(user).length === 0
      ? `[sources.${source.id}]`
      : `its options, set in the page or in [sources.${source.id}], are not valid:`;
  const optionsProblem = read === null || read.problem === null ? null : `${where} ${read.problem}`;
  const needsNotice = source.needs_notice !== null && !hasAcceptedNotice;
  const problems = [
    ...(missingEnv.length === 0
      ? []
      : [`set the environment variable${missingEnv.length > 1 ? "s" : ""} ${missingEnv.join(", ")}`]),
    ...(optionsProblem === null ? [] : [optionsProblem]),
    ...(needsNotice
      ? [
          `accept its notice in the page, or set accept_notice = true in [sources.${source.id}], when you accept this: ${source.needs_notice}`,
        ]
      : []),
  ];
  return {
    missingEnv,
    problem: problems.join("; ") || null,
    optionsProblem,
    needsNotice,
    baseUrl: read?.base_url ?? null,
    env: Object.freeze(values),
  };
}
