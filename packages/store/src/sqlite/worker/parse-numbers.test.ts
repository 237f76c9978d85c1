import fc from "fast-check";
import { expect, it } from "vitest";

import { parseNumbers } from "./parse-numbers.ts";

it("gives back any numbers that were joined with commas", () => {
  fc.assert(
    fc.property(fc.uint32Array(), (numbers) => {
      expect(parseNumbers(Buffer.from(numbers.join(",")))).toEqual(numbers);
    }),
  );
});
