import {
  ArgusError,
  CameraInput,
  describeIssues,
  type ListedCamera,
  type Log,
  silentLog,
  toListedCamera,
} from "@argus/core";

import type { PoliteHttpOptions } from "../polite-http-options.ts";
import { httpFrom } from "../http-from.ts";
import { addressesIn } from "../origin-options.ts";
import { createHttpTransport } from "../polite-transport.ts";
import { refusalOf } from "../refusal.ts";
import { type ResolvableCamera, ResolvedUrls } from "../resolve.ts";
import type { ResolveContext, ScrapeContext, Source } from "../source.ts";
import { userAgentOf } from "../user-agent.ts";
import { AwaitedCalls } from "./awaited.ts";
import { reroute } from "./reroute.ts";

const TEST_RETRIES = 2;

export type RunOptions = {
  /** Over the schema's defaults. */
  options?: Readonly<Record<string, unknown>>;
  env?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
  log?: Log;
  /** A fixture server's address: every request for a declared host goes there, and none anywhere else. */
  rerouteTo?: string;
  /** Over the test's polite HTTP: no page delay, hardly any backoff, 2 retries. */
  http?: Partial<PoliteHttpOptions>;
};

/** What a scrape did. */
export type RunResult = {
  /** Valid ones as the registry would hold them, in the order they were emitted. */
  cameras: ListedCamera[];
  /** Invalid, refused by the rules for every source, emitted twice, or dropped by the source. */
  rejected: { raw_id: string; reason: string }[];
  progress: { done?: number; total?: number; message?: string }[];
  /** Why parts could not be read; empty when all were. */
  partial: string[];
};

/**
 * Scrapes once, as the host does but in this process and without a store.
 * @throws what the source throws; ArgusError ARGUS_SCRAPE_FLOODED when it did not wait for `ctx.emit`, for which a host ends it
 *   as soon as too many cameras wait.
 */
export async function runSource(source: Source, run: RunOptions = {}): Promise<RunResult> {
  const result: RunResult = { cameras: [], rejected: [], progress: [], partial: [] };
  const emits = new AwaitedCalls();
  await source.scrape(scrapeContext(source, run, result, emits));
  if (emits.forgotten > 0) throw emitForgotten(emits.forgotten);
  return result;
}

/** Asks the source where a camera's pictures are now, as the host does when it is viewed. Rejects with what it throws. */
export async function resolveCamera(
  source: Source,
  camera: ResolvableCamera,
  run: RunOptions = {},
): Promise<ResolvedUrls> {
  if (source.resolve === undefined) throw new Error(`source ${source.id} has no resolve`);
  return ResolvedUrls.parse(await source.resolve(camera, resolveContext(source, run)));
}

function resolveContext(source: Source, run: RunOptions): ResolveContext {
  const signal = run.signal ?? new AbortController().signal;
  const options = source.options.parse(run.options ?? {});
  const log = run.log ?? silentLog;
  const written = addressesIn(run.options, source.origin_options).map(({ host }) => host);
  const hosts = [...source.hosts, new URL(options.base_url).host, ...written];
  const transport = createHttpTransport({
    hosts: run.rerouteTo === undefined ? hosts : [new URL(run.rerouteTo).host],
    userAgent: userAgentOf(run.options, "argus-source-test"),
    signal,
    log,
    pageDelayMs: 0,
    backoffLimitMs: 1,
    retries: TEST_RETRIES,
    ...run.http,
  });
  return {
    options,
    env: Object.fromEntries(source.required_env.map((name) => [name, run.env?.[name] ?? "test"])),
    http: httpFrom(run.rerouteTo === undefined ? transport : reroute(transport, run.rerouteTo, hosts)),
    log,
    signal,
  };
}

function emitForgotten(calls: number): ArgusError {
  return new ArgusError(
    "ARGUS_SCRAPE_FLOODED",
    `scrape did not wait for ${calls} of its calls of ctx.emit: write await ctx.emit(…)`,
  );
}

function scrapeContext(source: Source, run: RunOptions, result: RunResult, emits: AwaitedCalls): ScrapeContext {
  const context = resolveContext(source, run);
  const origin = new URL(context.options.base_url).host;
  const listed = new Set<string>();
  const reject = (raw_id: string, reason: string): void => void result.rejected.push({ raw_id, reason });
  const list = (camera: CameraInput): void => {
    context.signal.throwIfAborted();
    const parsed = CameraInput.safeParse(camera);
    if (!parsed.success) return reject(camera.id, describeIssues(parsed.error));
    const refusal = refusalOf(parsed.data, {
      sourceId: source.id,
      isListed: (id) => listed.has(id),
      // Where the origin is a server on loopback, so are the addresses that are built on its own.
      isOpened: ({ host }) => host === origin,
    });
    if (refusal !== null) return reject(camera.id, refusal);
    listed.add(camera.id);
    result.cameras.push(toListedCamera(source.id, parsed.data, source));
  };
  return {
    ...context,
    emit: (camera) => emits.watch(() => list(camera)),
    reject,
    progress: (step) => void result.progress.push(step),
    partial: (reason) => void result.partial.push(reason),
  };
}
