import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { FrameScanner, ScanError, type ScanLimits } from "./jpeg.ts";
import { join, numbered, picture, REAL_JPEG } from "./testing/pictures.ts";

const ROOMY: ScanLimits = { maxFrame: 1_000_000, maxJunk: 2_000_000 };

type Scanned = { frames: string[]; error: string | null; unfinished: number };

function scan(bytes: Uint8Array, cuts: readonly number[] = [], limits: ScanLimits = ROOMY): Scanned {
  const scanner = new FrameScanner(limits);
  const frames: string[] = [];
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  try {
    for (let index = 1; index < edges.length; index += 1) {
      for (const frame of scanner.push(bytes.subarray(edges[index - 1], edges[index]))) frames.push(hex(frame));
    }
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    return { frames, error: error.reason, unfinished: 0 };
  }
  return { frames, error: null, unfinished: scanner.unfinished };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const everyByte = (bytes: Uint8Array): number[] => Array.from({ length: bytes.length }, (_, index) => index);
const part = (frame: Uint8Array, length = frame.length): Uint8Array =>
  join([`\r\n--cam\r\nContent-Type: image/jpeg\r\nContent-Length: ${length}\r\n\r\n`, frame]);

const somePicture = fc
  .record({
    thumbnails: fc.array(fc.boolean(), { maxLength: 2 }),
    scans: fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 3 }),
    fill: fc.nat({ max: 2 }),
  })
  .map(({ thumbnails, scans, fill }) =>
    picture({ scans, fill, app1: thumbnails.map((whole) => join(["Exif\0\0", whole ? numbered(9) : [0xff, 0xd9]])) }),
  );
const someText = fc.string({ maxLength: 60 }).map((text) => join([text]));
// Anything that a camera might send: parts, torn pictures, bare bytes.
const someStream = fc
  .array(
    fc.oneof(
      somePicture.map((frame) => part(frame)),
      somePicture,
      someText,
      fc.uint8Array({ maxLength: 60 }),
      somePicture.map((frame) => frame.subarray(0, frame.length / 2)),
    ),
    { maxLength: 8 },
  )
  .map(join);
const someCuts = fc.array(fc.nat({ max: 5000 }), { maxLength: 20 });

describe("finding JPEGs in a stream", () => {
  it("takes a real picture whole", () => {
    expect(scan(REAL_JPEG)).toEqual({ frames: [hex(REAL_JPEG)], error: null, unfinished: 0 });
  });

  it("does not end a picture at the EOI of the thumbnail inside it", () => {
    const frame = picture({ app1: [join(["Exif\0\0", REAL_JPEG])] });
    expect(scan(part(frame)).frames).toEqual([hex(frame)]);
  });

  it("finds every picture between any text, in order", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(someText, somePicture), { maxLength: 6 }), (pairs) => {
        expect(scan(join(pairs.flat())).frames).toEqual(pairs.map(([, frame]) => hex(frame)));
      }),
    );
  });

  it("finds the same, however the bytes are split", () => {
    fc.assert(
      fc.property(someStream, someCuts, (bytes, cuts) => {
        const whole = scan(bytes);
        expect(scan(bytes, cuts)).toEqual(whole);
        expect(scan(bytes, everyByte(bytes))).toEqual(whole);
      }),
    );
  });

  it("keeps its bounds at the same byte, however the bytes are split", () => {
    const limits = { maxFrame: 120, maxJunk: 150 };
    fc.assert(
      fc.property(someStream, someCuts, (bytes, cuts) => {
        const { frames, error } = scan(bytes, [], limits);
        expect(scan(bytes, everyByte(bytes), limits)).toMatchObject({ frames, error });
        expect(scan(bytes, cuts, limits)).toMatchObject({ frames, error });
      }),
    );
  });

  it("yields only what begins with SOI, ends with EOI and has a scan, from any bytes", () => {
    fc.assert(
      fc.property(someStream, (bytes) => {
        for (const frame of scan(bytes).frames) expect(frame).toMatch(/^ffd8.*ffda.*ffd9$/u);
      }),
    );
  });

  it("believes no Content-Length", () => {
    const frames = [numbered(1), numbered(2), numbered(3)];
    expect(scan(join(frames.map((frame, index) => part(frame, index * 7)))).frames).toEqual(frames.map(hex));
  });

  it("drops a picture cut short in its scan and takes the next one", () => {
    const [torn, next] = [numbered(1, 500), numbered(2)];
    expect(scan(join([part(torn.subarray(0, 300)), part(next)])).frames).toEqual([hex(next)]);
  });

  it("never yields a picture cut short anywhere, alone or with whole ones after it", () => {
    const torn = picture({ app1: [join(["Exif\0\0", numbered(5)])], scans: [Uint8Array.of(9, 9), Uint8Array.of(8)] });
    const next = [numbered(2, 5000), numbered(3, 5000)];
    for (let length = 0; length < torn.length; length += 1) {
      const { frames } = scan(join([part(torn.subarray(0, length)), ...next.map((frame) => part(frame))]));
      // A picture cut within a header may take the next one with it, for its length field still counts; no further.
      expect([next.map(hex), next.slice(1).map(hex)]).toContainEqual(
        frames.filter((frame) => frame !== hex(numbered(5))),
      );
    }
  });

  it("is no picture without a scan", () => {
    expect(scan(join([[0xff, 0xd8, 0xff, 0xd9], numbered(1)])).frames).toEqual([hex(numbered(1))]);
  });

  it("says how much of a picture is still missing its end", () => {
    expect(scan(join(["junk", numbered(1).subarray(0, 20)])).unfinished).toBe(20);
  });

  it("ends at a frame larger than allowed, in one chunk or many", () => {
    const frame = numbered(1, 1000);
    const limits = { maxFrame: frame.length - 1, maxJunk: 10_000 };
    expect(scan(frame, [], limits)).toMatchObject({ frames: [], error: "frame" });
    expect(scan(frame, [], { ...limits, maxFrame: frame.length })).toMatchObject({ frames: [hex(frame)], error: null });
  });

  it.each([
    ["text", "no picture here ".repeat(100)],
    ["marks", "\u00ff".repeat(1600)],
    ["beginnings", "\u00ff\u00d8".repeat(800)],
    ["ends", "\u00ff\u00d9".repeat(800)],
    ["beginnings and ends", "\u00ff\u00d8\u00ff\u00d9".repeat(400)],
  ])("ends at endless %s without a picture", (_, text) => {
    expect(scan(join([text]), [], { maxFrame: 1000, maxJunk: 1500 }).error).not.toBeNull();
  });
});
