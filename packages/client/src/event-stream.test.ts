import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { EventStreamParser } from "./event-stream.ts";

const TEXT =
  '\uFEFFretry: 2000\n\n: heartbeat\n\nid: 1\nevent: progress\ndata: {"a":\ndata: 1}\n\r\ndata\rid:2\r\ndata:  two spaces\r\r\nevent: nothing\n\nfoo: bar\nid: bad\0id\ndata: 東京\n\ndata: cut off';
const EVENTS = [
  { id: "1", event: "progress", data: '{"a":\n1}' },
  { id: "2", event: "message", data: "\n two spaces" },
  { id: "2", event: "message", data: "東京" },
];

describe("EventStreamParser", () => {
  it("reads the events of a stream, comments and what is cut off apart", () => {
    const parser = new EventStreamParser();
    expect(parser.push(TEXT)).toEqual(EVENTS);
    expect(parser.notes.retryMs).toBe(2000);
  });

  it("reads the same however the stream is cut into pieces", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(TEXT.length)), (cuts) => {
        const parser = new EventStreamParser();
        const at = [0, ...cuts.toSorted((a, b) => a - b), TEXT.length];
        const pieces = at.slice(1).map((end, index) => TEXT.slice(at[index], end));
        expect(pieces.flatMap((piece) => parser.push(piece))).toEqual(EVENTS);
      }),
    );
  });

  it.each(["x".repeat(9_000_000), `data: ${"x".repeat(5_000_000)}\n`])("holds no event without end", (piece) => {
    const parser = new EventStreamParser();
    expect(() => {
      parser.push(piece);
      parser.push(piece);
    }).toThrow(RangeError);
  });
});
