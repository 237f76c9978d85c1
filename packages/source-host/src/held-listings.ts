import { nothingHeld } from "./errors.ts";
import type { HostStore } from "./host-store.ts";

const LEAST_BEFORE = 20;
const SHARE = 0.5;

/** A listing that is too short to be believed: nothing has been marked gone after it. */
export type HeldListing = {
  /** Cameras of the source before. */
  before: number;
  /** Cameras it listed now. */
  listed: ReadonlySet<string>;
};

/** Whether so many cameras went missing at once that somebody should look first. */
export function isSuspicious({ before, listed }: HeldListing): boolean {
  return before >= LEAST_BEFORE && listed.size < before * SHARE;
}

/** How such a run ended. */
export function describeHeld({ before, listed }: HeldListing): string {
  return `lists ${listed.size} cameras where there were ${before}: none was marked gone`;
}

/** The same while it waits, with what to do. */
export function adviseOnHeld(held: HeldListing): string {
  return `${describeHeld(held)}; confirm it if the others are gone, else wait for the next run`;
}

/** The listings that wait for somebody's word, one of each source. They are gone with the process: the next run asks anew. */
export class HeldListings {
  readonly #held = new Map<string, HeldListing>();
  readonly #confirmed = new Map<string, HeldListing>();

  get(sourceId: string): HeldListing | null {
    return this.#held.get(sourceId) ?? null;
  }

  /** The one that somebody last said was right: there is nothing left to do about it. */
  confirmed(sourceId: string): HeldListing | null {
    return this.#confirmed.get(sourceId) ?? null;
  }

  hold(sourceId: string, listing: HeldListing): void {
    this.#held.set(sourceId, listing);
  }

  /** The source has been run again, and what it lists now is what counts. */
  drop(sourceId: string): void {
    this.#held.delete(sourceId);
  }

  /**
   * Marks gone what the held listing lacks; answers how many cameras those were.
   * @throws ArgusError ARGUS_SOURCE_NOTHING_HELD.
   */
  async confirm(sourceId: string, store: HostStore): Promise<number> {
    const held = this.#held.get(sourceId);
    if (held === undefined) throw nothingHeld(sourceId);
    const gone = await store.markGone(sourceId, held.listed);
    this.#confirmed.set(sourceId, held);
    if (this.#held.get(sourceId) === held) this.drop(sourceId);
    return gone;
  }
}
