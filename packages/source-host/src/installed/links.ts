import { randomBytes } from "node:crypto";
import { mkdir, readlink, rename, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";

import type { HostPackage } from "./host-packages.ts";

const MODULES = "node_modules";
const RANDOM_BYTES = 4;

/** The folder of an installed package. */
export function packageFolder(folder: string, name: string): string {
  return join(folder, MODULES, name);
}

/** The paths, below the folder, of the links to the host's packages. */
export function linkPaths(folder: string, names: readonly string[], host: readonly HostPackage[]): string[] {
  return names.flatMap((name) => host.map((shared) => join(packageFolder(folder, name), MODULES, shared.name)));
}

/**
 * Sees to it that these packages find the host's own SDK and zod, and no others: nearest to them of all, so whatever
 * their dependencies bring. A host that has moved is found again. Replaces a link in one step, for a running server may
 * be looking.
 */
export async function linkHostPackages(
  folder: string,
  names: readonly string[],
  host: readonly HostPackage[],
): Promise<void> {
  for (const name of names)
    for (const shared of host) await link(shared.folder, join(packageFolder(folder, name), MODULES, shared.name));
}

async function link(target: string, path: string): Promise<void> {
  if ((await readlink(path).catch(() => null)) === target) return;
  const draft = `${path}.${randomBytes(RANDOM_BYTES).toString("hex")}`;
  await mkdir(dirname(path), { recursive: true });
  await symlink(target, draft, "junction");
  try {
    await rename(draft, path);
  } catch {
    // Windows does not rename over a link.
    await rm(path, { recursive: true, force: true });
    await rename(draft, path);
  }
}
