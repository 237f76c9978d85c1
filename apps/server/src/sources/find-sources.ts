import { join } from "node:path";

import { describeError, type Log } from "@argus/core";
import { discoverSources, hasInstalled, type InstalledSource } from "@argus/source-host";
import type { InstalledPackage } from "@argus/source-host/installed";

import { makeDataFolder } from "../data-folder.ts";

const FOLDER = "sources";
const CACHE = "sources-cache.json";

/** A source that the server has; `installed` says where it is from, and is null for one that came with Argus. */
export type FoundSource = InstalledSource & { installed: InstalledPackage | null };

export type Where = {
  /** The folder whose package.json names the sources that come with Argus. */
  appFolder: string;
  dataDir: string;
  signal: AbortSignal;
  log: Log;
};

/** The folder that `argus sources` installs into. */
export function sourcesFolder(dataDir: string): string {
  return join(dataDir, FOLDER);
}

/**
 * All sources: those that came with Argus, then those that were installed. One that cannot be used has its error; that
 * the installed ones cannot be read at all is a line in the log.
 */
export async function findSources(where: Where): Promise<FoundSource[]> {
  await makeDataFolder(where.dataDir);
  const installed = await readPackages(where);
  const found = await discoverSources(where.appFolder, {
    installedIn: installed.length === 0 ? [] : [sourcesFolder(where.dataDir)],
    cacheFile: join(where.dataDir, CACHE),
    signal: where.signal,
    log: where.log,
  });
  const own = found.length - installed.length;
  return found.map((each, index) => withRequirements(each, installed[index - own] ?? null));
}

async function readPackages({ dataDir, signal, log }: Where): Promise<InstalledPackage[]> {
  const folder = sourcesFolder(dataDir);
  if (!hasInstalled(folder)) return [];
  try {
    // Loaded here: most have installed none.
    const { readInstalled } = await import("@argus/source-host/installed");
    return await readInstalled(folder, signal);
  } catch (error) {
    signal.throwIfAborted();
    log.warn("the installed sources are left out", { reason: describeError(error) });
    return [];
  }
}

function withRequirements(found: InstalledSource, installed: InstalledPackage | null): FoundSource {
  if (installed === null || installed.problems.length === 0) return { ...found, installed };
  return { ...found, source: null, error: installed.problems.join("; "), installed };
}
