import type { SourceInfo } from "@argus/core";

const UNUSABLE: ReadonlySet<string> = new Set(["broken", "unconfigured"]);

export function isUsable(source: Pick<SourceInfo, "state">): boolean {
  return !UNUSABLE.has(source.state);
}

/** Whether a source could be scraped and never was. */
export function isUnread(source: SourceInfo): boolean {
  return isUsable(source) && source.last_scrape === null && source.camera_count === 0;
}

/** With its id beside the name of each that shares it: two packages may call themselves alike. */
export function withDistinctNames(sources: readonly SourceInfo[]): SourceInfo[] {
  const times = new Map<string, number>();
  for (const { name } of sources) times.set(name, (times.get(name) ?? 0) + 1);
  return sources.map((source) => ({
    ...source,
    name: times.get(source.name) === 1 ? source.name : `${source.name} (${source.id})`,
  }));
}

const MOST_NAMED = 3;

/** `A, B, C and 12 more` */
export function namesOf(sources: readonly Pick<SourceInfo, "name">[], most: number = MOST_NAMED): string {
  const named = sources.slice(0, most).map(({ name }) => name);
  const rest = sources.length - named.length;
  return rest > 0 ? `${named.join(", ")} and ${rest} more` : named.join(", ");
}

/** Whether the source waits for somebody: to say whether cameras are gone, or to see why it does not go on. */
export function wantsAttention({ state, enabled }: Pick<SourceInfo, "state" | "enabled">): boolean {
  return state === "held" || state === "paused" || (enabled && (state === "unconfigured" || state === "broken"));
}
