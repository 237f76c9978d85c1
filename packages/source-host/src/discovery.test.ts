import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterEach, beforeEach, expect, it } from "vitest";

import { discoverSources } from "./discovery.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "argus-discovery-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

type Files = Record<string, string | object>;

async function write(where: string, files: Files): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(where, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
  }
}

/** An app that depends on these packages, each a folder in its node_modules. */
async function app(packages: Record<string, Files>): Promise<string> {
  const dependencies = Object.fromEntries(Object.keys(packages).map((name) => [name, "1.0.0"]));
  await write(folder, { "package.json": { name: "app", dependencies } });
  for (const [name, files] of Object.entries(packages)) await write(join(folder, "node_modules", name), files);
  return folder;
}

const manifest = (name: string, changes: object = {}): object => ({
  name,
  version: "1.2.3",
  type: "module",
  keywords: ["argus-source"],
  argus: { apiVersion: 1 },
  exports: { ".": { default: "./index.js" } },
  ...changes,
});

const sourceCode = (id: string, changes = ""): string => `export default {
  apiVersion: 1, id: "${id}", name: "${id}", description: "Made up.", enabled_by_default: false, required_env: [], hosts: [],
  attribution: "Example", licence: "CC0-1.0", terms_url: null,
  options: { safeParse: () => ({ success: true, data: { base_url: "https://cameras.example" } }) },
  scrape: async () => {}, ${changes}
};`;

const good = (name: string, id: string): Files => ({ "package.json": manifest(name), "index.js": sourceCode(id) });

it("finds the sources among the dependencies, scoped ones too, and nothing else", async () => {
  const directory = await app({
    "argus-source-one": {
      ...good("argus-source-one", "one"),
      "package.json": manifest("argus-source-one", { argus: { apiVersion: 1, region: "Finland" } }),
    },
    "@scope/argus-source-two": {
      ...good("@scope/argus-source-two", "two"),
      "package.json": manifest("@scope/argus-source-two", { argus: { apiVersion: 1, region: 7 } }),
    },
    "left-pad": good("left-pad", "left-pad"),
    "not-argus-source-x": good("not-argus-source-x", "x"),
  });
  const found = await discoverSources(directory);
  expect(found.map((each) => ({ ...each, source: each.source?.id }))).toEqual([
    { package: "argus-source-one", version: "1.2.3", region: "Finland", source: "one", error: null },
    { package: "@scope/argus-source-two", version: "1.2.3", region: null, source: "two", error: null },
  ]);
});

it.each<[string, Files, string]>([
  ["throws when it is imported", { "index.js": 'throw new Error("boom")' }, "boom"],
  ["throws what is no error", { "index.js": "throw { a: 1 }" }, "no error"],
  ["is not JavaScript", { "index.js": "export default {{{" }, ""],
  ["imports what is not there", { "index.js": 'import "argus-nowhere"; export default 1' }, "argus-nowhere"],
  [
    "lacks the keyword",
    { "package.json": manifest("argus-source-bad", { keywords: ["camera"] }) },
    'lacks the keyword "argus-source"',
  ],
  [
    "is of another version",
    { "package.json": manifest("argus-source-bad", { argus: { apiVersion: 2 } }) },
    "source API version 2, and this host supports version 1",
  ],
  [
    "says no version",
    { "package.json": manifest("argus-source-bad", { argus: undefined }) },
    "source API version none",
  ],
  ["says another version in its code", { "index.js": sourceCode("bad", "apiVersion: 3") }, "source API version 3"],
  ["has no default export", { "index.js": "export const source = 1" }, "default export is no source"],
  ["has a bad manifest", { "index.js": sourceCode("Bad Id") }, "id:"],
  ["has no scrape function", { "index.js": sourceCode("bad", "scrape: 1") }, "scrape function"],
  ["has options that are no schema", { "index.js": sourceCode("bad", "options: {}") }, "zod schema"],
  [
    "has an export that throws when read",
    { "index.js": sourceCode("bad", 'get name() { throw new Error("trap") }') },
    "trap",
  ],
  ["is not built", { "package.json": manifest("argus-source-bad", { exports: "./dist/index.js" }) }, "is it built?"],
  ["has a package.json that is none", { "package.json": "{" }, "no JSON"],
  ["never loads", { "index.js": "await new Promise(() => {}); export default 1" }, "did not load within 0.5 s"],
])("lists a package that %s with its error, and the others as they are", async (_, files, error) => {
  const directory = await app({
    "argus-source-bad": { ...good("argus-source-bad", "bad"), ...files },
    "argus-source-one": good("argus-source-one", "one"),
  });
  const [bad, one] = await discoverSources(directory, { bounds: { loadMs: 500 } });
  expect(bad).toMatchObject({ package: "argus-source-bad", source: null });
  expect(bad?.error).toContain(error);
  expect(bad?.error).not.toBe("");
  expect(one).toMatchObject({ error: null, source: { id: "one" } });
});

