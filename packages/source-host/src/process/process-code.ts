import type { ServedOrigin } from "@argus/source-sdk";

import { cutText, describeFault } from "../bounded-text.ts";
import { protocolBroken } from "../errors.ts";
import type { CodeInput, Running, SourceCode } from "../source-code.ts";
import { redactorOf } from "../redact-text.ts";
import { secretsIn } from "../secret-options.ts";
import type { Job } from "../wire/to-child.ts";
import type { OptionsRead } from "../wire/to-host.ts";
import { aloneWith } from "./alone.ts";
import type { ProcessBounds } from "./bounds.ts";
import { type Description, readDescription } from "./description.ts";
import type { Launch } from "./launch.ts";
import { ResolvingProcess } from "./resolving-process.ts";
import { runInProcess } from "./run-in-process.ts";
import type { LastMessage } from "./source-process.ts";

/** What a package told about itself, or why it could not. */
export type Described = { description: Description; error: null } | { description: null; error: string };

/**
 * Loads packages in one process of their own, which tells what there is to know about them, in their order.
 * @throws when the process as a whole comes to nothing: any of them may be why.
 */
export async function describeInProcess(
  launches: readonly Launch[],
  bounds: ProcessBounds,
  signal: AbortSignal,
): Promise<Described[]> {
  const [first] = launches;
  if (first === undefined) return [];
  const launch = { ...first, readable: [...new Set(launches.flatMap(({ readable }) => readable))] };
  const job: Job = { kind: "describe", entries: launches.map(({ entry }) => entry) };
  const running = runInProcess(launch, job, aloneWith({}, bounds, signal), []);
  const { packages } = await lastOf(running, signal, "described");
  return launches.map((_, index) => readDescribed(packages[index]));
}

function readDescribed(told: { description?: unknown; error: string | null } | undefined): Described {
  try {
    if (typeof told?.error === "string") return { description: null, error: cutText(told.error) };
    return { description: readDescription(told?.description), error: null };
  } catch (error) {
    return { description: null, error: describeFault(error) };
  }
}

/** The code of a package on the disk: each run of it is a process of its own, which resolves any number of cameras. */
export function codeInProcess(
  launch: Launch,
  description: Description,
  openOrigin: ((options: unknown) => ServedOrigin) | null,
): SourceCode {
  const { manifest, options_schema: optionsSchema, has_resolve: canResolve, defaults } = description;
  const { entry } = launch;
  const secretsOf = (input: CodeInput): string[] => [
    ...Object.values(input.env),
    ...secretsIn(optionsSchema, input.options),
  ];
  const run = (job: Job, input: CodeInput): Running<LastMessage> => runInProcess(launch, job, input, secretsOf(input));
  const code: SourceCode = {
    ...manifest,
    optionsSchema,
    canResolve,
    defaults,
    async checkOptions(options, bounds, signal) {
      const running = run({ kind: "check", entry, options }, aloneWith(options, bounds, signal));
      const { t: _checked, ...read } = await lastOf(running, signal, "checked");
      return redacted(read, redactorOf(secretsIn(optionsSchema, options)));
    },
    scrape(input) {
      const running = run({ kind: "scrape", entry, options: input.options, env: { ...input.env } }, input);
      return { end: () => running.end(), ended: running.ended.then((last) => void expectLast(last, "done")) };
    },
    openResolving(input) {
      const job = { kind: "resolve", entry, options: input.options, env: { ...input.env } } as const;
      return new ResolvingProcess(launch, job, input, secretsOf(input));
    },
    ...(openOrigin === null ? {} : { openOrigin }),
  };
  return Object.freeze(code);
}

/** A source may say what it was given when it says what is wrong with it. */
function redacted({ problem, base_url, issues = [] }: OptionsRead, redact: (text: string) => string): OptionsRead {
  return {
    problem: problem === null ? null : redact(problem),
    base_url,
    issues: issues.map(({ path, message }) => ({ path, message: redact(message) })),
  };
}

/** For work that nobody waits for once it is cancelled: there is no grace. */
async function lastOf<Kind extends LastMessage["t"]>(
  running: Running<LastMessage>,
  signal: AbortSignal,
  kind: Kind,
): Promise<Extract<LastMessage, { t: Kind }>> {
  const end = (): void => running.end();
  signal.addEventListener("abort", end, { once: true });
  if (signal.aborted) end();
  try {
    return expectLast(await running.ended, kind);
  } finally {
    signal.removeEventListener("abort", end);
  }
}

function expectLast<Kind extends LastMessage["t"]>(last: LastMessage, kind: Kind): Extract<LastMessage, { t: Kind }> {
  if (last.t === kind) return last as Extract<LastMessage, { t: Kind }>;
  throw protocolBroken(`answered "${last.t}" where "${kind}" was due`);
}
