import { readFile, realpath } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { type Log, silentLog } from "@argus/core";
import type { ServedOrigin } from "@argus/source-sdk";
import { z } from "zod";

import { describeFault } from "./bounded-text.ts";
import { checkSource } from "./check-source.ts";
import { appUnreadable } from "./errors.ts";
import { type InstalledSource, isSourcePackage } from "./installed-source.ts";
import { DEFAULT_BOUNDS, type ProcessBounds } from "./process/bounds.ts";
import type { Description } from "./process/description.ts";
import { DescriptionCache } from "./process/description-cache.ts";
import { mapFew } from "./process/few-at-once.ts";
import { Fingerprints } from "./process/fingerprint.ts";
import type { Launch } from "./process/launch.ts";
import { codeInProcess, type Described, describeInProcess } from "./process/process-code.ts";
import { ReadablePaths } from "./process/readable.ts";
import { checkPackage, entryOf, findPackage } from "./source-package.ts";

const UNKNOWN_VERSION = "unknown";
// Each takes a core for a moment.
const DESCRIBED_AT_ONCE = 2;

const AppPackage = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });

export type DiscoveryOptions = {
  /** Folders with a package.json of their own, whose sources somebody has installed. One that is not there is empty. */
  installedIn?: readonly string[];
  /** Where descriptions are kept from one start to the next. Default: nowhere, and every package is asked anew. */
  cacheFile?: string;
  bounds?: Partial<ProcessBounds>;
  signal?: AbortSignal;
  log?: Log;
};

/**
 * Finds sources: packages named `argus-source-*` or `@scope/argus-source-*` among the `dependencies` of the package.json
 * in `appDirectory`, in that order, and then of those in `installedIn`. They are loaded in another process, which tells
 * about them: the app's own together, the others each alone. One that cannot be used is listed with its error; the others are not affected.
 * @throws ArgusError ARGUS_SOURCE_APP_UNREADABLE when the app's package.json cannot be read.
 */
export async function discoverSources(
  appDirectory: string,
  options: DiscoveryOptions = {},
): Promise<InstalledSource[]> {
  const { log = silentLog, cacheFile = null } = options;
  const cache = new DescriptionCache(cacheFile, log);
  await cache.read();
  const loader = new Loader({
    cache,
    bounds: { ...DEFAULT_BOUNDS, ...options.bounds },
    signal: options.signal ?? new AbortController().signal,
  });
  const found = [
    ...(await packagesOf(appDirectory, true)),
    ...(await Promise.all((options.installedIn ?? []).map((folder) => packagesOf(folder, false)))).flat(),
  ];
  const installed = await loader.load(found);
  await cache.write();
  return refuseTakenIds(installed);
}

/** `isOwn`: the app depends on it itself, and so trusts it. */
type Found = { name: string; packageFile: string; isOwn: boolean };

async function packagesOf(directory: string, isOwn: boolean): Promise<Found[]> {
  const packageFile = join(resolve(directory), "package.json");
  const names = Object.keys(await readDependencies(packageFile, isOwn)).filter(isSourcePackage);
  return names.map((name) => ({ name, packageFile, isOwn }));
}

