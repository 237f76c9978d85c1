import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

/** Bytes of the files below a folder; counting stops as soon as there are more than `most`. Links are not followed. */
export async function folderBytes(folder: string, most: number): Promise<number> {
  let bytes = 0;
  const waiting = [folder];
  for (const next of waiting) {
    for (const entry of await readdir(next, { withFileTypes: true }).catch(() => [])) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) waiting.push(path);
      // Gone meanwhile: npm is at work.
      else bytes += (await lstat(path).catch(() => null))?.size ?? 0;
      if (bytes > most) return bytes;
    }
  }
  return bytes;
}
