// What would be published: packed into a scratch folder, looked into, and installed and run from there.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "./environment.ts";
import { inTurn, type Outcome, runCommand } from "./run-command.ts";
import { listPublicPackages, type Manifest, readJson } from "./workspace.ts";

export type Packed = { name: string; version: string; filename: string; files: { path: string }[] };

// Signs of the workspace that nobody outside could resolve.
const WORKSPACE_ONLY = ['@argus/source"', "workspace:", "catalog:", "./src/"];
const MUST_HAVE = ["package.json", "README.md", "LICENSE"];
const STRAY = /\.test(?:-d)?\.|(?:^|\/)fixtures\//u;
const SERVER = "@argus/server";
const SOURCE = "argus-source-";

/** Packs every public package into `scratch`; the packages must have been built. */
export async function packAll(scratch: string): Promise<Outcome> {
  const filters = listPublicPackages().map(({ manifest }) => `--filter=${manifest.name}`);
  const packing = await runCommand("pnpm", ["-r", ...filters, "pack", "--pack-destination", scratch, "--json"]);
  if (!packing.ok) return packing;
  const start = packing.output.indexOf("[");
  writeFileSync(join(scratch, "packed.json"), packing.output.slice(start));
  return await inTurn(packedIn(scratch).map((packed) => () => lookInto(packed, scratch)));
}

/** What `packAll` made. */
export function packedIn(scratch: string): Packed[] {
  return readJson(join(scratch, "packed.json")) as Packed[];
}

async function lookInto({ name, filename, files }: Packed, scratch: string): Promise<Outcome> {
  const folder = manifestFolder(scratch, name);
  mkdirSync(folder, { recursive: true });
  const untar = await runCommand("tar", ["-xzf", filename, "-C", folder, "package/package.json"]);
  if (!untar.ok) return untar;
  const { exports, bin, dependencies, peerDependencies, optionalDependencies } = packedManifest(scratch, name);
  const text = JSON.stringify({ exports, bin, dependencies, peerDependencies, optionalDependencies });
  const paths = files.map(({ path }) => path);
  const faults = [
    ...WORKSPACE_ONLY.filter((sign) => text.includes(sign)).map((sign) => `the packed manifest still says ${sign}`),
    ...MUST_HAVE.filter((path) => !paths.includes(path)).map((path) => `${path} is missing`),
    ...paths.filter((path) => STRAY.test(path)).map((path) => `${path} does not belong into the package`),
  ];
  return { ok: faults.length === 0, output: faults.map((fault) => `${name}: ${fault}`).join("\n") };
}

function manifestFolder(scratch: string, name: string): string {
  return join(scratch, "manifests", name);
}

function packedManifest(scratch: string, name: string): Manifest {
  return readJson(join(manifestFolder(scratch, name), "package", "package.json")) as Manifest;
}

/** `publint --strict` on every tarball. */
export async function lintPacked(scratch: string): Promise<Outcome> {
  return await inTurn(
    packedIn(scratch).map(
      ({ filename }) =>
        () =>
          runCommand("publint", ["run", filename, "--strict"]),
    ),
  );
}

/**
 * attw on the tarballs: what a program that imports one gets as types. Argus is ESM only. Sources are all packed in one
 * way, so one of them is enough.
 */
export async function checkPackedTypes(scratch: string): Promise<Outcome> {
  const flags = ["--profile", "esm-only", "--format", "ascii", "--no-color", "--no-emoji"];
  const all = packedIn(scratch);
  const [source, ...alike] = all.filter(({ name }) => name.startsWith(SOURCE));
  return await inTurn(
    (source === undefined ? all : all.filter((packed) => !alike.includes(packed))).map(
      ({ filename }) =>
        () =>
          runCommand("attw", [filename, ...flags]),
    ),
  );
}

/** Installs all tarballs together in an empty folder, imports every entry and runs the command. */
export async function runPacked(scratch: string): Promise<Outcome> {
  const folder = join(scratch, "empty");
  mkdirSync(folder);
  const packed = packedIn(scratch);
  writeInstallation(folder, packed);
  writePrograms(
    folder,
    packed.map(({ name }) => packedManifest(scratch, name)),
  );
  const install = await runCommand("pnpm", ["install", "--prefer-offline", "--no-frozen-lockfile"], folder);
  if (!install.ok) return install;
  return await inTurn(
    ["import-all.mjs", "run-command.mjs"].map((program) => () => runCommand(process.execPath, [program], folder)),
  );
}

/** Makes a folder a project that depends on tarballs. */
export function writeInstallation(folder: string, packed: readonly Packed[]): void {
  const tarballs = Object.fromEntries(packed.map(({ name, filename }) => [name, `file:${filename}`]));
  const manifest = { name: "empty", private: true, type: "module", dependencies: { ...tarballs, zod: zodVersion() } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  // JSON is YAML. The tarballs name each other by version, which no registry has yet.
  const settings = { overrides: tarballs, allowBuilds: { sharp: false }, updateNotifier: false };
  writeFileSync(join(folder, "pnpm-workspace.yaml"), JSON.stringify(settings));
}

function writePrograms(folder: string, manifests: readonly Manifest[]): void {
  const entries = manifests.flatMap(({ name, exports = {} }) =>
    Object.keys(exports).map((path) => name + path.slice(1)),
  );
  const version = manifests.find(({ name }) => name === SERVER)?.version ?? "";
  writeFileSync(
    join(folder, "import-all.mjs"),
    IMPORT_ALL.replace("ENTRIES", () => JSON.stringify(entries)),
  );
  writeFileSync(
    join(folder, "run-command.mjs"),
    RUN_COMMAND.replace("VERSION", () => version),
  );
}

/** The version of zod the workspace is tested with; packages ask for a range of it as a peer. */
function zodVersion(): string {
  return (readJson(join(ROOT, "packages/core/node_modules/zod/package.json")) as Manifest).version;
}

const IMPORT_ALL = `for (const entry of ENTRIES) {
  const exported = Object.keys(await import(entry));
  if (exported.length === 0) throw new Error(entry + " exports nothing");
}
`;

const RUN_COMMAND = `import { execFileSync } from "node:child_process";
const printed = execFileSync("./node_modules/.bin/argus", ["--version"], {
  encoding: "utf8",
  stdio: ["ignore", "pipe", "inherit"],
  shell: process.platform === "win32",
});
if (!printed.includes("VERSION")) throw new Error("argus --version printed " + printed);
`;