async function readDependencies(packageFile: string, isNeeded: boolean): Promise<Record<string, string>> {
  try {
    return AppPackage.parse(JSON.parse(await readFile(packageFile, "utf8"))).dependencies;
  } catch (error) {
    if (!isNeeded && error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw appUnreadable(packageFile, error);
  }
}

class Loader {
  readonly #cache: DescriptionCache;
  readonly #bounds: ProcessBounds;
  readonly #signal: AbortSignal;
  readonly #readable = new ReadablePaths();
  readonly #fingerprints = new Fingerprints();

  constructor(options: { cache: DescriptionCache; bounds: ProcessBounds; signal: AbortSignal }) {
    this.#cache = options.cache;
    this.#bounds = options.bounds;
    this.#signal = options.signal;
  }

  async load(found: readonly Found[]): Promise<InstalledSource[]> {
    const looked = await Promise.all(found.map((each) => this.#look(each)));
    await this.#describeTogether(looked.filter((each) => each.isOwn && isUnknown(each)));
    await mapFew(looked.filter(isUnknown), DESCRIBED_AT_ONCE, (each) => this.#describe([each]));
    return await Promise.all(looked.map((each) => toInstalled(each)));
  }

  /** Looks at a package from outside; nothing of it is run. */
  async #look({ name, packageFile, isOwn }: Found): Promise<Looked> {
    const looked: Looked = {
      name,
      isOwn,
      version: UNKNOWN_VERSION,
      region: null,
      place: null,
      description: null,
      error: null,
    };
    try {
      const found = await findPackage(packageFile, name);
      looked.version = found.manifest.version;
      looked.region = found.manifest.argus?.region ?? null;
      checkPackage(found);
      const folder = await realpath(found.folder);
      const entry = await realpath(fileURLToPath(entryOf(packageFile, found)));
      const launch = { folder, entry: pathToFileURL(entry).href, readable: await this.#readable.of(folder) };
      looked.place = { launch, fingerprint: await this.#fingerprints.of(folder, launch.readable) };
      looked.description = this.#cache.get(launch.entry, looked.place.fingerprint);
    } catch (error) {
      looked.error = describeFault(error);
    }
    return looked;
  }

  /** What the app depends on itself may share a process for this; when that comes to nothing, nobody knows whose fault it is. */
  async #describeTogether(looked: readonly Looked[]): Promise<void> {
    if (looked.length < 2) return;
    try {
      await this.#describe(looked);
    } catch {
      this.#signal.throwIfAborted();
      for (const each of looked) each.error = null;
    }
  }

  async #describe(looked: readonly Looked[]): Promise<void> {
    const places = looked.flatMap(({ place }) => place ?? []);
    const isAlone = places.length === 1;
    try {
      const launches = places.map(({ launch }) => launch);
      const described = await describeInProcess(launches, this.#bounds, this.#signal);
      for (const [index, each] of looked.entries()) this.#note(each, described[index]);
    } catch (error) {
      this.#signal.throwIfAborted();
      if (!isAlone) throw error;
      for (const each of looked) each.error = describeFault(error);
    }
  }

  #note(looked: Looked, described: Described | undefined): void {
    if (described === undefined || looked.place === null) return;
    looked.description = described.description;
    looked.error = described.error;
    const { launch, fingerprint } = looked.place;
    if (described.description !== null) this.#cache.set(launch.entry, fingerprint, described.description);
  }
}

/** What is known of a package so far. */
type Looked = {
  name: string;
  isOwn: boolean;
  version: string;
  region: string | null;
  /** Null when it cannot be run. */
  place: { launch: Launch; fingerprint: string } | null;
  description: Description | null;
  error: string | null;
};

function isUnknown({ place, description, error }: Looked): boolean {
  return place !== null && description === null && error === null;
}

async function toInstalled({ name, isOwn, place, description, error, ...said }: Looked): Promise<InstalledSource> {
  const base = { package: name, version: said.version, region: said.region };
  if (place === null || description === null) return { ...base, source: null, error: error ?? "it did not load" };
  try {
    const origin = isOwn && description.has_origin ? await importOrigin(place.launch.entry) : null;
    return { ...base, source: codeInProcess(place.launch, description, origin), error: null };
  } catch (fault) {
    return { ...base, source: null, error: describeFault(fault) };
  }
}

/** An origin answers viewers, so it lives in this process; only a package of the app itself may bring one. */
async function importOrigin(entry: string): Promise<((options: unknown) => ServedOrigin) | null> {
  const loaded = (await import(entry)) as { default?: unknown };
  const { openOrigin, options: schema } = checkSource(loaded.default);
  return openOrigin === undefined ? null : (options) => openOrigin(schema.parse(options ?? {}));
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
