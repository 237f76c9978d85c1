import { isSamePicture } from "./likeness.ts";
import type { Look } from "./look.ts";

/** Two cameras of different sources that are alike, and how much. */
export type Pair = { readonly a: Look; readonly b: Look; readonly score: number };

/** Of several that are about as alike, nobody knows which it is. */
const MARGIN = 0.03;

type Group = { readonly members: Look[]; readonly sources: Set<string> };

/**
 * Which camera stands for which: the ids by the numbers of their rows, of those that another stands for. The surest pair
 * is joined first; no group ever has two cameras of one source. Depends on what is given and not on its order.
 */
export function standIns(pairs: readonly Pair[]): Map<number, string> {
  const groups = new Map<number, Group>();
  for (const { a, b } of clearPairs(pairs).toSorted(bySureness)) join(groups, a, b);
  const standing = new Map<number, string>();
  for (const { members } of new Set(groups.values())) {
    const [first, ...others] = members.toSorted(bySeniority);
    if (first !== undefined) for (const { pk } of others) standing.set(pk, first.id);
  }
  return standing;
}

/** First seen first, then by id: what stands for a group stays the same while it is there. */
export function bySeniority(a: Pick<Look, "id" | "first_seen_at">, b: Pick<Look, "id" | "first_seen_at">): number {
  return compare(a.first_seen_at, b.first_seen_at) || compare(a.id, b.id);
}

function bySureness(one: Pair, other: Pair): number {
  const [[first, second], [third, fourth]] = [idsOf(one), idsOf(other)];
  return other.score - one.score || compare(first, third) || compare(second, fourth);
}

function idsOf({ a, b }: Pair): [string, string] {
  return a.id < b.id ? [a.id, b.id] : [b.id, a.id];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function join(groups: Map<number, Group>, a: Look, b: Look): void {
  const [ofA, ofB] = [groupOf(groups, a), groupOf(groups, b)];
  if ([...ofB.sources].some((source) => ofA.sources.has(source))) return;
  for (const member of ofB.members) {
    ofA.members.push(member);
    ofA.sources.add(member.source_id);
    groups.set(member.pk, ofA);
  }
}

function groupOf(groups: Map<number, Group>, look: Look): Group {
  let group = groups.get(look.pk);
  if (group === undefined) groups.set(look.pk, (group = { members: [look], sources: new Set([look.source_id]) }));
  return group;
}

/**
 * Without pairs in which a camera is about as like one camera of the other source as another: four cameras of a junction
 * that all bear its name. The same picture leaves no doubt.
 */
function clearPairs(pairs: readonly Pair[]): Pair[] {
  const scores = new Map<string, number[]>();
  for (const { a, b, score } of pairs)
    for (const key of [sideOf(a, b), sideOf(b, a)]) scores.set(key, [...(scores.get(key) ?? []), score]);
  const unclear = new Set<string>();
  for (const [key, ofSide] of scores) {
    const [best = 0, next = Number.NEGATIVE_INFINITY] = ofSide.toSorted((x, y) => y - x);
    if (!isSamePicture(best) && best - next < MARGIN) unclear.add(key);
  }
  return pairs.filter(
    ({ a, b, score }) => isSamePicture(score) || (!unclear.has(sideOf(a, b)) && !unclear.has(sideOf(b, a))),
  );
}

/** One camera and another source. */
function sideOf({ pk }: Look, { source_id }: Look): string {
  return `${pk} ${source_id}`;
}
