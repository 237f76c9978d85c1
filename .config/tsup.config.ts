import { readFileSync } from "node:fs";

import { defineConfig } from "tsup";

type ExportTarget = string | { "@argus/source"?: string };
type Manifest = { exports?: Record<string, ExportTarget>; argusBuild?: { entry?: string[] } };

/** Every package is built alike: its entries are the sources its own `exports` name. */
function entriesOf(manifest: Manifest): string[] {
  const exported = Object.values(manifest.exports ?? {}).flatMap((target) =>
    typeof target === "object" && target["@argus/source"] ? [target["@argus/source"]] : [],
  );
  return [...exported, ...(manifest.argusBuild?.entry ?? [])];
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;

export default defineConfig({
  entry: entriesOf(manifest),
  format: ["esm"],
  target: "node24",
  platform: "node",
  sourcemap: true,
  clean: true,
  splitting: true,
  treeshake: true,
  // Declarations come from `tsc`, which tsup cannot drive under TypeScript 7.
  dts: false,
  silent: true,
});
