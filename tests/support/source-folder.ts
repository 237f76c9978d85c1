import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Scratch } from "./scratch.ts";
import { sourceCode, type TestSource } from "./source-package.ts";

/** A folder outside of the workspace: nothing in it finds a package by chance. */
export async function makeFarScratch(name: string): Promise<Scratch> {
  const path = await realpath(await mkdtemp(join(tmpdir(), `argus-${name}-`)));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** Writes a source's folder as its author has it, to be installed; `changes` are of its package.json. */
export async function writeSourceFolder(parent: string, source: TestSource, changes: object = {}): Promise<string> {
  const name = `argus-source-${source.id}`;
  const folder = join(parent, name);
  const manifest = {
    name,
    version: "1.0.0",
    type: "module",
    exports: "./index.js",
    keywords: ["argus-source"],
    argus: { apiVersion: 1 },
    peerDependencies: { "@argus/source-sdk": ">=0.1.0", zod: "^4.0.0" },
    ...changes,
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  await writeFile(join(folder, "index.js"), sourceCode(source));
  return folder;
}
