import { realpath } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { findPackage } from "../source-package.ts";

/** A package that a source has from the host, so that there is one copy of it: one contract. */
export type HostPackage = { name: string; version: string; folder: string };

export const SDK = "@argus/source-sdk";
const SHARED = [SDK, "zod"] as const;

/** What every source has from the host: the SDK and zod, as this package itself finds them. */
export async function findHostPackages(): Promise<HostPackage[]> {
  const own = fileURLToPath(import.meta.url);
  return await Promise.all(
    SHARED.map(async (name) => {
      const { folder, manifest } = await findPackage(own, name);
      return { name, version: manifest.version, folder: await realpath(folder) };
    }),
  );
}
