import { expect, it } from "vitest";

import { countShort } from "./count-short.ts";

it.each([
  [1, "1"],
  [999, "999"],
  [1000, "1k"],
  [1049, "1k"],
  [1050, "1.1k"],
  [9949, "9.9k"],
  [9950, "10k"],
  [12_345, "12k"],
  [999_499, "999k"],
  [999_500, "1M"],
  [1_250_000, "1.3M"],
  [123_456_789, "123M"],
])("shortens %d to %s", (count, short) => expect(countShort(count)).toBe(short));
