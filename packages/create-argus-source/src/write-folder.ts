import { mkdir, open, readdir, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";

import { isArgusError } from "@argus/core";

import { folderNotEmpty, folderUnusable } from "./errors.ts";

/** What a folder may hold and still count as empty: a repository that was just made. */
const UNCOUNTED: ReadonlySet<string> = new Set([".git"]);

/**
 * Writes files (path with forward slashes → text) into an empty folder, making it where needed. Overwrites nothing, and
 * when it fails takes back what it wrote.
 * @throws ArgusError ARGUS_CREATE_FOLDER_NOT_EMPTY, ARGUS_CREATE_FOLDER_UNUSABLE.
 */
export async function writeFolder(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  const made = await makeFolder(folder);
  const written: string[] = [];
  try {
    for (const [file, text] of files) await writeNew(join(folder, file), text, () => written.push(join(folder, file)));
  } catch (error) {
    for (const path of written) await rm(path, { force: true });
    const inside = [...files.keys()].map((file) => dirname(join(folder, file))).filter((path) => path !== folder);
    await removeEmpty([...inside, ...(made === null ? [] : upTo(made, folder))]);
    throw folderUnusable(folder, error);
  }
}

/** The first folder that had to be made, or null when all were there. */
async function makeFolder(folder: string): Promise<string | null> {
  try {
    const made = await mkdir(folder, { recursive: true });
    const found = (await readdir(folder)).find((name) => !UNCOUNTED.has(name));
    if (found !== undefined) throw folderNotEmpty(folder, found);
    return made ?? null;
  } catch (error) {
    if (isArgusError(error)) throw error;
    throw folderUnusable(folder, error);
  }
}

/** Never over something that appeared meanwhile; `opened` is told once the file is ours. */
async function writeNew(path: string, text: string, opened: () => void): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await using file = await open(path, "wx");
  opened();
  await file.writeFile(text);
}

/** Those that hold something stay: somebody else may be writing there too. */
async function removeEmpty(folders: readonly string[]): Promise<void> {
  for (const folder of new Set(folders)) await rmdir(folder).catch(() => undefined);
}

/** A folder and those above it, innermost first, up to one of them. */
function upTo(top: string, folder: string): string[] {
  return folder.length > top.length ? [folder, ...upTo(top, dirname(folder))] : [folder];
}
