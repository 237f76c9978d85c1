import fc from "fast-check";
import { expect, it } from "vitest";

import { readCursor, writeCursor } from "./cursor.ts";

const name = fc.constantFrom("id", "-name", "distance@1,-2.5");
const text = fc.string({ unit: "binary" });
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);

it("is read back as it was written, whatever key and id", () => {
  fc.assert(
    fc.property(name, fc.oneof(text, number), text, (order, key, id) => {
      const keyType = typeof key === "string" ? "string" : "number";
      expect(readCursor(writeCursor({ name: order }, { key, id }), { name: order, keyType })).toEqual({ key, id });
    }),
  );
});

it("is refused by name when it is anything else, never mistaken", () => {
  const invalid = expect.objectContaining({ code: "ARGUS_STORE_CURSOR_INVALID" });
  fc.assert(
    fc.property(
      fc.oneof(
        text,
        fc.json().map((json) => Buffer.from(json).toString("base64url")),
      ),
      (cursor) => {
        expect(() => readCursor(cursor, { name: "id", keyType: "number" })).toThrow(invalid);
      },
    ),
  );
});

it("is refused under another order, and with a key of another type", () => {
  const cursor = writeCursor({ name: "name" }, { key: "a", id: "b:1" });
  expect(() => readCursor(cursor, { name: "-name", keyType: "string" })).toThrow(/sort name, not -name/u);
  expect(() => readCursor(cursor, { name: "name", keyType: "number" })).toThrow(/is broken/u);
});
