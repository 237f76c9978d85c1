import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

import { node } from "./this-process.ts";

const MODULES = "node_modules";
const LENGTH = 32;

/** Names states of packages. What several of them may read is looked at once. */
export class Fingerprints {
  readonly #manifests = new Map<string, Promise<string>>();

  /**
   * A short name for the state of a package: another as soon as one of its files is written, added or removed, or what
   * it may read changes to other packages or other versions of them.
   */
  async of(folder: string, readable: readonly string[]): Promise<string> {
    const hash = createHash("sha256").update(node.version);
    for (const each of readable) hash.update(`\0${each}\0${await this.#manifestIn(each)}`);
    for (const file of await filesIn(folder)) hash.update(`\0${file}`);
    return hash.digest("hex").slice(0, LENGTH);
  }

  #manifestIn(folder: string): Promise<string> {
    const known = this.#manifests.get(folder) ?? readFile(join(folder, "package.json"), "utf8").catch(() => "");
    this.#manifests.set(folder, known);
    return known;
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const told = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.name === MODULES) return [];
      if (entry.isDirectory()) return await filesIn(path);
      const { mtimeMs, size } = await stat(path);
      return [`${path} ${size} ${mtimeMs}`];
    }),
  );
  return told.flat().toSorted();
}
