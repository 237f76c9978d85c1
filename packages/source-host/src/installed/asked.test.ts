import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { readAsked, writeAsked } from "./asked.ts";

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "argus-asked-"));
  await mkdir(join(cwd, "mine"));
  await writeFile(join(cwd, "a.tgz"), "");
  await writeFile(join(cwd, "notes.txt"), "");
});
afterAll(() => rm(cwd, { recursive: true }));

it.each([
  ["argus-source-x", "argus-source-x", "latest"],
  ["argus-source-x@1.2.3", "argus-source-x", "1.2.3"],
  ["argus-source-x@>=1 <3", "argus-source-x", ">=1 <3"],
  ["@me/argus-source-x", "@me/argus-source-x", "latest"],
  ["@me/argus-source-x@next", "@me/argus-source-x", "next"],
])("reads %s as a package", async (text, name, range) => {
  const asked = await readAsked(text, cwd);
  expect(asked).toEqual({ kind: "package", name, range });
  expect(await readAsked(writeAsked(asked), cwd)).toEqual(asked);
});

it("reads what looks like a path as one, from where it was written", async () => {
  expect(await readAsked("./mine", cwd)).toEqual({ kind: "folder", path: join(cwd, "mine") });
  expect(await readAsked(".", join(cwd, "mine"))).toEqual({ kind: "folder", path: join(cwd, "mine") });
  expect(await readAsked("a.tgz", cwd)).toEqual({ kind: "tarball", path: join(cwd, "a.tgz") });
  expect(await readAsked(join(cwd, "a.tgz"), "/")).toEqual({ kind: "tarball", path: join(cwd, "a.tgz") });
});

it.each([
  ["left-pad", "argus-source-<id>"],
  ["tfl", "did you mean argus-source-tfl?"],
  ["@me/x", "@me/x"],
  ["argus-source-x@", "argus-source-x@"],
  ["argus-source-x@npm:left-pad@1", "no version"],
  ["argus-source-x@git+https://example.org/x.git", "no version"],
  ["git+https://example.org/x.git", "install the file"],
  ["https://example.org/x.tgz", "install the file"],
  ["github:me/argus-source-x", "install the file"],
  ["me/argus-source-x", "begin a path with ./"],
  ["./nowhere", "no such file"],
  ["nothing.tgz", "no such file"],
  ["./notes.txt", "neither a folder nor a tarball"],
  ["--registry", "argus-source-<id>"],
])("refuses %s, and says what to do", async (text, message) => {
  await expect(readAsked(text, cwd)).rejects.toMatchObject({
    code: "ARGUS_SOURCE_REFUSED",
    message: expect.stringContaining(message),
  });
});
