import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, it } from "vitest";

import { installable } from "../testing/installable.ts";
import { checkRequirements } from "./requirements.ts";

const HOST = [
  { name: "@argus/source-sdk", version: "1.4.2", folder: "/nowhere/sdk" },
  { name: "zod", version: "4.6.7", folder: "/nowhere/zod" },
];
const NAME = "argus-source-x";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "argus-requirements-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function problemsOf(changes: object): Promise<string[]> {
  const fitting = { peerDependencies: { "@argus/source-sdk": "^1.2.0", zod: "^4.0.0" } };
  await writeFile(join(folder, "package.json"), JSON.stringify(installable(NAME, { ...fitting, ...changes })));
  return (await checkRequirements(folder, NAME, HOST)).problems;
}
const sdk = (range: string): object => ({ peerDependencies: { "@argus/source-sdk": range } });

it.each([
  ["in order", {}],
  ["without zod", sdk("1.x")],
  [
    "with an optional peer",
    { peerDependencies: { "@argus/source-sdk": "^1", vue: "3" }, peerDependenciesMeta: { vue: { optional: true } } },
  ],
  ["with dependencies", { dependencies: { "left-pad": "1" } }],
])("finds nothing wrong with a package that is %s", async (_, changes) => {
  expect(await problemsOf(changes)).toEqual([]);
});

it.each([
  ["lacks the keyword", { keywords: ["argus"] }, ['lacks the keyword "argus-source"']],
  ["has no keywords", { keywords: undefined }, ['lacks the keyword "argus-source"']],
  ["is for a newer API", { argus: { apiVersion: 2 } }, ["written for version 2: update Argus"]],
  ["is for an older API", { argus: { apiVersion: 0 } }, ["written for version 0: look for a newer version of it"]],
  ["names no API", { argus: {} }, ["says none under argus.apiVersion"]],
  ["names no SDK", { peerDependencies: {} }, ['adds "@argus/source-sdk": "^1.4.2" to peerDependencies']],
  ["needs a newer SDK", sdk("^2.0.0"), ["needs @argus/source-sdk ^2.0.0, and this Argus has 1.4.2: update Argus"]],
  ["needs an older SDK", sdk("^0.3.0"), ["and this Argus has 1.4.2: look for a newer version of it"]],
  ["was packed by npm in a workspace", sdk("workspace:^"), ["pnpm pack"]],
  ["says nonsense", sdk("soon"), ['"soon", which is no range of versions']],
  ["needs an older zod", { peerDependencies: { "@argus/source-sdk": "^1", zod: "^3" } }, ["needs zod ^3"]],
  ["brings its own zod", { dependencies: { zod: "^4.0.0" } }, ["a zod of its own: its author moves it"]],
  ["may bring its own SDK", { optionalDependencies: { "@argus/source-sdk": "1" } }, ["a @argus/source-sdk of its own"]],
  ["has another peer", { peerDependencies: { "@argus/source-sdk": "^1", got: "16" } }, ["does not bring got"]],
  ["is somebody else", { name: "left-pad" }, ["says that it is left-pad"]],
  ["has no version", { version: "new" }, ["is no version"]],
  ["is wrong twice", { keywords: [], argus: {} }, ["keyword", "apiVersion"]],
])("says of a package that %s what to do", async (_, changes, messages) => {
  const problems = await problemsOf(changes);
  expect(problems).toEqual(messages.map((message) => expect.stringContaining(message)));
});

it("sees a copy of zod that a package brings bundled", async () => {
  await mkdir(join(folder, "node_modules", "zod"), { recursive: true });
  expect(await problemsOf({})).toEqual([expect.stringContaining("bundleDependencies")]);
});

it.each([
  ["", "cannot be read"],
  ["[]", "not valid"],
])("says of a package.json that is %j that it is none", async (text, message) => {
  await writeFile(join(folder, "package.json"), text);
  expect((await checkRequirements(folder, NAME, HOST)).problems).toEqual([expect.stringContaining(message)]);
});
