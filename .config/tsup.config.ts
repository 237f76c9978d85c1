import { copyFileSync, readFileSync } from "node:fs";

import { defineConfig } from "tsup";

type ExportTarget = string | { "@argus/source"?: string };
type Manifest = { exports?: Record<string, ExportTarget>; argusBuild?: { entry?: string[]; bundled?: string[] } };

/** Every package is built alike: its entries are the sources its own `exports` name. */
function entriesOf(manifest: Manifest): string[] {
  const exported = Object.values(manifest.exports ?? {}).flatMap((target) =>
    typeof target === "object" && target["@argus/source"] ? [target["@argus/source"]] : [],
  );
  return [...exported, ...(manifest.argusBuild?.entry ?? [])];
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
/** Libraries of many small files, which take longer to find than to run: they are built in, and their licences with them. */
const bundled = manifest.argusBuild?.bundled ?? [];

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
  noExternal: bundled,
  async onSuccess() {
    for (const name of bundled) copyFileSync(`node_modules/${name}/LICENSE`, `dist/LICENSE-${name}`);
  },
});
