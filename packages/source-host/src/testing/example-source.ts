import type { Log, LogFields, Scrape, ScrapedSource } from "@argus/core";
import {
  type CameraInput,
  defineSource,
  type ScrapeContext,
  type Source,
  type SourceDefinition,
} from "@argus/source-sdk";
import { z } from "zod";

import { SourceHost } from "../source-host.ts";
import type { SourceHostOptions } from "../source-host-options.ts";
import { inThisProcess } from "./in-this-process.ts";
import { MemoryStore } from "./memory-store.ts";

const ExampleOptions: z.ZodObject<{ base_url: z.ZodDefault<z.ZodURL> }> = z.object({
  base_url: z.url().default("https://cameras.example"),
});
type Definition = SourceDefinition<typeof ExampleOptions>;

/** A small valid source; `changes` replace what a test is about. */
export function exampleSource(
  id: string,
  scrape: (ctx: ScrapeContext) => Promise<void>,
  changes: Partial<Definition> = {},
): Source {
  return defineSource({
    apiVersion: 1,
    id,
    name: `Example ${id}`,
    description: "Made up for this test.",
    enabled_by_default: false,
    required_env: [],
    hosts: ["cameras.example"],
    attribution: "Example Agency",
    licence: "CC0-1.0",
    options: ExampleOptions,
    scrape,
    ...changes,
  });
}

/** A valid camera. */
export function exampleCamera(id: string, changes: Partial<CameraInput> = {}): CameraInput {
  return { id, name: `Camera ${id}`, stream_kind: "jpeg", stream_url: `https://cameras.example/${id}.jpg`, ...changes };
}

/** A scrape function that lists cameras of these ids. */
export function listing(...ids: string[]): (ctx: ScrapeContext) => Promise<void> {
  return async (ctx) => {
    for (const id of ids) await ctx.emit(exampleCamera(id));
  };
}

/** A scrape function that never ends, whatever its signal says; `started` settles when it runs. */
export function deafScrape(before: (ctx: ScrapeContext) => Promise<void> = async () => {}): {
  scrape: (ctx: ScrapeContext) => Promise<void>;
  started: Promise<ScrapeContext>;
} {
  const { promise: started, resolve } = Promise.withResolvers<ScrapeContext>();
  const scrape = async (ctx: ScrapeContext): Promise<void> => {
    await before(ctx);
    resolve(ctx);
    await new Promise(() => {});
  };
  return { scrape, started };
}

/** A scrape function that ends with its signal's reason as soon as that is aborted. */
export function obedientScrape(before: (ctx: ScrapeContext) => Promise<void> = async () => {}): {
  scrape: (ctx: ScrapeContext) => Promise<void>;
  started: Promise<ScrapeContext>;
} {
  const { promise: started, resolve } = Promise.withResolvers<ScrapeContext>();
  const scrape = async (ctx: ScrapeContext): Promise<void> => {
    await before(ctx);
    resolve(ctx);
    await new Promise((_, reject) => {
      ctx.signal.throwIfAborted();
      ctx.signal.addEventListener("abort", () => reject(ctx.signal.reason as Error));
    });
  };
  return { scrape, started };
}

export type LoggedLine = { level: keyof Log; message: string; fields: LogFields | undefined };

/** A log that keeps its lines. */
export function keptLog(): { log: Log; lines: LoggedLine[] } {
  const lines: LoggedLine[] = [];
  const at = (level: keyof Log) => (message: string, fields?: LogFields) => void lines.push({ level, message, fields });
  return { log: { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") }, lines };
}

/** A host of these sources on a fresh store. */
export function hostOf(
  sources: readonly Source[],
  changes: Partial<SourceHostOptions> & { store?: MemoryStore } = {},
): { host: SourceHost; store: MemoryStore } {
  const store = changes.store ?? new MemoryStore();
  const installed = sources.map((source) => ({
    package: `argus-source-${source.id}`,
    version: "1.0.0",
    source: inThisProcess(source),
    error: null,
  }));
  const limits = { eventMs: 1, ...changes.limits };
  return { host: new SourceHost({ installed, env: {}, userAgent: "argus-test", ...changes, store, limits }), store };
}

/** Runs a scrape of all the host's sources to its end. */
export async function scrapeAll(host: SourceHost): Promise<Scrape> {
  const { id } = await host.start(host.list().map((source) => source.id));
  return await ended(host, id);
}

/** The scrape once it has ended. */
export async function ended(host: SourceHost, scrapeId: string): Promise<Scrape> {
  const last = host.last();
  if (last?.id === scrapeId) return last;
  const watching = new AbortController();
  for await (const { scrape } of host.subscribe({ signal: watching.signal })) {
    if (scrape.id === scrapeId && scrape.finished_at !== null) return scrape;
  }
  throw new Error(`scrape ${scrapeId} did not end`);
}

/** One source's part of a scrape. */
export function partOf(scrape: Scrape, sourceId: string): ScrapedSource {
  const part = scrape.sources.find(({ source_id }) => source_id === sourceId);
  if (part === undefined) throw new Error(`${sourceId} has no part in the scrape`);
  return part;
}
