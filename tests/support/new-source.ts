import { cp, mkdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { linkModules } from "./linked-modules.ts";
import { runIn } from "./run-in.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CONFIGURATION = ["tsconfig.base.json", ".config"];
const TOOLS = ["@types/node", "oxfmt", "oxlint", "oxlint-tsgolint", "tsup", "typescript", "vitest"];

/** A folder laid out as this repository is, with its settings and tools, and no source yet. */
export async function copyLayout(folder: string): Promise<void> {
  for (const name of CONFIGURATION) await cp(join(ROOT, name), join(folder, name), { recursive: true });
  await linkModules(folder, [...TOOLS, "@argus/source-sdk", "zod"]);
  await mkdir(join(folder, "sources"));
  // What a contributor has besides; the build asks for nothing else.
  await symlink(join(ROOT, "package.json"), join(folder, "package.json"));
}

/** Runs what `pnpm new:source` stands for, into a folder outside of this repository. */
export async function newSource(
  args: readonly string[],
  into: string,
): Promise<{ code: number | null; output: string }> {
  const { scripts } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const [command = "", ...words] = scripts["new:source"]?.split(" ") ?? [];
  return await runIn(ROOT, command, [...words, ...args, "--into", into]);
}
