import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { type Asked, readAsked, writeAsked } from "./asked.ts";
import { notInstalled, refused } from "./errors.ts";
import { findHostPackages } from "./host-packages.ts";
import { DEFAULT_INSTALL_LIMITS, type InstallLimits } from "./limits.ts";
import { linkHostPackages, linkPaths, packageFolder } from "./links.ts";
import { loadAlone } from "./load-alone.ts";
import { whileLocked } from "./lock.ts";
import type { Environment } from "./npm.ts";
import { ownerOf } from "./owner.ts";
import { pack, type Packed } from "./pack.ts";
import { type Project, readProject, withoutSource, withSource, writeProject } from "./project.ts";
import { checkRequirements } from "./requirements.ts";
import { type NpmRun, runNpm } from "./run-npm.ts";
import { holdSameFiles } from "./same-files.ts";
import { cleanUp, openStage, type Stage } from "./stage.ts";

export type InstallerOptions = {
  /** Where sources are installed: a folder of their own, with package.json and lockfile. Made when it is needed. */
  folder: string;
  /** Packages that come with the app, and so are not installed; their sources' ids are those in their names. */
  ownPackages: readonly string[];
  /** npm's settings and the user's proxy are looked up here. */
  env: Environment;
  /** The path of the running Node, whose npm is used. */
  node: string;
  signal: AbortSignal;
  limits?: Partial<InstallLimits>;
  /** Told what it is doing. */
  onStep?: (step: string) => void;
};

/** What came of installing or updating one package. */
export type Change = {
  name: string;
  /** The version that was there before; null for a new one. */
  from: string | null;
  to: string;
  /** Its source's id. */
  id: string;
  isChanged: boolean;
};

const LOCAL = "packages";

/**
 * Installs sources of third parties with npm, and removes them. Every change is made in a copy of the folder, checked
 * there, and put in place at once: until then, and when anything fails or the process is killed, all is as it was.
 */
export class SourceInstaller {
  readonly #options: InstallerOptions;
  readonly #limits: InstallLimits;

