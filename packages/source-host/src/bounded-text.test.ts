import fc from "fast-check";
import { expect, it } from "vitest";

import { cutText, describeFault, showId } from "./bounded-text.ts";

it("cuts any text to one well-formed line of at most the given length and an ellipsis", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (text, max) => {
      const cut = cutText(text, max);
      expect(cut.length).toBeLessThanOrEqual(max + 1);
      expect(cut.isWellFormed()).toBe(true);
      expect(cut).not.toMatch(/\p{Cc}/u);
    }),
  );
});

it("leaves a short text as it is", () => {
  expect(cutText("Zürich, 東京 📷")).toBe("Zürich, 東京 📷");
});

it("describes whatever is thrown and shows whatever is given as an id", () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withSparseArray: true }), (value) => {
      expect(describeFault(value)).not.toBe("");
      expect(describeFault(value).length).toBeLessThan(520);
      expect(showId(value).length).toBeLessThan(130);
    }),
  );
});
