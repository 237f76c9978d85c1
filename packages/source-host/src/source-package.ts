import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { describeIssues, isSupportedApiVersion, SOURCE_API_VERSION } from "@argus/core";
import { z } from "zod";

import { apiVersionMismatch, sourceBroken } from "./errors.ts";

const KEYWORD = "argus-source";
const MAX_REGION = 100;

// Only words: a package that has none, or too many, is no worse a source.
const Region = z.string().trim().min(1).max(MAX_REGION).optional().catch(undefined);

type Manifest = {
  version: string;
  keywords: string[];
  argus?: { apiVersion?: unknown; region?: string | undefined } | undefined;
  exports?: unknown;
};
const Manifest: z.ZodType<Manifest> = z.object({
  version: z.string().default("0.0.0"),
  keywords: z.array(z.string()).default([]),
  argus: z.object({ apiVersion: z.unknown().optional(), region: Region }).optional(),
  exports: z.unknown(),
});

/** A source's package as it lies on the disk, before any of its code is run. */
export type SourcePackage = { name: string; folder: string; manifest: Manifest };

/**
 * Finds a package as the app's own code would.
 * @throws ArgusError ARGUS_SOURCE_BROKEN when it is not installed or its package.json is none.
 */
export async function findPackage(appPackageFile: string, name: string): Promise<SourcePackage> {
  for (const modules of createRequire(appPackageFile).resolve.paths(name) ?? []) {
    const folder = join(modules, name);
    const text = await readIfThere(join(folder, "package.json"));
    if (text !== null) return { name, folder, manifest: readManifest(text) };
  }
  throw sourceBroken("it is not installed: install the app's dependencies");
}

/** @throws ArgusError ARGUS_SOURCE_BROKEN when the package does not say that it is a source of this version. */
export function checkPackage({ manifest }: SourcePackage): void {
  if (!manifest.keywords.includes(KEYWORD)) throw sourceBroken(`its package.json lacks the keyword "${KEYWORD}"`);
  const version = manifest.argus?.apiVersion;
  if (!isSupportedApiVersion(version)) throw apiVersionMismatch(version, SOURCE_API_VERSION);
}

/** The file URL of the package's entry, under the conditions this process was started with. */
export function entryOf(appPackageFile: string, { name, folder, manifest }: SourcePackage): string {
  try {
    return pathToFileURL(createRequire(appPackageFile).resolve(name)).href;
  } catch (error) {
    // `require` does not see an entry that is exported for `import` alone.
    const entry = importOnlyEntry(manifest.exports);
    if (entry === null) throw sourceBroken("its entry cannot be found; is it built?", error);
    return pathToFileURL(join(folder, entry)).href;
  }
}

function importOnlyEntry(exported: unknown): string | null {
  const root = property(exported, ".") ?? exported;
  const target = property(root, "import");
  const entry = property(target, "default") ?? target;
  return typeof entry === "string" && entry.startsWith("./") ? entry : null;
}

function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function readManifest(text: string): Manifest {
  const parsed = Manifest.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw sourceBroken(`its package.json is not valid: ${describeIssues(parsed.error)}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw sourceBroken("its package.json is no JSON", error);
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) return null;
    throw sourceBroken("its package.json cannot be read", error);
  }
}
