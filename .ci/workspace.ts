import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

import { ROOT } from "./environment.ts";

/** The parts of a package.json that the checks read. */
export type Manifest = {
  name: string;
  version: string;
  private?: boolean;
  exports?: Record<string, unknown>;
  bin?: Record<string, string>;
} & Partial<Record<DependencyKind, Record<string, string>>>;

export type DependencyKind = "dependencies" | "optionalDependencies" | "peerDependencies" | "devDependencies";

/** A package of the workspace; `folder` is relative to the root, with forward slashes. */
export type WorkspacePackage = { folder: string; directory: string; manifest: Manifest };

const GROUPS = ["packages", "sources", "apps"];

/** Every package of the workspace, the tests' included, in a stable order. */
export function listPackages(root: string = ROOT): WorkspacePackage[] {
  const directories = GROUPS.flatMap((group) =>
    readdirSync(join(root, group))
      .toSorted()
      .map((name) => join(root, group, name)),
  );
  return [...directories, join(root, "tests")]
    .filter((directory) => existsSync(join(directory, "package.json")))
    .map((directory) => ({
      folder: relative(root, directory).replaceAll("\\", "/"),
      directory,
      manifest: readJson(join(directory, "package.json")) as Manifest,
    }));
}

/** Those that are published. */
export function listPublicPackages(): WorkspacePackage[] {
  return listPackages().filter(({ manifest }) => manifest.private !== true);
}

export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
