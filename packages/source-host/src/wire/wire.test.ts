import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { WIRE } from "./bounds.ts";
import { FrameReader, writeFrame } from "./frames.ts";
import { readMessage } from "./read-message.ts";

const bounds = { maxText: 1000, maxBody: 1000 };

describe("frames", () => {
  it("come out as they went in, however the stream is cut", () => {
    const frame = fc.record({
      text: fc.string({ unit: "grapheme", maxLength: 60 }),
      body: fc.uint8Array({ maxLength: 60 }),
    });
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 8 }), fc.integer({ min: 1, max: 50 }), (frames, cut) => {
        const bytes = Buffer.concat(frames.flatMap(({ text, body }) => writeFrame(text, body)));
        const reader = new FrameReader(bounds);
        const read = [];
        for (let at = 0; at < bytes.length; at += cut)
          for (const { text, body } of reader.push(bytes.subarray(at, at + cut)))
            read.push({ text, body: new Uint8Array(body) });
        expect(read).toEqual(frames);
      }),
    );
  });

  it.each([
    ["a message", [1001, 0]],
    ["a body", [2, 0xff_ff_ff_ff]],
  ])("refuse %s that is too large before any of it has come", (what, [text = 0, body = 0]) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(text, 0);
    head.writeUInt32BE(body, 4);
    expect(() => [...new FrameReader(bounds).push(head)]).toThrow(
      expect.objectContaining({ code: "ARGUS_SOURCE_PROTOCOL", message: expect.stringContaining(`sent ${what} of`) }),
    );
  });
});

describe("messages of a source", () => {
  it.each([
    ["no JSON", "hello", /no JSON, 5 characters/u],
    ["no record", "[1]", /does not know/u],
    ["of an unknown kind", '{"t":"markGone","ids":[]}', /does not know/u],
    ["with an unknown field", '{"t":"done","state":"complete"}', /does not know.*state/u],
    ["with a wrong type", '{"t":"ping","rss":"much"}', /does not know.*rss/u],
    ["with a long text", JSON.stringify({ t: "partial", reason: "x".repeat(3000) }), /does not know.*reason/u],
    [
      "with many cameras",
      JSON.stringify({ t: "rows", cameras: Array.from({ length: 251 }, () => ({})), rejected: [] }),
      /cameras/u,
    ],
    ["with a prototype", '{"t":"partial","reason":"x","__proto__":{"a":1}}', /field called __proto__/u],
    [
      "with a prototype in a camera",
      '{"t":"rows","cameras":[{"a":[{"__proto__":1}]}],"rejected":[]}',
      /field called __proto__/u,
    ],
    ["with a hidden prototype", '{"t":"partial","reason":"x","\\u005f_proto__":{"a":1}}', /field called __proto__/u],
    [
      "nested without end",
      `{"t":"rows","cameras":[${"[".repeat(400_000)}${"]".repeat(400_000)}],"rejected":[],"\\u0041":1}`,
      /does not know/u,
    ],
  ])("are refused when they are %s", (_, text, message) => {
    expect(() => readMessage(text)).toThrow(
      expect.objectContaining({ code: "ARGUS_SOURCE_PROTOCOL", message: expect.stringMatching(message) }),
    );
    expect("a" in {}).toBe(false);
  });

  it("may speak of prototypes in their texts", () => {
    const message = { t: "rows", cameras: [{ name: "__proto__" }], rejected: [] };
    expect(readMessage(JSON.stringify(message))).toEqual(message);
  });

  it("are never anything else than the contract says", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        try {
          expect(readMessage(text)).toHaveProperty("t");
        } catch (error) {
          expect(error).toMatchObject({ code: "ARGUS_SOURCE_PROTOCOL" });
        }
      }),
    );
  });

  it("fit their frame when they are as large as they get", () => {
    const wide = "\u{FFFD}".repeat(WIRE.maxRow);
    expect(Buffer.byteLength(wide) + WIRE.rowCharactersPerMessage * 3).toBeLessThan(WIRE.maxText);
  });
});
