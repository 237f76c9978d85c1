// Checks the table of docs/architecture.md: which package may depend on, and import, which other.
import { globSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";

import { type Boundary, boundaryOf, SOURCES_MAY_BE_NAMED_BY } from "./boundaries-table.ts";
import { ROOT } from "./environment.ts";
import { packageOf, readImports, readsEnvironment } from "./imports.ts";
import { type DependencyKind, listPackages, type Manifest, type WorkspacePackage } from "./workspace.ts";

/** Where a rule is broken, by what, and which rule it is. */
export type Violation = { file: string; subject: string; rule: string };

type Workspace = ReadonlyMap<string, string>;

const SHIPPED: readonly DependencyKind[] = ["dependencies", "optionalDependencies", "peerDependencies"];
const TEST_FILE = /\.test(?:-d)?\.tsx?$/u;
const TESTING_FOLDER = /(?:^|\/)testing\//u;
const TEST_SUPPORT_FOLDER = /(?:^|\/)test-support\//u;
const BUILTINS = new Set(builtinModules);

/** Every broken boundary of the workspace below `root`. */
export function findViolations(root: string = ROOT): Violation[] {
  const packages = listPackages(root);
  const workspace = new Map(packages.map(({ manifest, folder }) => [manifest.name, folder]));
  return packages.flatMap((each) => {
    const boundary = boundaryOf(each.folder);
    if (boundary !== null) return violationsOf(each, boundary, workspace, root);
    return [
      {
        file: `${each.folder}/package.json`,
        subject: each.manifest.name,
        rule: "has no row in .ci/boundaries-table.ts",
      },
    ];
  });
}

function violationsOf(each: WorkspacePackage, boundary: Boundary, workspace: Workspace, root: string): Violation[] {
  const files = globSync("src/**/*.{ts,tsx}", { cwd: each.directory }).map((file) => join(each.directory, file));
  return [
    ...dependencyViolations(each, boundary, workspace),
    ...files
      .filter((file) => !isForTests(file, each))
      .flatMap((file) => fileViolations(file, each, boundary, workspace, root)),
  ];
}

/** Tests, what is in `src/test-support`, and what is in `src/testing` unless the package offers it to others. */
function isForTests(file: string, { directory, manifest }: WorkspacePackage): boolean {
  const name = relative(directory, file).split(sep).join("/");
  if (TEST_SUPPORT_FOLDER.test(name)) return true;
  return TEST_FILE.test(name) || (TESTING_FOLDER.test(name) && !offersTesting(manifest));
}

function offersTesting({ exports = {} }: Manifest): boolean {
  return "./testing" in exports;
}

function dependencyViolations(each: WorkspacePackage, boundary: Boundary, workspace: Workspace): Violation[] {
  const file = `${each.folder}/package.json`;
  const report = (kind: DependencyKind, allowed: Boundary) =>
    Object.keys(each.manifest[kind] ?? {}).flatMap((name) => {
      const rule = ruleAgainst(name, each.folder, allowed, workspace);
      return rule === null ? [] : [{ file, subject: `${kind}: ${name}`, rule }];
    });
  // What only tests and builds use may be any library, but no package of the workspace that the table keeps apart.
  const forTests = { ...boundary, libraries: "any" as const, argus: widen(boundary.argus, boundary.tests ?? []) };
  return [...SHIPPED.flatMap((kind) => report(kind, boundary)), ...report("devDependencies", forTests)];
}

function widen(argus: Boundary["argus"], more: readonly string[]): Boundary["argus"] {
  return argus === "any" ? argus : [...argus, ...more];
}

function fileViolations(
  path: string,
  each: WorkspacePackage,
  boundary: Boundary,
  workspace: Workspace,
  root: string,
): Violation[] {
  const text = readFileSync(path, "utf8");
  const name = relative(root, path).split(sep).join("/");
  const imports = readImports(text).flatMap(({ specifier, line }) => {
    const rule = ruleAgainstImport(specifier, path, each, boundary, workspace);
    return rule === null ? [] : [{ file: `${name}:${line}`, subject: `imports ${specifier}`, rule }];
  });
  if (each.folder.startsWith("apps/") || each.folder === "tests") return imports;
  const rule = "no package reads the environment; an app does, and passes plain options";
  return [
    ...imports,
    ...readsEnvironment(text).map((line) => ({ file: `${name}:${line}`, subject: "process.env", rule })),
  ];
}

function ruleAgainstImport(
  specifier: string,
  path: string,
  each: WorkspacePackage,
  boundary: Boundary,
  workspace: Workspace,
): string | null {
  if (specifier.startsWith(".")) {
    const target = resolve(dirname(path), specifier);
    if (!target.startsWith(each.directory + sep)) return `a relative import stays inside ${each.folder}`;
    return isForTests(target, each) ? "only tests import what is made for tests" : null;
  }
  if (specifier.startsWith("node:") || BUILTINS.has(specifier)) {
    return boundary.node ? null : `${each.folder} runs in a browser: no Node modules`;
  }
  return packageOf(specifier) === each.manifest.name
    ? null
    : ruleAgainst(packageOf(specifier), each.folder, boundary, workspace);
}

function ruleAgainst(
  name: string,
  folder: string,
  { argus, libraries }: Boundary,
  workspace: Workspace,
): string | null {
  const target = workspace.get(name);
  if (target === undefined) {
    // A library's types are part of it.
    if (libraries === "any" || libraries.includes(name.replace(/^@types\//u, ""))) return null;
    return `${folder} may use the libraries ${list(libraries)}`;
  }
  if (target.startsWith("sources/")) {
    return SOURCES_MAY_BE_NAMED_BY.includes(folder) ? null : "nothing imports a source";
  }
  if (argus === "any" || argus.includes(name)) return null;
  return target.startsWith("apps/") ? "nothing imports an app" : `${folder} may import ${list(argus)} of the workspace`;
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "nothing" : names.join(", ");
}

if (import.meta.main) {
  const violations = findViolations();
  for (const { file, subject, rule } of violations) console.error(`${file}: ${subject}: ${rule}`);
  console.log(`${violations.length} broken boundaries in ${listPackages().length} packages`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
