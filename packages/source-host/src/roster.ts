import { sourcesBroken, sourcesUnconfigured, sourcesUnknown } from "./errors.ts";
import { idOf, type InstalledSource } from "./installed-source.ts";
import type { ProcessBounds } from "./process/bounds.ts";
import type { ReadySource } from "./run-settings.ts";
import type { SourceCode } from "./source-code.ts";
import { SourceOptions } from "./source-options.ts";
import { setUpSource, type SourceSetup } from "./source-setup.ts";

export type RosterParts = {
  installed: readonly InstalledSource[];
  env: Readonly<Record<string, string | undefined>>;
  /** Options by source id, as configured. */
  configured: Readonly<Record<string, unknown>>;
  bounds: ProcessBounds;
  signal: AbortSignal;
};

/** All installed sources with what each is set up with; of two with one id, the first. */
export class Roster {
  readonly #parts: RosterParts;
  readonly #installed = new Map<string, InstalledSource>();
  readonly #options: SourceOptions;

  constructor(parts: RosterParts) {
    this.#parts = parts;
    for (const installed of parts.installed) {
      if (!this.#installed.has(idOf(installed))) this.#installed.set(idOf(installed), installed);
    }
    const sources = [...this.#installed.values()].flatMap(({ source }) => source ?? []);
    this.#options = new SourceOptions({ ...parts, sources });
  }

  entries(): [id: string, installed: InstalledSource][] {
    return [...this.#installed];
  }

  /** @throws ArgusError ARGUS_SOURCE_UNKNOWN. */
  get(id: string): InstalledSource {
    const installed = this.#installed.get(id);
    if (installed === undefined) throw sourcesUnknown([id]);
    return installed;
  }

  /** Null when it is broken. */
  setUp({ source }: { source: SourceCode | null }): SourceSetup | null {
    if (source === null) return null;
    const read = this.#options.read(source.id);
    const hasAcceptedNotice = this.#options.hasAcceptedNotice(source.id);
    return setUpSource(source, { read, hasAcceptedNotice }, this.#parts.env);
  }

  /** Seconds between two runs. */
  intervalS(source: SourceCode): number {
    return this.#options.intervalS(source);
  }

  /** Whether one of these still has to say whether its options are valid. */
  isAsking(ids: readonly string[]): boolean {
    return ids.some((id) => this.#options.isReading(id));
  }

  async asked(ids: Iterable<string>): Promise<void> {
    await this.#options.settled(ids);
  }

  /** What is wrong with the configured options, once all sources have been asked. */
  async problems(): Promise<string[]> {
    await this.asked(this.#installed.keys());
    return Object.keys(this.#parts.configured).flatMap((id) => {
      const installed = this.#installed.get(id);
      if (installed === undefined)
        return [`[sources.${id}] names no installed source; there are ${[...this.#installed.keys()].join(", ")}`];
      return this.setUp(installed)?.optionsProblem ?? [];
    });
  }

  /**
   * These, each ready to be run.
   * @throws ArgusError ARGUS_SOURCE_UNKNOWN, ARGUS_SOURCE_BROKEN, ARGUS_SOURCE_UNCONFIGURED.
   */
  choose(ids: readonly string[]): ReadySource[] {
    const unknown = ids.filter((id) => !this.#installed.has(id));
    if (unknown.length > 0) throw sourcesUnknown(unknown);
    const chosen = ids.map((id) => this.get(id));
    const broken = chosen.filter(({ source }) => source === null);
    if (broken.length > 0)
      throw sourcesBroken(new Map(broken.map((installed) => [idOf(installed), installed.error ?? "it did not load"])));
    const problems = chosen.flatMap((installed) => {
      const problem = this.setUp(installed)?.problem ?? null;
      return problem === null ? [] : [[idOf(installed), problem] as const];
    });
    if (problems.length > 0) throw sourcesUnconfigured(new Map(problems));
    return this.#ready(chosen);
  }

  /** Those that can be run. */
  ready(): ReadySource[] {
    return this.#ready([...this.#installed.values()]);
  }

  #ready(installed: readonly InstalledSource[]): ReadySource[] {
    return installed.flatMap((each) => {
      const setup = this.setUp(each);
      if (each.source === null || setup === null || setup.problem !== null) return [];
      const { env, baseUrl } = setup;
      const options = this.#options.raw(each.source.id);
      return [{ source: each.source, options, baseUrl, isBaseUrlChosen: setsBaseUrl(options), env }];
    });
  }
}

function setsBaseUrl(options: unknown): boolean {
  return typeof options === "object" && options !== null && Object.hasOwn(options, "base_url");
}
