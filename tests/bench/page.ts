import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import type { Figure } from "./table.ts";

const assets = fileURLToPath(new URL("../../apps/web/dist/assets/", import.meta.url));
const AIM_KB = 45;
const LATER_AIM_KB = 20;
/** What every visit loads: the entry, and the map behind the first paint. */
const AT_ONCE = ["index", "camera-map"];
/** What an empty registry shows at once: its sources to choose from. */
const BOOT = "source-dialogs";
const MAPLIBRE = "maplibre";
// `from"./format-3ONhqccu.js"`; an import that waits until it is called has a bracket.
const IMPORTED = /(?:from|import)\s*"\.\/([^"]+\.js)"/gu;
const BYTES_PER_KB = 1000;

type Chunk = { name: string; bytes: number; imports: string[] };

/** The page's own JavaScript, gzip -9, without the chunk that holds maplibre; a chunk counts with all that it imports. */
export async function benchPage(): Promise<Figure[]> {
  const chunks = await readChunks();
  const first = withImports(chunks, AT_ONCE);
  const booted = withImports(chunks, [...AT_ONCE, BOOT]);
  const later = [...chunks.keys()].filter((name) => !first.has(name));
  const waits = later.map((name) => sizeOf(minus(withImports(chunks, [name]), first)));
  return [
    { what: "the page's own JavaScript at first load, gzip", unit: "kB", values: [sizeOf(first)], aim: AIM_KB },
    { what: "the same of an empty registry, with its dialog", unit: "kB", values: [sizeOf(booted)], aim: AIM_KB },
    { what: "the heaviest part that is loaded later", unit: "kB", values: [Math.max(...waits)], aim: LATER_AIM_KB },
  ];
}

/** The built page's chunks by file name, but for maplibre's. */
async function readChunks(): Promise<Map<string, Chunk>> {
  const names = (await readdir(assets)).filter((name) => name.endsWith(".js") && !name.startsWith(MAPLIBRE));
  const chunks = await Promise.all(
    names.map(async (name): Promise<Chunk> => {
      const code = await readFile(join(assets, name));
      const imports = [...code.toString("utf8").matchAll(IMPORTED)].flatMap(([, imported]) => imported ?? []);
      return { name, bytes: gzipSync(code, { level: 9 }).length, imports };
    }),
  );
  return new Map(chunks.map((chunk) => [chunk.name, chunk]));
}

/** The chunks of these names, hash or not, and whatever they import. @throws Error when there is none of a name. */
function withImports(chunks: ReadonlyMap<string, Chunk>, names: readonly string[]): Map<string, Chunk> {
  const found = new Map<string, Chunk>();
  const take = (chunk: Chunk): void => {
    if (found.has(chunk.name)) return;
    found.set(chunk.name, chunk);
    for (const name of chunk.imports) if (!name.startsWith(MAPLIBRE)) take(chunkOf(chunks, name));
  };
  for (const name of names) take(chunkOf(chunks, name));
  return found;
}

function chunkOf(chunks: ReadonlyMap<string, Chunk>, name: string): Chunk {
  const chunk = chunks.get(name) ?? [...chunks.values()].find((each) => each.name.startsWith(`${name}-`));
  if (chunk === undefined) throw new Error(`the built page has no ${name}; it has ${[...chunks.keys()].join(", ")}`);
  return chunk;
}

function minus(chunks: ReadonlyMap<string, Chunk>, others: ReadonlyMap<string, Chunk>): Map<string, Chunk> {
  return new Map([...chunks].filter(([name]) => !others.has(name)));
}

function sizeOf(chunks: ReadonlyMap<string, Chunk>): number {
  return [...chunks.values()].reduce((sum, { bytes }) => sum + bytes, 0) / BYTES_PER_KB;
}
