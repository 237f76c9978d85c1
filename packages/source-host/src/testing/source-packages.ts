import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A source package for a test: what its `scrape` does, and what stands before and beside that. */
export type TestPackage = {
  id: string;
  /** The body of `async scrape(ctx)`. */
  scrape?: string;
  /** Code at the top of the module. */
  top?: string;
  /** More members of the definition, like `async resolve(camera, ctx) { … },`. */
  more?: string;
  manifest?: Record<string, unknown>;
};

/** An app folder that depends on packages, which are really there; gone when disposed. */
export type SourceApp = AsyncDisposable & { path: string };

const packages = fileURLToPath(new URL("../../..", import.meta.url));

/** Writes an app of which each source is a package of its own, with the SDK and zod beside it as npm lays them out. */
export async function writeSourceApp(sources: readonly TestPackage[]): Promise<SourceApp> {
  const path = await realpath(await mkdtemp(join(tmpdir(), "argus-sources-")));
  const modules = join(path, "node_modules");
  await mkdir(join(modules, "@argus"), { recursive: true });
  await symlink(join(packages, "source-sdk"), join(modules, "@argus", "source-sdk"));
  await symlink(join(packages, "source-host", "node_modules", "zod"), join(modules, "zod"));
  for (const source of sources) {
    const folder = join(modules, nameOf(source));
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "package.json"), JSON.stringify(packageOf(source)));
    await writeFile(join(folder, "index.js"), codeOf(source));
  }
  const dependencies = Object.fromEntries(sources.map((source) => [nameOf(source), "1.0.0"]));
  await writeFile(join(path, "package.json"), JSON.stringify({ name: "app", dependencies }));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

function nameOf({ id }: TestPackage): string {
  return `argus-source-${id}`;
}

function packageOf(source: TestPackage): object {
  return {
    name: nameOf(source),
    version: "1.0.0",
    type: "module",
    exports: "./index.js",
    keywords: ["argus-source"],
    argus: { apiVersion: 1 },
    peerDependencies: { "@argus/source-sdk": "*", zod: "*" },
  };
}

function codeOf({ id, scrape = "", top = "", more = "", manifest = {} }: TestPackage): string {
  const declared = {
    apiVersion: 1,
    id,
    name: id,
    description: "A source of the tests.",
    enabled_by_default: false,
    required_env: [],
    hosts: [],
    attribution: "Test",
    licence: "unknown",
    ...manifest,
  };
  return `import { defineSource } from "@argus/source-sdk";
import { z } from "zod";
${top}
const camera = (id, more = {}) => ({ id, name: "Camera " + id, stream_kind: "jpeg", stream_url: "https://cameras.example/" + id + ".jpg", ...more });
export default defineSource({
  ...${JSON.stringify(declared)},
  options: z.object({ base_url: z.url().default("https://cameras.example"), count: z.number().default(0) }),
  async scrape(ctx) {
    ${scrape}
  },
  ${more}
});
`;
}
