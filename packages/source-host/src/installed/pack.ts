import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

import { isArgusError } from "@argus/core";
import { z } from "zod";

import { cutText } from "../bounded-text.ts";
import { type Asked, checkName, writeAsked } from "./asked.ts";
import { npmFailed, refused, tarballUnreadable, tooLarge } from "./errors.ts";
import type { InstallLimits } from "./limits.ts";
import { type NpmRun, runNpm } from "./run-npm.ts";

const MIB = 1024 * 1024;
const HASH_LENGTH = 12;

const Told = z.object({
  name: z.string(),
  version: z.string(),
  unpackedSize: z.number(),
  entryCount: z.number(),
  files: z.array(z.object({ path: z.string() })),
});
type Told = z.infer<typeof Told>;
/** A path that leads out of the package; npm would leave it out, but nobody makes it by mistake. */
const OUTSIDE = /^(?:[/\\]|[a-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)/iu;
// One entry, in a list or by its name: that depends on npm's version.
const Printed = z.union([z.tuple([Told]), z.record(z.string(), Told)]);

/** A package as a tarball, whatever it was before. Nothing of it has been unpacked. */
export type Packed = {
  name: string;
  version: string;
  file: string;
  /** Of the whole tarball; another when anything in it is. */
  hash: string;
};

/**
 * Fetches or makes the tarball of what was asked for, in a folder below `scratch`, and looks into it.
 * @throws ArgusError ARGUS_SOURCE_REFUSED for a name no source has, ARGUS_SOURCE_TOO_LARGE, and those of npm.
 */
export async function pack(asked: Asked, scratch: string, limits: InstallLimits, run: NpmRun): Promise<Packed> {
  const destination = join(scratch, "packed");
  await mkdir(destination);
  const spec = await specOf(asked, scratch, limits);
  const packing = runNpm(["pack", spec, "--json", `--pack-destination=${destination}`], run);
  const told = readTold(await packing.catch((error: unknown) => explain(asked, error)));
  const [name = ""] = await readdir(destination);
  const file = join(destination, name);
  checkName(told.name, writeAsked(asked));
  await checkSize(told, file, limits);
  checkPaths(told);
  const hash = createHash("sha256")
    .update(await readFile(file))
    .digest("hex")
    .slice(0, HASH_LENGTH);
  return { name: told.name, version: told.version, file, hash };
}

/** A tarball is copied first: what is looked at and what is installed is the same file. */
async function specOf(asked: Asked, scratch: string, { packedBytes }: InstallLimits): Promise<string> {
  if (asked.kind !== "tarball") return writeAsked(asked);
  const { size } = await stat(asked.path);
  if (size > packedBytes) throw tooLargeTarball(asked.path, size, packedBytes);
  const copy = join(scratch, "given.tgz");
  await copyFile(asked.path, copy);
  return copy;
}

/** Nothing but the file can be at fault where npm asks nobody. */
function explain(asked: Asked, error: unknown): never {
  if (asked.kind !== "tarball" || !isArgusError(error) || error.code !== "ARGUS_NPM_FAILED") throw error;
  throw tarballUnreadable(asked.path, error.message);
}

function readTold(printed: string): Told {
  try {
    const told = Object.values(Printed.parse(JSON.parse(printed)));
    if (told[0] !== undefined) return told[0];
  } catch {
    // Said below.
  }
  throw npmFailed("it did not tell what is in the package: update npm");
}

async function checkSize({ name, unpackedSize, entryCount }: Told, file: string, limits: InstallLimits): Promise<void> {
  const { size } = await stat(file);
  if (size > limits.packedBytes) throw tooLargeTarball(name, size, limits.packedBytes);
  if (unpackedSize > limits.unpackedBytes)
    throw tooLarge(name, `its tarball holds ${mib(unpackedSize)}, and ${mib(limits.unpackedBytes)} are allowed`);
  if (entryCount > limits.files)
    throw tooLarge(name, `its tarball holds ${entryCount} files, and ${limits.files} are allowed`);
}

function checkPaths({ name, files }: Told): void {
  const outside = files.find(({ path }) => OUTSIDE.test(path));
  if (outside !== undefined)
    throw refused(name, `its tarball holds the path ${cutText(outside.path)}, which leads out of it: do not trust it`);
}

function tooLargeTarball(name: string, size: number, most: number) {
  return tooLarge(name, `its tarball has ${mib(size)}, and ${mib(most)} are allowed`);
}

function mib(bytes: number): string {
  return `${Math.ceil(bytes / MIB)} MiB`;
}
