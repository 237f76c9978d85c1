import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import type { Figure } from "./table.ts";

const assets = fileURLToPath(new URL("../../apps/web/dist/assets/", import.meta.url));
const AIM_KB = 45;
const BYTES_PER_KB = 1000;

/** The page's own JavaScript, gzip -9, without the chunk that holds maplibre. */
export async function benchPage(): Promise<Figure[]> {
  const names = (await readdir(assets)).filter((name) => name.endsWith(".js") && !name.includes("maplibre"));
  const sizes = await Promise.all(
    names.map(async (name) => gzipSync(await readFile(join(assets, name)), { level: 9 }).length),
  );
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return [
    {
      what: "the page's own JavaScript without maplibre, gzip",
      unit: "kB",
      values: [bytes / BYTES_PER_KB],
      aim: AIM_KB,
    },
  ];
}
