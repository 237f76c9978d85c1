/** A real JPEG, 16 by 8 pixels, grey; any decoder opens it. */
export const REAL_JPEG: Uint8Array = Buffer.from(
  "/9j/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////////////////////////wAARCAAIABADASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAH/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAP/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/AIAD/9k=",
  "base64",
);

const SOI = [0xff, 0xd8];
const EOI = [0xff, 0xd9];

const segment = (code: number, body: Uint8Array | readonly number[]): Uint8Array =>
  Uint8Array.from([0xff, code, (body.length + 2) >> 8, (body.length + 2) & 0xff, ...body]);

/** Entropy-coded bytes as T.81 writes them: every 0xFF is stuffed with a zero, unless it is a restart marker. */
const entropy = (bytes: Uint8Array): number[] => [...bytes].flatMap((byte) => (byte === 0xff ? [0xff, 0x00] : [byte]));

export type PictureParts = {
  /** Bodies of APP1 segments; they may hold whole JPEGs, as EXIF thumbnails do. */
  app1?: readonly Uint8Array[];
  /** One per scan; a progressive picture has several. */
  scans?: readonly Uint8Array[];
  /** Fill bytes before each marker. */
  fill?: number;
};

/** A JPEG that is whole by its structure (not one that shows something). */
export function picture({ app1 = [], scans = [Uint8Array.of(1, 2, 3)], fill = 0 }: PictureParts = {}): Uint8Array {
  const fillBytes = Array.from({ length: fill }, () => 0xff);
  const parts: (Uint8Array | number[])[] = [SOI];
  for (const body of app1) parts.push(fillBytes, segment(0xe1, body));
  parts.push(fillBytes, segment(0xdb, [0, 0xff, 0xd9]), segment(0xc0, [8, 0, 8, 0, 16, 1, 1, 0x11, 0]));
  for (const scan of scans)
    parts.push(segment(0xda, [1, 1, 0, 0, 63, 0]), entropy(scan), [0xff, 0xd3], entropy(scan), fillBytes);
  parts.push(EOI);
  return join(parts);
}

/** A picture of its own for every number, at least `size` bytes long. */
export function numbered(number: number, size = 0): Uint8Array {
  return picture({
    scans: [
      Uint8Array.from({ length: Math.max(4, size) }, (_, index) => (index < 4 ? (number >> (index * 8)) & 0xff : 7)),
    ],
  });
}

export function join(parts: readonly (Uint8Array | readonly number[] | string)[]): Uint8Array {
  return Buffer.concat(
    parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Uint8Array.from(part))),
  );
}
