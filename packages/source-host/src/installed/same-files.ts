import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";

const LINKED = "node_modules";

/** Whether two packages hold the same files, what is linked or installed inside of them apart. A missing one holds none. */
export async function holdSameFiles(one: string, other: string): Promise<boolean> {
  const [files, others] = await Promise.all([filesIn(one), filesIn(other)]);
  if (files.join("\n") !== others.join("\n")) return false;
  for (const file of files) {
    const [bytes, otherBytes] = await Promise.all([readFile(join(one, file)), readFile(join(other, file))]);
    if (!bytes.equals(otherBytes)) return false;
  }
  return true;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith(LINKED))
    .toSorted();
}
