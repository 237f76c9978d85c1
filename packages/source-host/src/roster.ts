import { addressesIn } from "@argus/source-sdk/host";

import { sourcesBroken, sourcesUnconfigured, sourcesUnknown } from "./errors.ts";
import { idOf, type InstalledSource } from "./installed-source.ts";
import type { OptionValues } from "./own-options.ts";
import type { ProcessBounds } from "./process/bounds.ts";
import type { JoinedOptions } from "./joined-options.ts";
import { hashOfNotice } from "./notice.ts";
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
  /** Of the notices that their user has accepted, by source id; null where that is nobody. */
  readonly #accepted = new Map<string, string | null>();

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

  find(id: string): InstalledSource | undefined {
    return this.#installed.get(id);
  }

  /** @throws ArgusError ARGUS_SOURCE_UNKNOWN. */
  get(id: string): InstalledSource {
    const installed = this.#installed.get(id);
    if (installed === undefined) throw sourcesUnknown([id]);
    return installed;
  }

  has(id: string): boolean {
    return this.#installed.has(id);
  }

  /** Null when it is broken. */
  setUp({ source }: { source: SourceCode | null }): SourceSetup | null {
    if (source === null) return null;
    return this.setUpWith(source, this.options(source), this.#accepted.get(source.id) ?? null);
  }

  /** How a source would stand with these options, and with the notice of this hash accepted. */
  setUpWith(source: SourceCode, options: JoinedOptions, noticeHash: string | null): SourceSetup {
    const { needs_notice: notice } = source;
    const isByUser = notice !== null && noticeHash === hashOfNotice(notice);
    return setUpSource(source, { options, hasAcceptedNotice: options.hasAcceptedNotice ?? isByUser }, this.#parts.env);
  }

  /** The options in force. */
  options(source: SourceCode): JoinedOptions {
    return this.#options.of(source);
  }

  /** As the app's settings have them. */
  fixed(sourceId: string): unknown {
    return this.#options.fixed(sourceId);
  }

  /** What the options would be with these of the user's; they are checked, and not in force yet. */
  join(source: SourceCode, user: OptionValues): JoinedOptions {
    return this.#options.join(source, user);
  }

  /** From now on the source has these options, and the notice of this hash is accepted. */
  use(source: SourceCode, options: JoinedOptions, noticeHash: string | null): void {
    this.#options.use(source, options);
    this.#accepted.set(source.id, noticeHash);
  }

  /** Seconds between two runs. */
  intervalS(source: SourceCode): number {
    return this.options(source).intervalS ?? source.interval_s;
  }

  /** The addresses of its origin that somebody has set, in the app's settings or elsewhere. */
  chosen(source: SourceCode): URL[] {
    return addressesIn(this.options(source).raw, ["base_url", ...source.origin_options]);
  }

  /** Whether one of these still has to say whether its options are valid. */
  isAsking(ids: readonly string[]): boolean {
    return this.#sourcesOf(ids).some((source) => this.options(source).read === null);
  }

  async asked(ids: Iterable<string>): Promise<void> {
    await Promise.all(this.#sourcesOf([...ids]).map((source) => this.options(source).settled));
  }

  /** What is wrong with the configured options, once all sources have been asked. */
  async problems(): Promise<string[]> {
    await this.asked(this.#installed.keys());
    return Object.keys(this.#parts.configured).flatMap((id) => {
      const installed = this.#installed.get(id);
      if (installed === undefined)
        return [`[sources.${id}] names no installed source; there are ${[...this.#installed.keys()].join(", ")}`];
      const { source } = installed;
      // What a user has set besides is no fault of the settings.
      if (source === null || Object.keys(this.options(source).user).length > 0) return [];
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

  #sourcesOf(ids: readonly string[]): SourceCode[] {
    return ids.flatMap((id) => this.#installed.get(id)?.source ?? []);
  }

  #ready(installed: readonly InstalledSource[]): ReadySource[] {
    return installed.flatMap((each) => {
      const setup = this.setUp(each);
      if (each.source === null || setup === null || setup.problem !== null) return [];
      const { env, baseUrl } = setup;
      const { raw: options, allowance } = this.options(each.source);
      return [{ source: each.source, options, baseUrl, chosen: this.chosen(each.source), allowance, env }];
    });
  }
}
