import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Code of a source's `scrape`, of more members of its definition and of more options, and what it declares beyond the ordinary. */
export type TestSource = {
  id: string;
  scrape: string;
  more?: string;
  options?: string;
  manifest?: Record<string, unknown>;
};

/** Writes an app folder that depends on the given sources, each a real package in its node_modules. */
export async function writeSourceApp(folder: string, sources: readonly TestSource[]): Promise<string> {
  const dependencies: Record<string, string> = {};
  for (const source of sources) {
    const name = `argus-source-${source.id}`;
    dependencies[name] = "1.0.0";
    const packageFolder = join(folder, "node_modules", name);
    await mkdir(packageFolder, { recursive: true });
    await writeFile(join(packageFolder, "package.json"), JSON.stringify(packageManifest(name)));
    await writeFile(join(packageFolder, "index.js"), sourceCode(source));
  }
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "app", private: true, dependencies }));
  return folder;
}

function packageManifest(name: string) {
  return {
    name,
    version: "1.0.0",
    type: "module",
    exports: "./index.js",
    keywords: ["argus-source"],
    argus: { apiVersion: 1 },
  };
}

/** The code of a package whose default export is the source. */
export function sourceCode({ id, scrape, more = "", manifest = {}, options = "" }: TestSource): string {
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
const camera = (id, more = {}) => ({ id, name: "Camera " + id, stream_kind: "jpeg", stream_url: "https://example.org/" + encodeURIComponent(id) + ".jpg", lat: 51.5, lon: -0.1, country: "GB", ...more });
export default defineSource({
  ...${JSON.stringify(declared)},
  options: z.object({ base_url: z.url().default("https://example.org"), ${options} }),
  async scrape(ctx) {
    ${scrape}
  },
  ${more}
});
`;
}
