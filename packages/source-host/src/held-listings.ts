import { type Clock, type HeldListing, isoNow, type Log, type SourceSettings } from "@argus/core";

import { describeFault } from "./bounded-text.ts";
import { nothingHeld } from "./errors.ts";
import type { HostStore } from "./host-store.ts";
import type { KeptSettings } from "./kept-settings.ts";

const LEAST_BEFORE = 20;
const SHARE = 0.5;
const NONE_GONE = "none was marked gone";

/** What a source has listed, all of it. */
export type CompleteListing = {
  /** Cameras of the source before. */
  before: number;
  /** Cameras it listed now. */
  listed: ReadonlySet<string>;
};

type Counts = Pick<HeldListing, "before" | "listed">;

/** How a run ended whose listing is held. */
export function describeHeld({ before, listed }: Counts): string {
  return `lists ${listed} cameras where there were ${before}: ${NONE_GONE}`;
}

/** Whether that is how a run ended. */
export function isDescribedAsHeld(message: string | null): boolean {
  return message?.endsWith(NONE_GONE) ?? false;
}

/** The same while it waits, with what to do. */
export function adviseOnHeld(held: Counts): string {
  return `${describeHeld(held)}; confirm it if the others are gone, else wait for the next run`;
}

/** What is said while the next listing is waited for. */
export function describeConfirmed({ listed }: Counts): string {
  return `was confirmed to list only ${listed} cameras: what its next complete run lacks is marked gone, unless it lists less than half of these`;
}

/** Whether so many cameras went missing at once that somebody should look first. */
function isSuspicious({ before, listed }: CompleteListing): boolean {
  return before >= LEAST_BEFORE && listed.size < before * SHARE;
}

/** Whether somebody has said that so short a listing is right. */
function isConfirmed(held: HeldListing | null, { listed }: CompleteListing): boolean {
  return held !== null && held.confirmed_at !== null && listed.size >= held.listed * SHARE;
}

/**
 * The listings that are too short to be believed, one of each source. That they wait, and what somebody said of them, is
 * kept with what is set about sources, for other servers and the next start; the lists themselves are in memory only.
 */
export class HeldListings {
  readonly #kept: KeptSettings;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #lists = new Map<string, { at: string; listed: ReadonlySet<string> }>();

  constructor({ kept, clock, log }: { kept: KeptSettings; clock: Clock; log: Log }) {
    this.#kept = kept;
    this.#clock = clock;
    this.#log = log;
  }

  /** The one that waits for somebody's word. */
  get(sourceId: string): HeldListing | null {
    const { held } = this.#kept.of(sourceId);
    return held?.confirmed_at === null ? held : null;
  }

  /** The one that somebody said is right, and that waits for the next listing. */
  confirmed(sourceId: string): HeldListing | null {
    const { held } = this.#kept.of(sourceId);
    return held === null || held.confirmed_at === null ? null : held;
  }

  /** Takes note of what is kept: a list that no longer waits is forgotten. */
  changed({ source_id: id, held }: Pick<SourceSettings, "source_id" | "held">): void {
    if (this.#lists.get(id)?.at !== held?.at) this.#lists.delete(id);
  }

  /** The source is run again: what it stores from now on may be what the list that is known lacks. */
  forget(sourceId: string): void {
    this.#lists.delete(sourceId);
  }

  /** Whether a complete listing is held; it is believed otherwise. @throws what the store throws; then it is neither. */
  async isHeld(sourceId: string, listing: CompleteListing): Promise<boolean> {
    if (!isSuspicious(listing)) return false;
    const { before, listed } = listing;
    const held: HeldListing = { before, listed: listed.size, at: isoNow(this.#clock), confirmed_at: null };
    let isBelieved = false;
    await this.#kept.change(sourceId, (kept) => {
      isBelieved = isConfirmed(kept.held, listing);
      return isBelieved ? null : { next: { ...kept, held } };
    });
    if (!isBelieved) this.#lists.set(sourceId, { at: held.at, listed });
    return !isBelieved;
  }

  /** A listing was believed, and what it lacked is marked gone: nothing waits any more. Never rejects. */
  async settle(sourceId: string): Promise<void> {
    try {
      await this.#kept.change(sourceId, (kept) => (kept.held === null ? null : { next: { ...kept, held: null } }));
    } catch (error) {
      // Its next complete run comes here again.
      this.#log.warn("a listing stays held that has been settled", { source: sourceId, reason: describeFault(error) });
    }
  }

  /**
   * Says that a held listing is right, and marks gone what it lacks; answers how many cameras those were. Where the list
   * itself is not known here, or is not the last of the source's runs, that is kept for the next listing, and the answer is
   * null.
   * @throws ArgusError ARGUS_SOURCE_NOTHING_HELD; what the store throws.
   */
  async confirm(sourceId: string, store: HostStore): Promise<number | null> {
    const { held } = await this.#kept.read(sourceId);
    if (held === null || held.confirmed_at !== null) throw nothingHeld(sourceId);
    const list = this.#lists.get(sourceId);
    const isHere = list?.at === held.at;
    // First of all: a server that ends now has marked them, or has nothing to say of them.
    const gone = isHere ? await store.markGone(sourceId, list.listed) : null;
    const after = isHere ? null : { ...held, confirmed_at: isoNow(this.#clock) };
    await this.#kept.change(sourceId, (kept) => {
      if (kept.held?.at === held.at) return { next: { ...kept, held: after } };
      if (isHere) return null;
      throw nothingHeld(sourceId);
    });
    return gone;
  }
}