  constructor(options: InstallerOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_INSTALL_LIMITS, ...options.limits };
  }

  /**
   * Installs `<package[@version]|tarball|folder>`, or another version of it; relative paths are from `cwd`.
   * @throws ArgusError ARGUS_SOURCE_REFUSED, ARGUS_SOURCE_TOO_LARGE, ARGUS_SOURCES_BUSY, ARGUS_SOURCES_UNREADABLE,
   *   ARGUS_NPM_MISSING, ARGUS_NPM_FAILED; the signal's reason.
   */
  async install(text: string, cwd: string): Promise<Change> {
    const asked = await readAsked(text, cwd);
    if (asked.kind === "package") this.#refuseOwn(asked.name);
    return await this.#change((stage, signal) => this.#put(asked, stage, signal));
  }

  /** The newest within what was asked for when it was installed; of a folder, what is in it now. Throws as `install`. */
  async update(name: string): Promise<Change> {
    const { argus, dependencies } = await readProject(this.#options.folder);
    const origin = argus.sources[name];
    if (origin === undefined) throw notInstalled(name, Object.keys(dependencies), this.#options.ownPackages);
    const asked: Asked =
      origin.from === "package"
        ? { kind: "package", name, range: origin.asked }
        : await readAsked(origin.asked, this.#options.folder);
    return await this.#change((stage, signal) => this.#put(asked, stage, signal));
  }

  /** Removes a package with all that only it depended on; gives its version. Throws as `install`. */
  async remove(name: string): Promise<string> {
    return await this.#change(async (stage, signal) => {
      const project = await readProject(stage.folder);
      if (!(name in project.dependencies))
        throw notInstalled(name, Object.keys(project.dependencies), this.#options.ownPackages);
      const { version } = await checkRequirements(packageFolder(stage.folder, name), name, []);
      const others = withoutSource(project, name);
      await this.#resolve(stage, others, signal);
      await linkHostPackages(stage.folder, Object.keys(others.dependencies), await findHostPackages());
      return { result: version, isChanged: true };
    });
  }

  async #change<Result>(
    task: (stage: Stage, signal: AbortSignal) => Promise<{ result: Result; isChanged: boolean }>,
  ): Promise<Result> {
    const { folder, signal } = this.#options;
    return await whileLocked(folder, { waitMs: this.#limits.waitMs, signal }, async (held) => {
      await cleanUp(folder);
      const links = new Set(linkPaths(folder, await this.#names(folder), await findHostPackages()));
      await using stage = await openStage(folder, (path) => !links.has(path));
      const { result, isChanged } = await task(stage, held);
      held.throwIfAborted();
      if (isChanged) await stage.commit();
      return result;
    });
  }

  async #names(folder: string): Promise<string[]> {
    return Object.keys((await readProject(folder)).dependencies);
  }

  async #put(asked: Asked, stage: Stage, signal: AbortSignal): Promise<{ result: Change; isChanged: boolean }> {
    const project = await readProject(stage.folder);
    this.#options.onStep?.(asked.kind === "package" ? `fetching ${writeAsked(asked)}` : `packing ${asked.path}`);
    const packed = await pack(asked, stage.scratch, this.#limits, this.#npm(stage, signal));
    const { name, version } = packed;
    this.#refuseOwn(name);
    const pin = await this.#pin(asked, packed, stage);
    const before = await checkRequirements(packageFolder(stage.folder, name), name, []);
    const from = name in project.dependencies ? before.version : null;
    const origin = { from: asked.kind, asked: asked.kind === "package" ? asked.range : asked.path };
    // Its id is not known yet.
    const next = withSource(project, name, pin, { ...origin, id: "" });
    // npm leaves alone what has the right version, damaged files too.
    await rm(packageFolder(stage.folder, name), { recursive: true, force: true });
    await this.#resolve(stage, next, signal);
    const id = await this.#check(name, next, stage, signal);
    await writeProject(stage.folder, withSource(project, name, pin, { ...origin, id }));
    const inUse = packageFolder(this.#options.folder, name);
    const isOther =
      project.dependencies[name] !== pin || !(await holdSameFiles(inUse, packageFolder(stage.folder, name)));
    const isAskedOtherwise = project.argus.sources[name]?.asked !== origin.asked;
    return { result: { name, from, to: version, id, isChanged: isOther }, isChanged: isOther || isAskedOtherwise };
  }

  /** What package.json names: a version, or the tarball, which is kept so that the folder needs nothing outside. */
  async #pin(asked: Asked, { name, version, hash, file }: Packed, stage: Stage): Promise<string> {
    if (asked.kind === "package") return version;
    const tarball = `${name.replace("@", "").replace("/", "-")}-${version}-${hash}.tgz`;
    await mkdir(join(stage.folder, LOCAL), { recursive: true });
    await copyFile(file, join(stage.folder, LOCAL, tarball));
    return `file:${LOCAL}/${tarball}`;
  }

  /** Lets npm make the folder what package.json says. */
  async #resolve(stage: Stage, project: Project, signal: AbortSignal): Promise<void> {
    this.#options.onStep?.("resolving dependencies");
    await writeProject(stage.folder, project);
    await runNpm(["install"], this.#npm(stage, signal));
    // npm may have put it into another order.
    await writeProject(stage.folder, project);
    await dropUnused(stage.folder, project);
  }

  /** What it says about itself first; only then is it loaded, in a process of its own. Gives its source's id. */
  async #check(name: string, project: Project, stage: Stage, signal: AbortSignal): Promise<string> {
    const host = await findHostPackages();
    const { problems } = await checkRequirements(packageFolder(stage.folder, name), name, host);
    if (problems.length > 0) throw refused(name, problems.join("; "));
    await linkHostPackages(stage.folder, Object.keys(project.dependencies), host);
    this.#options.onStep?.(`loading ${name}`);
    const { source, error } = await loadAlone(name, stage.scratch, signal);
    if (source === null) throw refused(name, error ?? "it was not found after it was installed");
    const owner = ownerOf(source.id, name, project, this.#options.ownPackages);
    if (owner !== null) throw refused(name, `its source's id "${source.id}" is taken by ${owner}`);
    return source.id;
  }

  #npm(stage: Stage, signal: AbortSignal): NpmRun {
    const cache = join(stage.scratch, "cache");
    const { env, node } = this.#options;
    return { folder: stage.folder, cache, env, node, limits: this.#limits, signal };
  }

  #refuseOwn(name: string): void {
    if (this.#options.ownPackages.includes(name))
      throw refused(name, "it comes with Argus, in the version that fits it");
  }
}

async function dropUnused(folder: string, { dependencies }: Project): Promise<void> {
  const used = new Set(Object.values(dependencies));
  for (const tarball of await readdir(join(folder, LOCAL)).catch(() => []))
    if (!used.has(`file:${LOCAL}/${tarball}`)) await rm(join(folder, LOCAL, tarball));
}
