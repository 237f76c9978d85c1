import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { stringify } from "smol-toml";

/** Writes `argus.toml` where `argus serve` with this HOME looks for it. */
export async function writeSettings(home: string, settings: Record<string, unknown>): Promise<string> {
  const folder = join(home, "config", "argus");
  await mkdir(folder, { recursive: true });
  const file = join(folder, "argus.toml");
  await writeFile(file, stringify(settings));
  return file;
}
