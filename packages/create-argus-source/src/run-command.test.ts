import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import type { Layout } from "./layout.ts";
import { runCommand } from "./run-command.ts";

/** `answers`: what a person says, one after the other; null: nobody is there. */
type Told = { layout?: Layout; answers?: string[] | null };

let scratch = "";
beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "argus-create-"));
});
afterEach(async () => {
  await rm(scratch, { recursive: true, force: true });
});

async function run(args: string[], { layout = "package", answers = null }: Told = {}) {
  let printed = "";
  let complained = "";
  const terminal = answers === null ? null : { input: new PassThrough(), output: new PassThrough() };
  let asked = "";
  // A person answers when a question was asked.
  terminal?.output.setEncoding("utf8").on("data", (text: string) => {
    asked += text;
    if (!text.endsWith(": ")) return;
    const answer = answers?.shift();
    if (answer === undefined) terminal.input.end();
    else terminal.input.write(`${answer}\n`);
  });
  const { exitCode, created } = await runCommand(args, {
    version: "1.2.3",
    layout,
    cwd: scratch,
    print: (text) => void (printed += text),
    complain: (text) => void (complained += text),
    terminal,
  });
  return { exitCode, created, printed, complained, asked };
}

const index = async (folder: string): Promise<string> =>
  await readFile(join(scratch, folder, "src", "index.ts"), "utf8");

describe("create-argus-source", () => {
  it("writes into a folder named as the id, and says what comes next", async () => {
    const { exitCode, printed } = await run(["my-city"]);
    expect(exitCode).toBe(0);
    expect(await readdir(scratch)).toEqual(["my-city"]);
    for (const step of ["cd my-city", "npm install", "npm test", "argus sources install ."])
      expect(printed).toContain(`\n  ${step}`);
  });

  it("takes everything from flags, and asks nothing even on a terminal", async () => {
    const flags = ["--name", "My Town", "--url", "https://my.example/list.csv", "--shape", "csv", "--into", "here"];
    const { exitCode, asked } = await run(["my-town", ...flags], { answers: [] });
    expect({ exitCode, asked }).toEqual({ exitCode: 0, asked: "" });
    expect(await index("here")).toContain('name: "My Town"');
    expect(await index("here")).toContain('const PATH = "/list.csv"');
  });

  it("asks on a terminal when there is no id, and takes Enter for the default", async () => {
    const { exitCode, asked } = await run([], { answers: ["my-city", "", "geojson", ""] });
    expect(exitCode).toBe(0);
    expect(asked).toContain("(My City cameras)");
    expect(await index("my-city")).toContain("geojsonFeatures(");
  });

  it("asks again when an answer cannot be used, and not for what was said already", async () => {
    const { asked } = await run(["--shape", "xml", "--url", "https://my.example/"], {
      answers: ["No Id", "my-city", ""],
    });
    expect(asked).toContain("must be lower-case words");
    expect(asked).not.toMatch(/Shape|Address/u);
    expect(await index("my-city")).toContain("ctx.http.xml(");
  });

  it("writes nothing when the person gives up", async () => {
    expect((await run([], { answers: ["my-city"] })).exitCode).toBe(130);
    expect(await readdir(scratch)).toEqual([]);
  });

  it.each([
    [[], "ARGUS_USAGE_INVALID"],
    [["a", "b"], "ARGUS_USAGE_INVALID"],
    [["a", "--colour", "red"], "ARGUS_USAGE_INVALID"],
    [["A"], "ARGUS_CREATE_INVALID"],
    [["a", "--shape", "yaml"], "ARGUS_CREATE_INVALID"],
  ])("ends with 2 for %j", async (args, code) => {
    const { exitCode, complained } = await run(args);
    expect(exitCode).toBe(2);
    expect(complained).toContain(`[${code}]`);
    expect(await readdir(scratch)).toEqual([]);
  });

  it("ends with 1 for a folder that is not empty", async () => {
    await run(["my-city"]);
    expect((await run(["my-city"])).exitCode).toBe(1);
  });

  it("tells how it is called, and its version", async () => {
    expect((await run(["--help"])).printed).toContain("npm create argus-source@latest [id]");
    expect((await run(["--help"], { layout: "workspace" })).printed).toContain("pnpm new:source [id]");
    expect((await run(["--version"])).printed).toBe("1.2.3\n");
  });
});
