import type { IsoTime } from "@argus/core";

/** What has to be known of a camera to tell whether its source says something new. */
export type Known = { readonly pk: number; readonly listing_hash: number; readonly isGone: boolean };

/** What is known of the cameras before something is written: from memory, or from the database itself. */
export type Knowledge = {
  /** True when it is in memory: then it may be asked while a transaction is open. */
  readonly isAtHand: boolean;
  /** The greatest number any camera's row has; 0 without one. */
  greatestPk(): number;
  /** One answer for each id, in their order; null for a camera nobody has seen. */
  find(ids: readonly string[]): Promise<readonly (Known | null)[]>;
  /** The cameras of a source that are not gone and whose ids are not among `listed`. */
  presentExcept(sourceId: string, listed: ReadonlySet<string>): Promise<{ pk: number; last_seen_at: IsoTime }[]>;
  /** When cameras were last seen. */
  lastSeen(pks: readonly number[]): Promise<{ pk: number; last_seen_at: IsoTime }[]>;
};
