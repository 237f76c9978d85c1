import { existsSync } from "node:fs";
import { mkdir, readFile, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Where this workspace has what a source asks for; its own packages as they are built. */
const FOLDERS: Readonly<Record<string, string>> = {
  "@argus/source-sdk": "packages/source-sdk",
  "create-argus-source": "packages/create-argus-source",
  zod: "packages/source-sdk/node_modules/zod",
};

/** What `npm install` would have done, without any network: links to what this workspace has installed and built. */
export async function linkModules(folder: string, names: Iterable<string>): Promise<void> {
  const modules = join(folder, "node_modules");
  await mkdir(join(modules, ".bin"), { recursive: true });
  for (const name of names) {
    const target = join(ROOT, FOLDERS[name] ?? `node_modules/${name}`);
    if (!existsSync(target)) throw new Error(`${name} is not installed in this workspace, at ${target}`);
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(target, join(modules, name), "junction");
    for (const [command, file] of await commandsOf(target))
      await symlink(join(target, file), join(modules, ".bin", command));
  }
}

/** The names of everything that the package in a folder asks for. */
export async function askedFor(folder: string): Promise<Set<string>> {
  const {
    dependencies = {},
    devDependencies = {},
    peerDependencies = {},
  } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Record<string, Record<string, string>>;
  return new Set(Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies }));
}

async function commandsOf(folder: string): Promise<[command: string, file: string][]> {
  const { name, bin = {} } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {
    name: string;
    bin?: string | Record<string, string>;
  };
  return typeof bin === "string" ? [[name, bin]] : Object.entries(bin);
}
