import { TestClock } from "../sample.ts";
import { CHANGES } from "./changes.ts";
import type { Check, StoreFactory } from "./check.ts";
import { DUPLICATES } from "./duplicates.ts";
import { EXACT_TIMES } from "./exact-times.ts";
import { FILTERS } from "./filters.ts";
import { LIFE } from "./life.ts";
import { MAP } from "./map.ts";
import { PAGES } from "./pages.ts";
import { READING } from "./reading.ts";
import { WRITING } from "./writing.ts";

const EVERY_STORE: readonly Check[] = [
  ...WRITING,
  ...FILTERS,
  ...PAGES,
  ...READING,
  ...MAP,
  ...CHANGES,
  ...DUPLICATES,
  ...LIFE,
];

/**
 * What every store does, as named tests for any runner: `for (const { name, test } of storeContract(make)) it(name, test)`.
 * `makeStore` gives a fresh, empty store each time; each test closes its own. A test throws what is wrong.
 */
export function storeContract(
  makeStore: StoreFactory,
  options: { index?: "memory" | "none" } = {},
): { name: string; test: () => Promise<void> }[] {
  const checks = options.index === "none" ? EVERY_STORE : [...EVERY_STORE, ...EXACT_TIMES];
  return checks.map(({ name, run }) => ({
    name,
    async test() {
      const clock = new TestClock();
      await using store = await makeStore({ clock: clock.read });
      await run({ store, clock, makeStore });
    },
  }));
}
