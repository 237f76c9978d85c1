import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { askedFor, linkModules } from "../support/linked-modules.ts";
import { runReadmeExample } from "../support/readme-example.ts";
import { copyLayout, newSource } from "../support/new-source.ts";
import { runIn } from "../support/run-in.ts";

const COMMAND = fileURLToPath(new URL("../../packages/create-argus-source/dist/main.js", import.meta.url));
const SHAPES = ["json", "geojson", "arcgis", "csv", "xml", "html"];
/** Tests of a new source: those of the contract, and its own. */
const TESTS = 15;

type Ended = Awaited<ReturnType<typeof runIn>>;

const faultsIn = (ended: readonly Ended[]): string[] => ended.flatMap(({ code, output }) => (code === 0 ? [] : output));

/** Checks the types of all sources in a folder at once, by the settings of one of them. */
async function checkTypes(folder: string): Promise<Ended> {
  const all = { extends: "./my-json/tsconfig.json", include: ["*/src"] };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(all));
  return await runIn(folder, join("..", "node_modules", ".bin", "tsc"), []);
}

// Outside of the workspace, so that nothing is found there but what was linked.
let scratch = "";
let own = "";
let copy = "";
const written: Ended[] = [];

beforeAll(async () => {
  scratch = await realpath(await mkdtemp(join(tmpdir(), "argus-new-source-")));
  own = join(scratch, "own");
  copy = join(scratch, "copy", "sources");
  await mkdir(join(scratch, "copy"));
  await copyLayout(join(scratch, "copy"));
  for (const shape of SHAPES) {
    const id = `my-${shape}`;
    const asked = [id, "--shape", shape];
    written.push(
      ...(await Promise.all([
        runIn(scratch, process.execPath, [COMMAND, ...asked, "--into", join("own", id)]),
        newSource(asked, join(copy, id)),
      ])),
    );
  }
  await linkModules(scratch, await askedFor(join(own, "my-json")));
});
afterAll(async () => {
  await rm(scratch, { recursive: true, force: true });
});

it("writes a source of every shape, with the same code for the workspace and for third parties", async () => {
  expect(faultsIn(written)).toEqual([]);
  for (const id of SHAPES.map((shape) => `my-${shape}`))
    for (const file of ["src/index.ts", "src/index.test.ts"])
      expect(await readFile(join(own, id, file), "utf8")).toBe(await readFile(join(copy, id, file), "utf8"));
});

describe("npm create argus-source", () => {
  it("npm test and npm run check pass as it is", async () => {
    const { code, output } = await runIn(join(own, "my-json"), "npm", ["test"]);
    expect(output).toContain(`Tests  ${TESTS} passed (${TESTS})`);
    expect(code).toBe(0);
    expect(faultsIn([await runIn(join(own, "my-json"), "npm", ["run", "check"])])).toEqual([]);
  });

  it("every shape passes the contract test and type checks", async () => {
    const { output } = await runIn(own, join("..", "node_modules", ".bin", "vitest"), ["run"]);
    expect(output).toContain(`Tests  ${TESTS * SHAPES.length} passed (${TESTS * SHAPES.length})`);
    expect(faultsIn([await checkTypes(own)])).toEqual([]);
  });

  it("builds, and packs what a host needs and nothing else", async () => {
    const { code, output } = await runIn(join(own, "my-json"), "npm", ["pack", "--json", "--loglevel=silent"]);
    expect(code, output).toBe(0);
    const [packed] = Object.values(
      JSON.parse(/^[[{]$.*/msu.exec(output)?.[0] ?? "[]") as { files: { path: string }[] }[],
    );
    expect(packed?.files.map(({ path }) => path).toSorted()).toEqual([
      "README.md",
      "dist/index.d.ts",
      "dist/index.js",
      "package.json",
    ]);
    const { default: source } = (await import(join(own, "my-json/dist/index.js"))) as { default: { id: string } };
    expect(source.id).toBe("my-json");
  });

  it("the contract test fails for a source that breaks the contract", async () => {
    const file = join(own, "my-csv", "src", "index.ts");
    const code = await readFile(file, "utf8");
    await writeFile(file, code.replace('["data.example.org"]', "[]"));
    const { code: exit, output } = await runIn(join(own, "my-csv"), "npm", ["test"]);
    expect(exit).toBe(1);
    expect(output).toContain('hosts lacks "data.example.org"');
  });
});

it("the readme's program writes a source of every shape", async () => {
  const folder = join(scratch, "readme");
  await mkdir(folder);
  await linkModules(folder, ["create-argus-source"]);
  const printed = await runReadmeExample("packages/create-argus-source/README.md", { folder });
  expect(printed.trim().split("\n")).toEqual(SHAPES.map((shape) => `${shape} 8 files`));
  expect((await readdir(join(folder, "sources"))).toSorted()).toEqual(SHAPES.toSorted());
});

describe("pnpm new:source", () => {
  const tool = (command: string, ...args: string[]): Promise<Ended> =>
    runIn(join(copy, ".."), join("node_modules", ".bin", command), args);

  it("passes the workspace's unit tests as it is", async () => {
    const run = ["run", "--config", ".config/vitest.config.ts", "--project", "unit*", "sources/my-json"];
    const { output } = await tool("vitest", ...run);
    expect(output).toContain(`Tests  ${TESTS} passed (${TESTS})`);
  });

  it("every shape is typed, linted and formatted as the workspace wants it", async () => {
    const lint = ["--config", ".config/oxlintrc.json", "sources"];
    const format = ["--config", ".config/oxfmtrc.json", "--check", ...SHAPES.map((shape) => `sources/my-${shape}`)];
    expect(faultsIn([await checkTypes(copy), await tool("oxlint", ...lint), await tool("oxfmt", ...format)])).toEqual(
      [],
    );
  });

  it("builds as the other sources do", async () => {
    const source = join(copy, "my-json");
    expect(faultsIn([await runIn(source, "npm", ["run", "build"])])).toEqual([]);
    expect((await readdir(join(source, "dist"))).toSorted()).toEqual(["index.d.ts", "index.js", "index.js.map"]);
  });

  it("refuses an id that is none, and a folder that is not empty", async () => {
    const [none, full] = await Promise.all([newSource(["My City"], join(copy, "none")), newSource(["my-json"], copy)]);
    expect(none).toMatchObject({ code: 2, output: expect.stringContaining("ARGUS_CREATE_INVALID") });
    expect(full).toMatchObject({ code: 1, output: expect.stringContaining("ARGUS_CREATE_FOLDER_NOT_EMPTY") });
    expect(await readdir(copy)).not.toContain("none");
  });
});
