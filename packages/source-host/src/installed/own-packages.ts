import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import { isSourcePackage } from "../installed-source.ts";

const AppPackage = z.object({ dependencies: z.record(z.string(), z.unknown()).default({}) });

/** The source packages that the app in this folder depends on itself, in the order they are loaded in. */
export async function ownPackages(appFolder: string): Promise<string[]> {
  const { dependencies } = AppPackage.parse(JSON.parse(await readFile(join(appFolder, "package.json"), "utf8")));
  return Object.keys(dependencies).filter(isSourcePackage);
}
