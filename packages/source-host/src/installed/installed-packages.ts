import { isSourcePackage } from "../installed-source.ts";
import { findHostPackages } from "./host-packages.ts";
import { linkHostPackages, packageFolder } from "./links.ts";
import { DEFAULT_INSTALL_LIMITS } from "./limits.ts";
import { whileLocked } from "./lock.ts";
import { readProject, type SourceOrigin } from "./project.ts";
import { type CheckedPackage, checkRequirements } from "./requirements.ts";
import { cleanUp, isHalfSwapped } from "./stage.ts";

/** A source that somebody has installed. */
export type InstalledPackage = CheckedPackage & SourceOrigin & { name: string };

/**
 * The sources that were installed in `folder`, made ready to be loaded by this host: a command that was killed at its
 * end is undone, and the host's own packages are linked, which have moved if Argus was updated.
 * @throws ArgusError ARGUS_SOURCES_UNREADABLE, ARGUS_SOURCES_BUSY.
 */
export async function readInstalled(folder: string, signal: AbortSignal): Promise<InstalledPackage[]> {
  if (isHalfSwapped(folder))
    await whileLocked(folder, { waitMs: DEFAULT_INSTALL_LIMITS.waitMs, signal }, () => cleanUp(folder));
  const { dependencies, argus } = await readProject(folder);
  const names = Object.keys(dependencies).filter(isSourcePackage);
  if (names.length === 0) return [];
  const host = await findHostPackages();
  await linkHostPackages(folder, names, host);
  return await Promise.all(
    names.map(async (name) => ({
      name,
      ...(argus.sources[name] ?? { from: "package" as const, asked: dependencies[name] ?? "", id: name }),
      ...(await checkRequirements(packageFolder(folder, name), name, host)),
    })),
  );
}
