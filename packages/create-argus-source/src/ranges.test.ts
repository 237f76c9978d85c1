import { readFileSync } from "node:fs";

import { expect, it } from "vitest";

import { PEER_RANGES, TOOL_RANGES } from "./ranges.ts";

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
const sdk = JSON.parse(read("packages/source-sdk/package.json")) as {
  version: string;
  peerDependencies: Record<string, string>;
};
const numbersOf = (text: string) => text.replace("^", "").split(".").map(Number) as [number, number, number];

/** Whether the version is one of `^range`. */
function satisfies(version: string, range: string): boolean {
  const [major, minor, patch] = numbersOf(version);
  const [needsMajor, needsMinor, needsPatch] = numbersOf(range);
  if (major !== needsMajor || (major === 0 && minor !== needsMinor)) return false;
  return minor > needsMinor || (minor === needsMinor && patch >= needsPatch);
}

it("asks for the SDK as it is in this repository, and for zod as the SDK does", () => {
  const range = PEER_RANGES["@argus/source-sdk"] ?? "";
  expect(satisfies(sdk.version, range), `src/ranges.ts says ${range}, the SDK is ${sdk.version}`).toBe(true);
  expect(PEER_RANGES["zod"]).toBe(sdk.peerDependencies["zod"]);
});

it("asks for the tools that this repository is tested with", () => {
  const catalog = read("pnpm-workspace.yaml");
  for (const [name, range] of Object.entries(TOOL_RANGES)) {
    const version = new RegExp(`^ {2}"?${name}"?: (\\S+)$`, "mu").exec(catalog)?.[1] ?? "0.0.0";
    expect(satisfies(version, range), `src/ranges.ts says ${name} ${range}, the catalog ${version}`).toBe(true);
  }
});
