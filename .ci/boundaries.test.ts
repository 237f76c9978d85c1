import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterEach, describe, expect, it } from "vitest";

import { findViolations } from "./boundaries.ts";

type Written = Record<string, string | object>;

const roots: string[] = [];

/** A workspace on disk; objects become package.json-like JSON. */
function write(files: Written): string {
  const root = mkdtempSync(join(tmpdir(), "argus-boundaries-"));
  roots.push(root);
  for (const folder of ["packages", "sources", "apps"]) mkdirSync(join(root, folder));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
  }
  return root;
}

const core = { "packages/core/package.json": { name: "@argus/core", peerDependencies: { zod: "^4" } } };
const sdk = {
  "packages/source-sdk/package.json": { name: "@argus/source-sdk", dependencies: { "@argus/core": "workspace:^" } },
};
const store = {
  "packages/store/package.json": { name: "@argus/store", dependencies: { "@argus/core": "workspace:^" } },
};
const source = {
  "sources/one/package.json": { name: "argus-source-one", peerDependencies: { "@argus/source-sdk": "workspace:^" } },
};

/** The violations as `file | subject | rule`. */
const found = (files: Written): string[] =>
  findViolations(write({ ...core, ...sdk, ...store, ...source, ...files })).map(
    ({ file, subject, rule }) => `${file} | ${subject} | ${rule}`,
  );

afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
});

describe("package boundaries", () => {
  it("finds nothing in a workspace that keeps to the table", () => {
    expect(
      found({
        "packages/core/src/camera.ts": `import { z } from "zod";\nimport { a } from "./a.ts";\n`,
        "packages/store/src/index.ts": `import { readFile } from "node:fs/promises";\nimport type { Camera } from "@argus/core";\n`,
        "sources/one/src/index.ts": `import { defineSource } from "@argus/source-sdk";\nimport { z } from "zod";\n`,
        "sources/one/src/index.test.ts": `import { it } from "vitest";\nimport { x } from "../../../packages/core/src/x.ts";\n`,
      }),
    ).toEqual([]);
  });

  it.each([
    [
      "a source that imports core",
      "sources/one/src/index.ts",
      `import { Camera } from "@argus/core";`,
      "@argus/source-sdk",
    ],
    [
      "a type-only import",
      "sources/one/src/index.ts",
      `import type { Camera } from "@argus/core";`,
      "@argus/source-sdk",
    ],
    ["a re-export", "sources/one/src/index.ts", `export * from "@argus/store";`, "@argus/source-sdk"],
    [
      "an import over several lines",
      "sources/one/src/index.ts",
      `import {\n  CameraStore,\n} from "@argus/store";`,
      "@argus/source-sdk",
    ],
    ["a dynamic import", "sources/one/src/index.ts", `await import("@argus/store");`, "@argus/source-sdk"],
    [
      "a subpath",
      "packages/store/src/index.ts",
      `import { testSource } from "@argus/source-sdk/testing";`,
      "@argus/core",
    ],
    ["a library that is another package's", "sources/one/src/index.ts", `import got from "got";`, "zod"],
    ["a library in core", "packages/core/src/a.ts", `import got from "got";`, "zod"],
    ["a Node module in core", "packages/core/src/a.ts", `import { readFile } from "node:fs";`, "runs in a browser"],
    ["a Node module without its prefix", "packages/core/src/a.ts", `import { join } from "path";`, "runs in a browser"],
    [
      "a way round by a relative path",
      "packages/store/src/a.ts",
      `import { x } from "../../core/src/x.ts";`,
      "stays inside",
    ],
    [
      "a source that is imported",
      "packages/store/src/a.ts",
      `import one from "argus-source-one";`,
      "nothing imports a source",
    ],
    ["the environment", "packages/store/src/a.ts", `const home = process.env["HOME"];`, "reads the environment"],
    [
      "the environment in disguise",
      "sources/one/src/a.ts",
      `import { env } from "node:process";`,
      "reads the environment",
    ],
  ])("names the file and the rule for %s", (_what, file, text, rule) => {
    expect(found({ [file]: text })).toEqual([
      expect.stringMatching(new RegExp(`^${file}:\\d+ \\| .* \\| .*${rule}`, "u")),
    ]);
  });

  it("names the line of an import, and is not misled by comments", () => {
    const text = `/**\n * import x from "@argus/store";\n */\n// process.env is an app's\nimport y from "@argus/store";\n`;
    expect(found({ "sources/one/src/index.ts": text })).toEqual([
      "sources/one/src/index.ts:5 | imports @argus/store | sources/one may import @argus/source-sdk of the workspace",
    ]);
  });

  it("lets a testing folder use what tests use, unless others are offered it, and keeps it out of what is shipped", () => {
    const testing = { "packages/store/src/testing/contract.ts": `import { it } from "vitest";` };
    expect(found(testing)).toEqual([]);
    expect(found({ ...testing, "packages/store/src/index.ts": `export * from "./testing/contract.ts";` })).toEqual([
      "packages/store/src/index.ts:1 | imports ./testing/contract.ts | only tests import what is made for tests",
    ]);
    const offered = { "packages/store/package.json": { name: "@argus/store", exports: { "./testing": {} } } };
    expect(found({ ...testing, ...offered })).toHaveLength(1);
  });

  it.each(["dependencies", "optionalDependencies", "peerDependencies", "devDependencies"])("reads %s", (kind) => {
    const manifest = { name: "argus-source-one", [kind]: { "@argus/store": "workspace:^" } };
    expect(found({ "sources/one/package.json": manifest })).toEqual([
      `sources/one/package.json | ${kind}: @argus/store | sources/one may import @argus/source-sdk of the workspace`,
    ]);
  });

  it("lets tests have libraries of their own, and nothing that is shipped", () => {
    const manifest = (kind: string) => ({ name: "@argus/core", [kind]: { "fast-check": "catalog:" } });
    expect(found({ "packages/core/package.json": manifest("devDependencies") })).toEqual([]);
    expect(found({ "packages/core/package.json": manifest("dependencies") })).toHaveLength(1);
  });

  it("refuses a package that the table does not know, and an app that is imported", () => {
    expect(found({ "packages/stray/package.json": { name: "@argus/stray" } })).toEqual([
      "packages/stray/package.json | @argus/stray | has no row in .ci/boundaries-table.ts",
    ]);
    const app = {
      "apps/server/package.json": { name: "@argus/server", dependencies: { "argus-source-one": "workspace:^" } },
    };
    expect(found(app)).toEqual([]);
    expect(found({ ...app, "packages/store/src/a.ts": `import "@argus/server";` })).toEqual([
      "packages/store/src/a.ts:1 | imports @argus/server | nothing imports an app",
    ]);
  });
});
