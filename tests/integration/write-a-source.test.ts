import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Source } from "@argus/source-sdk";
import { runSource } from "@argus/source-sdk/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runArgus } from "../support/argus-process.ts";
import { type GuideBlock, readGuide } from "../support/guide.ts";
import { CREATE, GuideReader, wordsOf } from "../support/guide-reader.ts";
import { RECIPES, recipeSource, recipeTest } from "../support/guide-recipes.ts";
import { askedFor, linkModules } from "../support/linked-modules.ts";
import { copyLayout, newSource } from "../support/new-source.ts";
import { openOrigin } from "../support/origin.ts";
import { runIn } from "../support/run-in.ts";
import { writeSettings } from "../support/settings.ts";

const GUIDE = new URL("../../docs/write-a-source.md", import.meta.url);
const REAL_ANSWER = new URL("../../../shared/camdata/hong-kong/Traffic_Camera_Locations_En-2019.xml", import.meta.url);
const OWN_ANSWER = new URL("../../sources/hongkong-td/fixtures/camera-locations.xml", import.meta.url);
const ORIGIN = "https://static.data.gov.hk";
const REAL_CAMERAS = 210;
const LIST = "/td/traffic-snapshot-images/code/Traffic_Camera_Locations_En.xml";
const LEAST_BLOCKS = 20;
const IN_REPOSITORY = "In this repository";
/** It needs the registry. */
const NOT_RUN = new Set(["npm publish"]);

const isRecipe = ({ heading }: GuideBlock): boolean => heading in RECIPES;

describe("docs/write-a-source.md", () => {
  // Outside of the workspace, so that nothing is found there but what was linked.
  let scratch = "";
  let blocks: GuideBlock[] = [];
  const run = new Set<GuideBlock>();
  beforeAll(async () => {
    scratch = await realpath(await mkdtemp(join(tmpdir(), "argus-guide-")));
    blocks = readGuide(await readFile(GUIDE, "utf8"));
  });
  afterAll(async () => {
    await rm(scratch, { recursive: true, force: true });
  });

  it("leads from nothing to a package, each command doing what it says", { timeout: 240_000 }, async () => {
    const isReal = existsSync(REAL_ANSWER);
    if (!isReal)
      process.stderr.write(`SKIPPED: the guide reads no real answer, for ${REAL_ANSWER.pathname} is not here\n`);
    await using origin = await openOrigin({ [LIST]: await readFile(isReal ? REAL_ANSWER : OWN_ANSWER) });
    const home = join(scratch, "home");
    await mkdir(home);
    await writeSettings(home, { sources: { "hong-kong": { base_url: origin.url } } });
    const printed: string[] = [];
    const reader = new GuideReader({
      folder: scratch,
      instead: { [ORIGIN]: origin.url },
      scripts: ["record.ts"],
      notRun: NOT_RUN,
      argus: async (args, folder) => {
        const words = args.map((word) => (word === "." ? folder : word));
        const ended = await runArgus(home, words);
        if (words.includes("run")) printed.push(...ended.output.split("\n").filter((line) => line.startsWith("{")));
        return ended;
      },
    });
    for (const block of blocks) {
      if (isRecipe(block) || block.heading === IN_REPOSITORY) continue;
      await reader.follow(block);
      run.add(block);
    }
    expect(origin.requests).toContain(LIST);
    const { default: source } = (await import(join(reader.folder, "dist/index.js"))) as { default: Source };
    const { cameras, rejected } = await runSource(source, { rerouteTo: origin.url });
    if (isReal) expect([cameras.length, rejected]).toEqual([REAL_CAMERAS, []]);
    expect(printed).toHaveLength(cameras.length);
    const recorded = await readFile(join(reader.folder, "fixtures/recorded.xml"), "utf8");
    expect(recorded.match(/<key>/gu)).toHaveLength(3);
  });

  it("its recipes keep the contract, and type check", async () => {
    const folder = join(scratch, "recipes");
    const made = await runIn(scratch, process.execPath, [CREATE, "recipe", "--into", folder]);
    expect(made.code, made.output).toBe(0);
    await linkModules(folder, await askedFor(folder));
    const recipes = blocks.filter(isRecipe);
    expect(recipes.map(({ heading }) => heading)).toEqual(Object.keys(RECIPES));
    for (const [index, recipe] of recipes.entries()) {
      const { heading, text } = recipe;
      await writeFile(join(folder, `src/recipe-${index}.ts`), recipeSource(heading, text));
      await writeFile(join(folder, `src/recipe-${index}.test.ts`), recipeTest(heading, `./recipe-${index}.ts`));
      run.add(recipe);
    }
    for (const task of ["test", "check"]) {
      const { code, output } = await runIn(folder, "npm", ["run", task]);
      expect(code, output).toBe(0);
    }
  });

  it("what it says of this repository works in one that is laid out alike", async () => {
    const copy = join(scratch, "copy");
    await mkdir(copy);
    await copyLayout(copy);
    const block = blocks.find(({ heading }) => heading === IN_REPOSITORY);
    const [create = "", test = "", ...more] = block?.text.trim().split("\n") ?? [];
    expect([create, test, ...more].map((line) => wordsOf(line).words.slice(0, 2).join(" "))).toEqual([
      "pnpm new:source",
      "pnpm test:unit",
    ]);
    const asked = wordsOf(create).words.slice(2);
    const created = await newSource(asked, join(copy, "sources", asked[0] ?? ""));
    expect(created.code, created.output).toBe(0);
    const tested = await runIn(copy, "npm", ["run", ...wordsOf(test).words.slice(1)]);
    expect(tested.output).toMatch(/Tests {2}15 passed/u);
    if (block !== undefined) run.add(block);
  });

  it("has no block that was not run", () => {
    expect(blocks.length).toBeGreaterThanOrEqual(LEAST_BLOCKS);
    expect(blocks.filter((block) => !run.has(block)).map(({ text }) => text)).toEqual([]);
  });
});
