import { readdirSync, readFileSync } from "node:fs";

import { expect, it } from "vitest";

const ALL_OF_CORE = /from "@argus\/core"/u;

it("takes from @argus/core no more than its contract, since every source's process loads what is imported here", () => {
  const folder = new URL("./", import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith(".ts") && !/\.test(?:-d)?\.ts$/u.test(name));
  expect(files).toContain("source.ts");
  expect(files.filter((name) => ALL_OF_CORE.test(readFileSync(new URL(name, folder), "utf8")))).toEqual([]);
});
