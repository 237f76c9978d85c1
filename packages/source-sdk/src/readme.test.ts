import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { expect, it } from "vitest";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));
const FILE = /^`src\/(?<name>[\w.-]+)`[^\n]*\n\n```ts\n(?<code>.*?)^```$/gmsu;

/** A folder that has what the README's author would have installed. */
async function installedFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "argus-readme-"));
  await mkdir(join(folder, "node_modules", "@argus"), { recursive: true });
  await symlink(PACKAGE, join(folder, "node_modules", "@argus", "source-sdk"));
  await symlink(join(PACKAGE, "node_modules", "zod"), join(folder, "node_modules", "zod"));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  return folder;
}

it("the README's source passes the README's test under node's own test runner", { timeout: 30_000 }, async () => {
  const readme = await readFile(join(PACKAGE, "README.md"), "utf8");
  const files = [...readme.matchAll(FILE)].map(({ groups }) => groups ?? {});
  expect(files.map(({ name }) => name)).toEqual(["index.ts", "index.test.ts"]);
  const folder = await installedFolder();
  try {
    for (const { name, code } of files) await writeFile(join(folder, name ?? ""), code ?? "");
    const run = promisify(execFile)(
      process.execPath,
      ["--conditions=@argus/source", "--test-reporter=tap", "index.test.ts"],
      { cwd: folder },
    );
    const { stdout } = await run;
    expect(stdout).toMatch(/^# pass 11$/mu);
    expect(stdout).toMatch(/^# fail 0$/mu);
  } finally {
    await rm(folder, { recursive: true });
  }
});
