import { describeIssues } from "@argus/core";
import { z } from "zod";

import { describeFault } from "./bounded-text.ts";
import type { ProcessBounds } from "./process/bounds.ts";
import type { SourceCode } from "./source-code.ts";
import type { OptionsRead } from "./wire/to-host.ts";

export type SourceOptionsParts = {
  sources: readonly SourceCode[];
  /** By source id, as configured. */
  configured: Readonly<Record<string, unknown>>;
  bounds: ProcessBounds;
  signal: AbortSignal;
};

// The host's own options, of every source whose schema has none of that name.
const INTERVAL = "interval_s";
const NOTICE = "accept_notice";
const HostOptions = z.object({
  [INTERVAL]: z
    .int()
    .min(60)
    .max(31 * 86_400)
    .optional(),
  [NOTICE]: z.boolean().optional(),
});

/** The options of all sources: as they are configured, and as each source's own schema reads them. */
export class SourceOptions {
  readonly #raw = new Map<string, unknown>();
  readonly #intervals = new Map<string, number>();
  readonly #accepted = new Set<string>();
  readonly #read = new Map<string, OptionsRead>();
  readonly #reading = new Map<string, Promise<void>>();

  constructor(parts: SourceOptionsParts) {
    for (const source of parts.sources) {
      const configured = Object.hasOwn(parts.configured, source.id) ? parts.configured[source.id] : {};
      this.#check(source, configured ?? {}, parts);
    }
  }

  /** As configured, without what is the host's; nothing is an empty object. */
  raw(sourceId: string): unknown {
    return this.#raw.get(sourceId) ?? {};
  }

  /** Seconds between two runs: as configured, else as the source says. */
  intervalS(source: SourceCode): number {
    return this.#intervals.get(source.id) ?? source.interval_s;
  }

  /** Whether the user has accepted what the source says before it may be run. */
  hasAcceptedNotice(sourceId: string): boolean {
    return this.#accepted.has(sourceId);
  }

  /** Null while the source is still being asked. */
  read(sourceId: string): OptionsRead | null {
    return this.#read.get(sourceId) ?? null;
  }

  isReading(sourceId: string): boolean {
    return this.#reading.has(sourceId) && !this.#read.has(sourceId);
  }

  /** Settles when these sources have been asked. */
  async settled(sourceIds: Iterable<string>): Promise<void> {
    await Promise.all([...sourceIds].flatMap((id) => this.#reading.get(id) ?? []));
  }

  #check(source: SourceCode, configured: unknown, { bounds, signal }: SourceOptionsParts): void {
    const { raw, own } = split(source, configured);
    this.#raw.set(source.id, raw);
    const given = HostOptions.safeParse(own);
    if (!given.success) return void this.#read.set(source.id, { problem: describeIssues(given.error), base_url: null });
    const { [INTERVAL]: interval, [NOTICE]: accepted } = given.data;
    if (interval !== undefined) this.#intervals.set(source.id, interval);
    if (accepted === true) this.#accepted.add(source.id);
    if (isEmpty(raw)) return void this.#read.set(source.id, source.defaults);
    const checked = source.checkOptions(raw, bounds, signal);
    if (!(checked instanceof Promise)) return void this.#read.set(source.id, checked);
    const failed = (error: unknown): OptionsRead => ({
      problem: `cannot be checked: ${describeFault(error)}`,
      base_url: null,
    });
    const reading = checked.catch(failed).then((read) => void this.#read.set(source.id, read));
    this.#reading.set(source.id, reading);
  }
}

/** The options that are the source's, and those that are the host's. */
function split(source: SourceCode, configured: unknown): { raw: unknown; own: Record<string, unknown> } {
  if (typeof configured !== "object" || configured === null || Array.isArray(configured))
    return { raw: configured, own: {} };
  const properties = source.optionsSchema?.["properties"];
  const isTheSources = (key: string): boolean =>
    typeof properties === "object" && properties !== null && Object.hasOwn(properties, key);
  const isOwn = (key: string): boolean => (key === INTERVAL || key === NOTICE) && !isTheSources(key);
  const entries = Object.entries(configured);
  return {
    raw: Object.fromEntries(entries.filter(([key]) => !isOwn(key))),
    own: Object.fromEntries(entries.filter(([key]) => isOwn(key))),
  };
}

function isEmpty(raw: unknown): boolean {
  return raw === undefined || raw === null || (typeof raw === "object" && Object.keys(raw).length === 0);
}
