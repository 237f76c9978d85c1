import { CameraInput, describeIssues, type ListedCamera, type Log, silentLog, toListedCamera } from "@argus/core";

import type { PoliteHttpOptions } from "../http.ts";
import { createPoliteHttp } from "../polite-http.ts";
import type { ScrapeContext, Source } from "../source.ts";

const TEST_RETRIES = 2;

export type RunOptions = {
  /** Over the schema's defaults. */
  options?: Readonly<Record<string, unknown>>;
  env?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
  log?: Log;
  /** Over the test's polite HTTP: no page delay, hardly any backoff, 2 retries. */
  http?: Partial<PoliteHttpOptions>;
};

/** What a scrape did. */
export type RunResult = {
  /** Valid ones as the registry would hold them, in the order they were emitted. */
  cameras: ListedCamera[];
  /** Invalid, emitted twice, or dropped by the source. */
  rejected: { raw_id: string; reason: string }[];
  progress: { done?: number; total?: number; message?: string }[];
  /** Why parts could not be read; empty when all were. */
  partial: string[];
};

/** Scrapes once, as the host does but in this process and without a store. Rejects with what the source throws. */
export async function runSource(source: Source, run: RunOptions = {}): Promise<RunResult> {
  const result: RunResult = { cameras: [], rejected: [], progress: [], partial: [] };
  await source.scrape(createContext(source, run, result));
  return result;
}

function createContext(source: Source, run: RunOptions, result: RunResult): ScrapeContext {
  const signal = run.signal ?? new AbortController().signal;
  const options = source.options.parse(run.options ?? {});
  const log = run.log ?? silentLog;
  const hosts = [...source.hosts, new URL(options.base_url).host];
  const listed = new Set<string>();
  return {
    options,
    env: Object.fromEntries(source.required_env.map((name) => [name, run.env?.[name] ?? "test"])),
    http: createPoliteHttp({
      hosts,
      userAgent: "argus-source-test",
      signal,
      log,
      pageDelayMs: 0,
      backoffLimitMs: 1,
      retries: TEST_RETRIES,
      ...run.http,
    }),
    log,
    signal,
    async emit(camera) {
      signal.throwIfAborted();
      const parsed = CameraInput.safeParse(camera);
      if (!parsed.success)
        return void result.rejected.push({ raw_id: camera.id, reason: describeIssues(parsed.error) });
      if (listed.has(camera.id))
        return void result.rejected.push({ raw_id: camera.id, reason: "its id was emitted before" });
      listed.add(camera.id);
      result.cameras.push(toListedCamera(source.id, parsed.data, source));
    },
    reject: (raw_id, reason) => void result.rejected.push({ raw_id, reason }),
    progress: (step) => void result.progress.push(step),
    partial: (reason) => void result.partial.push(reason),
  };
}
