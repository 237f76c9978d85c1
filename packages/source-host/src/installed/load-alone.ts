import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { discoverSources } from "../discovery.ts";
import type { InstalledSource } from "../installed-source.ts";

/** Loads one package, in a process of its own, and none of the others. It is installed above `scratch`. */
export async function loadAlone(name: string, scratch: string, signal: AbortSignal): Promise<InstalledSource> {
  const [nothing, alone] = [join(scratch, "nothing"), join(scratch, "alone")];
  for (const folder of [nothing, alone]) await mkdir(folder);
  await writeFile(join(nothing, "package.json"), "{}");
  await writeFile(join(alone, "package.json"), JSON.stringify({ dependencies: { [name]: "*" } }));
  const [loaded] = await discoverSources(nothing, { installedIn: [alone], signal });
  return loaded ?? { package: name, version: "unknown", source: null, error: null };
}
