import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import type { Source } from "@argus/source-sdk";
import { z } from "zod";

import { describeFault } from "./bounded-text.ts";
import { checkSource } from "./check-source.ts";
import { appUnreadable, sourceBroken } from "./errors.ts";
import { type InstalledSource, isSourcePackage } from "./installed-source.ts";
import { checkPackage, entryOf, findPackage, type SourcePackage } from "./source-package.ts";

const DEFAULT_IMPORT_MS = 15_000;
const UNKNOWN_VERSION = "unknown";

const AppPackage = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });

/**
 * Finds the sources an app depends on: packages named `argus-source-*` or `@scope/argus-source-*` among the
 * `dependencies` of the package.json in `appDirectory`, in that order. One that cannot be used is listed with its
 * error; the others are not affected. `importMs`: the most time a package is given to load.
 * @throws ArgusError ARGUS_SOURCE_APP_UNREADABLE when the app's package.json cannot be read.
 */
export async function discoverSources(
  appDirectory: string,
  options: { importMs?: number } = {},
): Promise<InstalledSource[]> {
  const appPackageFile = join(resolve(appDirectory), "package.json");
  const names = Object.keys(await readDependencies(appPackageFile)).filter(isSourcePackage);
  const importMs = options.importMs ?? DEFAULT_IMPORT_MS;
  return refuseTakenIds(await Promise.all(names.map((name) => load(appPackageFile, name, importMs))));
}

async function readDependencies(appPackageFile: string): Promise<Record<string, string>> {
  try {
    return AppPackage.parse(JSON.parse(await readFile(appPackageFile, "utf8"))).dependencies;
  } catch (error) {
    throw appUnreadable(appPackageFile, error);
  }
}

async function load(appPackageFile: string, name: string, importMs: number): Promise<InstalledSource> {
  let version = UNKNOWN_VERSION;
  try {
    const found = await findPackage(appPackageFile, name);
    version = found.manifest.version;
    return { package: name, version, source: await importSource(appPackageFile, found, importMs), error: null };
  } catch (error) {
    return { package: name, version, source: null, error: describeFault(error) };
  }
}

async function importSource(appPackageFile: string, found: SourcePackage, importMs: number): Promise<Source> {
  checkPackage(found);
  const loaded = await within(importMs, import(entryOf(appPackageFile, found)) as Promise<{ default?: unknown }>);
  return checkSource(loaded.default);
}

/** A module may wait at its top level for something that never comes. */
async function within<Value>(ms: number, promise: Promise<Value>): Promise<Value> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(sourceBroken(`it did not load within ${ms / 1000} s`)), ms);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function refuseTakenIds(installed: InstalledSource[]): InstalledSource[] {
  const owners = new Map<string, string>();
  return installed.map((each) => {
    if (each.source === null) return each;
    const owner = owners.get(each.source.id);
    owners.set(each.source.id, owner ?? each.package);
    if (owner === undefined) return each;
    return {
      ...each,
      source: null,
      error: `its source id "${each.source.id}" is taken by ${owner}: remove one of the two`,
    };
  });
}
