/**
 * Pictures that run at once. A browser holds six connections to one server; one of them is the scrape's events, and one
 * has to stay free for everything else.
 */
export const MAX_RUNNING = 4;

export type Playable = {
  id: string;
  /** Whether its kind of stream can be shown at all. */
  plays: boolean;
  inSight: boolean;
};

/** Which pictures run: those that were asked for, the last one first; then as they hang. Out of sight none does. */
export function runningOf(
  cells: readonly Playable[],
  asked: readonly string[],
  max = MAX_RUNNING,
): ReadonlySet<string> {
  const able = cells.filter(({ plays, inSight }) => plays && inSight).map(({ id }) => id);
  const first = asked.toReversed().filter((id) => able.includes(id));
  return new Set([...new Set([...first, ...able])].slice(0, max));
}
