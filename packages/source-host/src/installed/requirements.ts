import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";

import { describeIssues, isSupportedApiVersion, SOURCE_API_VERSION } from "@argus/core";
import semver from "semver";
import { z } from "zod";

import { type HostPackage, SDK } from "./host-packages.ts";

const KEYWORD = "argus-source";
const MODULES = "node_modules";

const ranges = z.record(z.string(), z.string()).default({});
const Manifest = z.object({
  name: z.string(),
  version: z.string().refine((version) => semver.valid(version) !== null, "is no version like 1.2.3"),
  keywords: z.array(z.string()).default([]),
  argus: z.object({ apiVersion: z.unknown().optional() }).optional(),
  dependencies: ranges,
  optionalDependencies: ranges,
  peerDependencies: ranges,
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().default(false) })).default({}),
});
type Manifest = z.infer<typeof Manifest>;

/** A source's package on the disk, as far as it says itself whether this host can run it. */
export type CheckedPackage = {
  version: string;
  apiVersion: number | null;
  /** The SDK it asks for, as a range of versions. */
  sdkRange: string | null;
  /** What keeps it from being used, each with what to do about it. */
  problems: string[];
};

/** Reads package.json of the package in `folder`, which goes by `name`, and runs none of its code. Never throws. */
export async function checkRequirements(
  folder: string,
  name: string,
  host: readonly HostPackage[],
): Promise<CheckedPackage> {
  const manifest = await readManifest(folder);
  if (typeof manifest === "string")
    return { version: "unknown", apiVersion: null, sdkRange: null, problems: [manifest] };
  const apiVersion = manifest.argus?.apiVersion;
  return {
    version: manifest.version,
    apiVersion: typeof apiVersion === "number" ? apiVersion : null,
    sdkRange: manifest.peerDependencies[SDK] ?? null,
    problems: [
      ...identityProblems(manifest, name),
      ...apiProblems(apiVersion),
      ...peerProblems(manifest, host),
      ...copyProblems(manifest, host),
      ...(await bundleProblems(folder, host)),
    ],
  };
}

async function readManifest(folder: string): Promise<Manifest | string> {
  try {
    const parsed = Manifest.safeParse(JSON.parse(await readFile(join(folder, "package.json"), "utf8")));
    return parsed.success ? parsed.data : `its package.json is not valid: ${describeIssues(parsed.error)}`;
  } catch (error) {
    return `its package.json cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function identityProblems(manifest: Manifest, name: string): string[] {
  return [
    ...(manifest.name === name ? [] : [`its package.json says that it is ${manifest.name}: tell its author`]),
    ...(manifest.keywords.includes(KEYWORD)
      ? []
      : [`its package.json lacks the keyword "${KEYWORD}", so it is no source; its author can add it`]),
  ];
}

function apiProblems(version: unknown): string[] {
  if (isSupportedApiVersion(version)) return [];
  const supported = `this Argus runs version ${SOURCE_API_VERSION} of the source API`;
  if (typeof version !== "number")
    return [`${supported}, and its package.json says none under argus.apiVersion; its author can add it`];
  const mend = version > SOURCE_API_VERSION ? "update Argus, or install an older version of it" : NEWER;
  return [`${supported}, and it is written for version ${version}: ${mend}`];
}

const NEWER = "look for a newer version of it";

function peerProblems({ peerDependencies, peerDependenciesMeta }: Manifest, host: readonly HostPackage[]): string[] {
  const sdk = host.find(({ name }) => name === SDK);
  const missing =
    SDK in peerDependencies
      ? []
      : [
          `its package.json does not say which ${SDK} it needs: its author adds "${SDK}": "^${sdk?.version}" to peerDependencies`,
        ];
  const others = Object.entries(peerDependencies).flatMap(([name, range]) => {
    const shared = host.find((each) => each.name === name);
    if (shared !== undefined) return rangeProblems(shared, range);
    if (peerDependenciesMeta[name]?.optional === true) return [];
    return [`Argus does not bring ${name}, which it names as a peer: its author moves it to dependencies`];
  });
  return [...missing, ...others];
}

function rangeProblems({ name, version }: HostPackage, range: string): string[] {
  if (semver.validRange(range) === null) {
    const mend = range.includes(":")
      ? "install a tarball that its workspace's tool made (pnpm pack)"
      : "tell its author";
    return [`it needs ${name} "${range}", which is no range of versions: ${mend}`];
  }
  if (semver.satisfies(version, range, { includePrerelease: true })) return [];
  const mend = semver.ltr(version, range) ? "update Argus, or install an older version of it" : NEWER;
  return [`it needs ${name} ${range}, and this Argus has ${version}: ${mend}`];
}

function copyProblems({ dependencies, optionalDependencies }: Manifest, host: readonly HostPackage[]): string[] {
  return host
    .filter(({ name }) => name in dependencies || name in optionalDependencies)
    .map(({ name }) => `it would bring a ${name} of its own: its author moves it to peerDependencies`);
}

async function bundleProblems(folder: string, host: readonly HostPackage[]): Promise<string[]> {
  const found = await Promise.all(
    host.map(async ({ name, folder: own }) => {
      const inside = await realpath(join(folder, MODULES, name)).catch(() => null);
      // The link to the host's own copy leads there.
      return inside === null || inside === own ? [] : [name];
    }),
  );
  return found.flat().map((name) => `it brings a ${name} of its own: its author leaves it out of bundleDependencies`);
}
