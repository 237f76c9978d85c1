import fc from "fast-check";
import { expect, it } from "vitest";

import { backoffMs } from "./backoff.ts";

it("doubles from one second to one minute, and takes off half of it at the most", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (failures, chance) => {
        const full = Math.min(60_000, 1000 * 2 ** Math.min(failures - 1, 20));
        const ms = backoffMs(failures, () => chance);
        expect(ms).toBeGreaterThanOrEqual(full / 2);
        expect(ms).toBeLessThanOrEqual(full);
      },
    ),
  );
});
