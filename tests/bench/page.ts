import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import type { Figure } from "./table.ts";

const assets = fileURLToPath(new URL("../../apps/web/dist/assets/", import.meta.url));
const AIM_KB = 45;
const LATER_AIM_KB = 20;
/** Chunks that are loaded only when somebody wants what is in them. */
const WANTED_LATER = ["import-dialog", "settings-panel", "wall-view"];
const BYTES_PER_KB = 1000;

/** The page's own JavaScript, gzip -9, without the chunk that holds maplibre. */
export async function benchPage(): Promise<Figure[]> {
  const names = (await readdir(assets)).filter((name) => name.endsWith(".js") && !name.includes("maplibre"));
  const later = names.filter((name) => WANTED_LATER.some((chunk) => name.startsWith(chunk)));
  if (later.length !== WANTED_LATER.length)
    throw new Error(`of ${WANTED_LATER.join(", ")} there is ${later.join(", ")}`);
  const first = names.filter((name) => !later.includes(name));
  return [
    {
      what: "the page's own JavaScript at first load, without maplibre, gzip",
      unit: "kB",
      values: [await sizeOf(first)],
      aim: AIM_KB,
    },
    {
      what: "walls, the import and the settings of sources, loaded when they are wanted, gzip",
      unit: "kB",
      values: [await sizeOf(later)],
      aim: LATER_AIM_KB,
    },
  ];
}

async function sizeOf(names: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    names.map(async (name) => gzipSync(await readFile(join(assets, name)), { level: 9 }).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / BYTES_PER_KB;
}
