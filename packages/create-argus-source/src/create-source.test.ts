import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { createSource } from "./create-source.ts";
import { SHAPE_FACTS, SHAPES } from "./shape.ts";

const PATTERN = new URL("../../../sources/tfl-jamcam/", import.meta.url);

let scratch = "";
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "argus-create-"));
});
afterEach(async () => {
  await rm(scratch, { recursive: true, force: true });
});

const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
const read = async (...path: string[]): Promise<string> => await readFile(join(scratch, ...path), "utf8");
const json = async (file: string | URL): Promise<Record<string, unknown>> => JSON.parse(await readFile(file, "utf8"));

describe.each(SHAPES)("a source that reads %s", (shape) => {
  it("has every file of a package, with nothing left to fill in", async () => {
    const folder = join(scratch, "deep", "er");
    const created = await createSource({ id: "my-city", shape, folder });
    expect(await filesIn(folder)).toEqual(
      [
        ".gitignore",
        "README.md",
        `fixtures/${SHAPE_FACTS[shape].file}`,
        "package.json",
        "src/index.test.ts",
        "src/index.ts",
        "tsconfig.build.json",
        "tsconfig.json",
      ].toSorted(),
    );
    expect(created.files.toSorted()).toEqual(await filesIn(folder));
    for (const file of created.files) expect(await read("deep", "er", file)).not.toMatch(/\{\{|\}\}|undefined/u);
  });

  it("stays under 80 lines", async () => {
    await createSource({ id: "my-city", shape, folder: scratch });
    expect((await read("src", "index.ts")).split("\n").length).toBeLessThan(80);
  });
});

it("puts what was said into the code, quoted", async () => {
  const name = 'The "Old" Town ${x} {{id}} $& `';
  await createSource({ id: "old-town", name, url: "https://api.example.org/v1?q={{id}}&r=${x}`", folder: scratch });
  const code = await read("src", "index.ts");
  expect(code).toContain(`name: ${JSON.stringify(name)},`);
  expect(code).toContain(`const PATH = ${JSON.stringify("/v1?q={{id}}&r=${x}`")};`);
  expect(code).toContain('hosts: ["api.example.org"]');
  expect(code).toContain('baseUrl("https://api.example.org")');
});

describe("in the workspace", () => {
  it("is built, published and checked as the other sources are", async () => {
    await createSource({ id: "my-city", folder: scratch, layout: "workspace" });
    const { name, description, argus, ...manifest } = await json(join(scratch, "package.json"));
    const { name: _, description: __, argus: ___, ...pattern } = await json(new URL("package.json", PATTERN));
    expect(Object.entries(manifest)).toEqual(Object.entries(pattern));
    expect(name).toBe("argus-source-my-city");
    expect(description).toBe("Argus source: My City cameras.");
    expect(argus).toEqual({ apiVersion: 1, region: "My City", seen: null });
    for (const file of ["tsconfig.json", "tsconfig.build.json"])
      expect(await read(file)).toBe(await readFile(new URL(file, PATTERN), "utf8"));
  });

  it("needs no .gitignore of its own", async () => {
    expect((await createSource({ id: "my-city", folder: scratch, layout: "workspace" })).files).not.toContain(
      ".gitignore",
    );
  });
});

describe("the folder", () => {
  it("is refused when it holds anything, and left as it was", async () => {
    await writeFile(join(scratch, "notes.txt"), "mine");
    await expect(createSource({ id: "my-city", folder: scratch })).rejects.toMatchObject({
      code: "ARGUS_CREATE_FOLDER_NOT_EMPTY",
      message: expect.stringContaining("notes.txt"),
    });
    expect(await filesIn(scratch)).toEqual(["notes.txt"]);
  });

  it("may be a repository that was just made", async () => {
    await mkdir(join(scratch, ".git"));
    expect((await createSource({ id: "my-city", folder: scratch })).files).toContain("src/index.ts");
  });

  it("is refused when it is a file, or below one", async () => {
    const file = join(scratch, "file");
    await writeFile(file, "mine");
    for (const folder of [file, join(file, "below")])
      await expect(createSource({ id: "my-city", folder })).rejects.toMatchObject({
        code: "ARGUS_CREATE_FOLDER_UNUSABLE",
      });
    expect(await readFile(file, "utf8")).toBe("mine");
  });

  it("is refused when it is a link to one that holds something", async () => {
    await mkdir(join(scratch, "full"));
    await writeFile(join(scratch, "full", "notes.txt"), "mine");
    await symlink(join(scratch, "full"), join(scratch, "link"));
    await expect(createSource({ id: "my-city", folder: join(scratch, "link") })).rejects.toMatchObject({
      code: "ARGUS_CREATE_FOLDER_NOT_EMPTY",
    });
  });

  it("is not made for a source that cannot be", async () => {
    const folder = join(scratch, "new");
    await expect(createSource({ id: "Not An Id", folder })).rejects.toMatchObject({ code: "ARGUS_CREATE_INVALID" });
    expect(await readdir(scratch)).toEqual([]);
  });
});

// A path this long holds the first files and not the later ones.
const LONGEST_PATH = 4095;
it.runIf(process.platform === "linux")("leaves nothing behind when it fails in the middle", async () => {
  let folder = join(scratch, "new");
  const length = LONGEST_PATH - "/fixtures/cameras.json".length + 1;
  while (length - folder.length > 202) folder = join(folder, "x".repeat(200));
  folder = join(folder, "y".repeat(length - folder.length - 1));
  await expect(createSource({ id: "my-city", folder })).rejects.toMatchObject({
    code: "ARGUS_CREATE_FOLDER_UNUSABLE",
    cause: { code: "ENAMETOOLONG", path: expect.stringMatching(/cameras\.json$/u) },
  });
  expect(await readdir(scratch)).toEqual([]);
});

it("of two that write to one folder at the same time, one fails and neither overwrites", async () => {
  const folder = join(scratch, "both");
  const results = await Promise.allSettled([createSource({ id: "one", folder }), createSource({ id: "two", folder })]);
  const failed = results.filter(({ status }) => status === "rejected");
  expect(failed.length).toBeGreaterThan(0);
  for (const { reason } of failed as PromiseRejectedResult[])
    expect(reason.code).toMatch(/^ARGUS_CREATE_FOLDER_(?:NOT_EMPTY|UNUSABLE)$/u);
});
