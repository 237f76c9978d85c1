import fc from "fast-check";
import { expect, it } from "vitest";

import { copyText } from "./copy-text.ts";

const Field = fc.oneof(
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ unit: fc.constantFrom("\\", "\n", "\r", "\t", "N", "n", ".", "a", "é", "東") }),
);

it("keeps every field apart from its neighbours, and null apart from any text", () => {
  fc.assert(
    fc.property(fc.array(fc.array(Field, { minLength: 2, maxLength: 2 })), (rows) => {
      expect(readBack(copyText(rows))).toEqual(
        rows.map((row) => row.map((value) => (value === null ? null : String(value)))),
      );
    }),
  );
});

// As PostgreSQL's manual says that COPY reads it.
function readBack(text: string): (string | null)[][] {
  const plain = { "\\n": "\n", "\\r": "\r", "\\t": "\t", "\\\\": "\\" } as Record<string, string>;
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) =>
      line
        .split("\t")
        .map((field) => (field === "\\N" ? null : field.replaceAll(/\\./gu, (escape) => plain[escape] ?? escape))),
    );
}
