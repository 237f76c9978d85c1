import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";

import { afterEach, beforeEach, expect, it } from "vitest";

import { ReadablePaths } from "./readable.ts";

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "argus-readable-")));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function write(folder: string, dependencies: Record<string, string> = {}): Promise<string> {
  const path = join(root, folder);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, "package.json"), JSON.stringify({ name: "x", dependencies }));
  return path;
}

const readableOf = async (folder: string): Promise<string[]> =>
  (await new ReadablePaths().of(folder)).filter((path) => path.startsWith(root)).map((path) => path.slice(root.length));

it("is its own folder and those of what it depends on, all the way down, and nothing beside them", async () => {
  const source = await write("modules/node_modules/argus-source-one", { near: "*", linked: "*" });
  await write("modules/node_modules/near", { far: "*" });
  await write("modules/node_modules/far");
  await write("modules/node_modules/other");
  await write("elsewhere/linked");
  await symlink(join(root, "elsewhere"), join(root, "way"));
  await symlink(join(root, "way", "linked"), join(root, "modules", "node_modules", "linked"));
  expect((await readableOf(source)).toSorted()).toEqual([
    `${sep}elsewhere${sep}linked${sep}`,
    ...["argus-source-one", "far"].map((name) => `${sep}modules${sep}node_modules${sep}${name}${sep}`),
    `${sep}modules${sep}node_modules${sep}linked`,
    `${sep}modules${sep}node_modules${sep}linked${sep}`,
    `${sep}modules${sep}node_modules${sep}near${sep}`,
    `${sep}way`,
  ]);
});

it("is no folder that is only called a dependency", async () => {
  await write("secrets");
  const source = await write("node_modules/argus-source-one", { "../secrets": "*", "../../secrets": "*", [root]: "*" });
  expect(await readableOf(source)).toEqual([`${sep}node_modules${sep}argus-source-one${sep}`]);
});

it("refuses a package with a link that leads out, and not one with a link within", async () => {
  const source = await write("node_modules/argus-source-one");
  await mkdir(join(source, "data"));
  await symlink(join(source, "package.json"), join(source, "data", "within"));
  expect(await readableOf(source)).toHaveLength(1);
  await symlink("/etc", join(source, "data", "out"));
  await expect(readableOf(source)).rejects.toMatchObject({
    code: "ARGUS_SOURCE_BROKEN",
    message: expect.stringContaining("its file out is a link that leads out of the package"),
  });
});
