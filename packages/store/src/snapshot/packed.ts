import { TimeSlice } from "../time-slice.ts";
import { type Parts, within } from "./parts.ts";

/** The length of what is not there. */
const NONE = 0xffff_ffff;
/** Taken in between two looks at the clock. */
const STRIDE = 1024;

type Text = string | null;
type List = Uint32Array | undefined;

/** Texts, one after the other in UTF-8, and their lengths. */
export async function textsOf(parts: Parts, name: string, texts: Text[]): Promise<Text[]> {
  const own = within(parts, name);
  if (parts.isRead) {
    const lengths = await own.array("lengths", new Uint32Array(0), Uint32Array);
    const bytes = Buffer.from((await own.array("bytes", new Uint8Array(0), Uint8Array)).buffer);
    return cut(lengths, bytes.length, (from, to) => (from < 0 ? null : bytes.toString("utf8", from, to)));
  }
  const lengths = await measure(texts, (text) => (text === null ? NONE : Buffer.byteLength(text)));
  const bytes = Buffer.alloc(sumOf(lengths));
  await inTurn(lengths, (at, from) => bytes.write(texts[at] ?? "", from, "utf8"));
  await own.array("lengths", lengths, Uint32Array);
  await own.array("bytes", bytes, Uint8Array);
  return texts;
}

/** Lists of numbers, one after the other, and their lengths. */
export async function listsOf(parts: Parts, name: string, lists: List[]): Promise<List[]> {
  const own = within(parts, name);
  if (parts.isRead) {
    const lengths = await own.array("lengths", new Uint32Array(0), Uint32Array);
    const values = await own.array("values", new Uint32Array(0), Uint32Array);
    return cut(lengths, values.length, (from, to) => (from < 0 ? undefined : values.subarray(from, to)));
  }
  const lengths = await measure(lists, (list) => list?.length ?? NONE);
  const values = new Uint32Array(sumOf(lengths));
  await inTurn(lengths, (at, from) => values.set(lists[at] ?? [], from));
  await own.array("lengths", lengths, Uint32Array);
  await own.array("values", values, Uint32Array);
  return lists;
}

async function measure<Item>(items: readonly Item[], lengthOf: (item: Item) => number): Promise<Uint32Array> {
  const lengths = new Uint32Array(items.length);
  const slice = new TimeSlice();
  for (let at = 0; at < lengths.length; at += 1) {
    lengths[at] = lengthOf(items[at] as Item);
    if (at % STRIDE === 0 && slice.isOver) await slice.pause();
  }
  return lengths;
}

function sumOf(lengths: Uint32Array): number {
  let sum = 0;
  for (const length of lengths) if (length !== NONE) sum += length;
  return sum;
}

/** Visits what has a length with the place where it begins. */
async function inTurn(lengths: Uint32Array, visit: (at: number, from: number) => void): Promise<void> {
  const slice = new TimeSlice();
  let from = 0;
  for (let at = 0; at < lengths.length; at += 1) {
    const length = lengths[at] ?? NONE;
    if (length !== NONE) {
      visit(at, from);
      from += length;
    }
    if (at % STRIDE === 0 && slice.isOver) await slice.pause();
  }
}

/** `take` is given where each begins and ends; a negative place for what is not there. */
async function cut<Item>(lengths: Uint32Array, end: number, take: (from: number, to: number) => Item): Promise<Item[]> {
  if (sumOf(lengths) !== end) throw new RangeError("lengths do not add up");
  const items: Item[] = [];
  const slice = new TimeSlice();
  let from = 0;
  for (let at = 0; at < lengths.length; at += 1) {
    const length = lengths[at] ?? NONE;
    items.push(length === NONE ? take(-1, -1) : take(from, from + length));
    if (length !== NONE) from += length;
    if (at % STRIDE === 0 && slice.isOver) await slice.pause();
  }
  return items;
}
