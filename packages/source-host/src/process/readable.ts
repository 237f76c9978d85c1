import { lstat, readdir, readFile, readlink, realpath } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

import { z } from "zod";

import { sourceBroken } from "../errors.ts";

const MAX_PACKAGES = 1000;
const MAX_FILES = 20_000;
const MODULES = "node_modules";
// What the host's half of a source's process imports; its own package.json names more.
const HOST_IMPORTS = ["@argus/core", "@argus/source-sdk", "zod"];
// What every source imports, whether its package.json says so or not.
const SOURCE_IMPORTS = ["@argus/source-sdk", "zod"];
// The SDK's client for the host's half of HTTP, with some fifty packages of its own: of no use without a network.
const NOT_FOR_SOURCES: ReadonlySet<string> = new Set(["got"]);
const PACKAGE_NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/iu;

const names = z.record(z.string(), z.unknown()).catch({});
const Imports = z.object({ dependencies: names, optionalDependencies: names, peerDependencies: names }).partial();

/** Where a package's dependency is, and what has to be read on the way there. */
type Dependency = { folder: string; paths: string[] };

/** Finds out what packages may read. Packages that several depend on are looked at once. */
export class ReadablePaths {
  readonly #dependencies = new Map<string, Promise<Dependency[]>>();
  #host: Promise<string[]> | null = null;

  /**
   * What a package in `folder` (a real path) may read: its own folder, and those of what it and the host's half of its
   * process depend on, all the way down, with the links that lead there. A slash at the end stands for all below.
   * @throws ArgusError ARGUS_SOURCE_BROKEN for a package that leads outside through a symbolic link.
   */
  async of(folder: string): Promise<string[]> {
    this.#host ??= hostPackage().then((root) => {
      this.#dependencies.set(root, findDependencies(root, HOST_IMPORTS));
      return this.#withDependencies(root);
    });
    const imports = new Set([...(await importsOf(folder)), ...SOURCE_IMPORTS]);
    this.#dependencies.set(folder, findDependencies(folder, [...imports]));
    const paths = [...new Set([...(await this.#host), ...(await this.#withDependencies(folder))])];
    await refuseLinks(folder, paths);
    return paths;
  }

  async #withDependencies(root: string): Promise<string[]> {
    const folders = new Set([root]);
    const paths = new Set<string>();
    for (const folder of folders) {
      if (folders.size > MAX_PACKAGES) throw sourceBroken(`it depends on more than ${MAX_PACKAGES} packages`);
      paths.add(folder + sep);
      for (const dependency of await this.#dependenciesOf(folder)) {
        for (const path of dependency.paths) paths.add(path);
        folders.add(dependency.folder);
      }
    }
    return [...paths];
  }

  #dependenciesOf(folder: string): Promise<Dependency[]> {
    const known = this.#dependencies.get(folder) ?? importsOf(folder).then((found) => findDependencies(folder, found));
    this.#dependencies.set(folder, known);
    return known;
  }
}

/** This package's own folder. */
async function hostPackage(): Promise<string> {
  let folder = dirname(fileURLToPath(import.meta.url));
  while ((await readJson(join(folder, "package.json"))) === null && dirname(folder) !== folder)
    folder = dirname(folder);
  return await realpath(folder);
}

async function findDependencies(folder: string, imports: readonly string[]): Promise<Dependency[]> {
  const found = await Promise.all(imports.map((name) => findDependency(folder, name)));
  return found.filter((dependency) => dependency !== null);
}

async function importsOf(folder: string): Promise<string[]> {
  const manifest = Imports.safeParse(await readJson(join(folder, "package.json")));
  // A name with dots and slashes would be a way to any folder.
  return Object.keys({
    ...manifest.data?.dependencies,
    ...manifest.data?.optionalDependencies,
    ...manifest.data?.peerDependencies,
  }).filter((name) => PACKAGE_NAME.test(name) && !NOT_FOR_SOURCES.has(name));
}

/** Where Node would find it: in the nearest folder of modules at or above. */
async function findDependency(folder: string, name: string): Promise<Dependency | null> {
  for (let at = folder; ; at = dirname(at)) {
    const place = join(at, MODULES, name);
    // Node looks at a package where it is linked, and then follows one link after the other.
    if ((await readJson(join(place, "package.json"))) !== null)
      return { folder: await realpath(place), paths: [place + sep, ...(await linksOn(place))] };
    if (dirname(at) === at) return null;
  }
}

/** The links that are followed on the way to a path's real one. */
async function linksOn(path: string): Promise<string[]> {
  const parts = path.split(sep);
  for (let count = 1; count <= parts.length; count += 1) {
    const at = parts.slice(0, count).join(sep);
    if (at === "" || !(await lstat(at)).isSymbolicLink()) continue;
    const target = resolve(dirname(at), await readlink(at));
    return [at, ...(await linksOn(join(target, ...parts.slice(count))))];
  }
  return [];
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return null;
  }
}

/** Node follows a link wherever it leads, and asks only whether the link itself may be read. */
async function refuseLinks(own: string, paths: readonly string[]): Promise<void> {
  let files = 0;
  const waiting = [own];
  for (const folder of waiting) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      files += 1;
      if (files > MAX_FILES) throw sourceBroken(`its package has more than ${MAX_FILES} files`);
      const path = join(folder, entry.name);
      // What lies below node_modules its package manager has put there.
      if (entry.name === MODULES) continue;
      if (entry.isDirectory()) waiting.push(path);
      if (entry.isSymbolicLink() && !(await leadsInto(path, paths)))
        throw sourceBroken(`its file ${entry.name} is a link that leads out of the package: remove the link`);
    }
  }
}

async function leadsInto(link: string, paths: readonly string[]): Promise<boolean> {
  const target = await realpath(link).catch(() => "");
  return paths.some((path) => path.endsWith(sep) && target.startsWith(path));
}
