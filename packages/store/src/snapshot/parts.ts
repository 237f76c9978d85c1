/** What large parts are made of. */
export type Values = Uint8Array | Uint32Array | Float64Array;

/** A class of typed arrays. */
export type Kind<Of extends Values> = {
  new (length: number): Of;
  new (buffer: ArrayBuffer, byteOffset: number, length: number): Of;
  readonly BYTES_PER_ELEMENT: number;
};

/**
 * Where the parts go that something in memory is made of, or come from. One walk over them does both: each call is
 * handed what there is, and answers what there shall be. While parts are written that is the same, and nothing may
 * change until the walk is over; while they are read it is what was written under that name.
 */
export type Parts = {
  readonly isRead: boolean;
  /** A finite number. */
  number(name: string, value: number): number;
  array<Of extends Values>(name: string, array: Of, kind: Kind<Of>): Promise<Of>;
  /** Any number of arrays of `length` values each. */
  arrays<Of extends Values>(name: string, arrays: readonly Of[], kind: Kind<Of>, length: number): Promise<Of[]>;
};

/** The same with names of their own for the parts of a part. */
export function within(parts: Parts, owner: string): Parts {
  const under = (name: string): string => `${owner}.${name}`;
  return {
    isRead: parts.isRead,
    number: (name, value) => parts.number(under(name), value),
    array: (name, array, kind) => parts.array(under(name), array, kind),
    arrays: (name, arrays, kind, length) => parts.arrays(under(name), arrays, kind, length),
  };
}

/** Whole numbers of 32 bits. */
export async function numbersOf(parts: Parts, name: string, numbers: number[]): Promise<number[]> {
  if (parts.isRead) return Array.from(await parts.array(name, new Uint32Array(0), Uint32Array));
  await parts.array(name, new Uint32Array(numbers), Uint32Array);
  return numbers;
}