it("runs no code of a package that does not say that it is a source", async () => {
  const mark = `argusMark${Date.now()}`;
  const directory = await app({
    "argus-source-bad": {
      "package.json": manifest("argus-source-bad", { keywords: [] }),
      "index.js": `globalThis.${mark} = true; ${sourceCode("bad")}`,
    },
  });
  await discoverSources(directory);
  expect(mark in globalThis).toBe(false);
});

it("takes the first of two with one id, and names it in the other's error", async () => {
  const directory = await app({
    "argus-source-a": good("argus-source-a", "same"),
    "@x/argus-source-b": good("@x/argus-source-b", "same"),
  });
  const [first, second] = await discoverSources(directory);
  expect(first?.error).toBeNull();
  expect(second).toMatchObject({ source: null, error: expect.stringContaining('"same" is taken by argus-source-a') });
});

it("says that a dependency is not installed", async () => {
  await write(folder, { "package.json": { dependencies: { "argus-source-gone": "1.0.0" } } });
  expect(await discoverSources(folder)).toMatchObject([
    { package: "argus-source-gone", version: "unknown", error: expect.stringContaining("not installed") },
  ]);
});

it("finds a package above the app and through a link, as Node does", async () => {
  const directory = join(folder, "apps", "server");
  await write(folder, {
    "sources/two/package.json": manifest("argus-source-two"),
    "sources/two/index.js": sourceCode("two"),
  });
  await write(directory, { "package.json": { dependencies: { "argus-source-one": "*", "argus-source-two": "*" } } });
  await write(join(folder, "node_modules", "argus-source-one"), good("argus-source-one", "one"));
  await mkdir(join(directory, "node_modules"));
  await symlink(join(folder, "sources", "two"), join(directory, "node_modules", "argus-source-two"));
  expect((await discoverSources(directory)).map(({ error }) => error)).toEqual([null, null]);
});

it("takes the entry of the condition that the process runs under, and one for `import` alone", async () => {
  const exportsOf = (entries: object): object => ({ exports: { ".": entries } });
  const directory = await app({
    "argus-source-two": {
      "package.json": manifest(
        "argus-source-two",
        exportsOf({ import: { types: "./index.d.ts", default: "./index.js" } }),
      ),
      "index.js": sourceCode("two"),
    },
  });
  // A package of the workspace, linked as its package manager does it: Node reads no TypeScript below node_modules.
  await write(join(folder, "sources", "one"), {
    "package.json": manifest(
      "argus-source-one",
      exportsOf({ "@argus/source": "./src/index.ts", default: "./missing.js" }),
    ),
    "src/index.ts": `${sourceCode("one")}\nexport const typed: string = "";`,
  });
  await symlink(join(folder, "sources", "one"), join(folder, "node_modules", "argus-source-one"));
  const dependencies = { "argus-source-one": "*", "argus-source-two": "*" };
  await write(folder, { "package.json": { dependencies } });
  expect((await discoverSources(directory)).map(({ error }) => error)).toEqual([null, null]);
});

it("refuses an app folder without a package.json by its path", async () => {
  await expect(discoverSources(join(folder, "nowhere"))).rejects.toMatchObject({
    code: "ARGUS_SOURCE_APP_UNREADABLE",
    message: expect.stringContaining(join("nowhere", "package.json")),
  });
});
