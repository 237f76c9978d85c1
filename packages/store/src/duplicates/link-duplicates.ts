import type { Registry } from "../registry/registry.ts";
import { Gathering } from "./gathering.ts";
import { type ChangePlace, type Look, looksSince } from "./look.ts";

/** Changed cameras that are looked at, and whose links are written, at once. */
const PORTION = 500;
/** Others may go on writing; what they write after so many rounds is for the next time. */
const MAX_ROUNDS = 4;
const END = Number.MAX_SAFE_INTEGER;

/** How many cameras had changed, and how many of all are hidden behind another now that were not, or no longer. */
export type LinkCounts = { compared: number; linked: number; parted: number };

export type Linking = {
  /** The registry as it is, with what other programs have written. */
  fresh(): Promise<Registry>;
  /** Runs a task after the writes before it. */
  write<Result>(task: (registry: Registry) => Promise<Result>): Promise<Result>;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Links cameras of different sources that show the same view (see likeness.ts and groups.ts), as far as cameras have
 * changed since that was last done. Given up half-way it is as far as it came, and goes on there the next time.
 */
export async function linkDuplicates(linking: Linking): Promise<LinkCounts> {
  const counts: LinkCounts = { compared: 0, linked: 0, parted: 0 };
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const registry = await linking.fresh();
    // What is written later is not in the index for certain, and is met in the next round.
    const until = registry.sequence;
    const from = await registry.readLinkedPlace();
    if (from.change_seq >= until) break;
    await linkUntil(linking, registry, { from, until, counts });
  }
  return counts;
}

type Round = { readonly from: ChangePlace; readonly until: number; readonly counts: LinkCounts };

async function linkUntil(linking: Linking, registry: Registry, { from, until, counts }: Round): Promise<void> {
  const { signal } = linking;
  const index = await registry.wholeIndex();
  for (let place = from; place.change_seq < until;) {
    signal?.throwIfAborted();
    await index.settle();
    const changed = await looksSince(registry.engine, place, until, PORTION);
    place = placeAfter(changed, until);
    const links = await new Gathering({ engine: registry.engine, index, signal }).newLinks(changed);
    const seen = changed.filter(({ former_place }) => former_place !== null);
    const isOver = place.change_seq >= until;
    if (links.length + seen.length > 0 || isOver)
      await linking.write((current) =>
        current === registry ? current.writeLinks({ links, seen, place }) : Promise.resolve(),
      );
    counts.compared += changed.length;
    for (const { look, duplicate_of } of links) {
      if (look.duplicate_of === null) counts.linked += 1;
      else if (duplicate_of === null) counts.parted += 1;
    }
  }
}

function placeAfter(changed: readonly Look[], until: number): ChangePlace {
  const last = changed.at(-1);
  return last === undefined || changed.length < PORTION
    ? { change_seq: until, pk: END }
    : { change_seq: last.change_seq, pk: last.pk };
}
