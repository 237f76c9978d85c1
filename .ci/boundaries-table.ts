/**
 * What a package may import. `argus` names packages of this workspace, `libraries` those of others; `"any"` lifts a
 * limit. `tests` are packages its tests may use besides. `node` says whether it may use Node's own modules: without
 * them it also runs in a browser.
 */
export type Boundary = {
  argus: readonly string[] | "any";
  libraries: readonly string[] | "any";
  node: boolean;
  tests?: readonly string[];
};

/** What a source may use besides the SDK and zod, and there must be a reason for it. */
const SOURCE_LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  // It draws its own pictures.
  "sources/demo": ["sharp"],
};

/** Folder → boundary; docs/architecture.md shows the same table. A package without a row is refused. */
export const BOUNDARIES: Readonly<Record<string, Boundary>> = {
  "packages/core": { argus: [], libraries: ["zod"], node: false },
  "packages/source-sdk": {
    argus: ["@argus/core"],
    libraries: [
      "zod",
      "got",
      "node-html-parser",
      "fast-xml-parser",
      "fast-xml-builder",
      "csv-parse",
      "entities",
      "robots-parser",
    ],
    node: true,
  },
  "packages/source-host": {
    argus: ["@argus/core", "@argus/source-sdk"],
    libraries: ["zod", "semver", "proper-lockfile"],
    node: true,
  },
  "packages/store": {
    argus: ["@argus/core"],
    libraries: ["zod", "kysely", "better-sqlite3", "pg", "csv-parse", "@streamparser/json", "pbf"],
    node: true,
  },
  "packages/streams": { argus: ["@argus/core"], libraries: ["zod", "got"], node: true },
  "packages/http-api": { argus: ["@argus/core"], libraries: ["zod", "express", "compression"], node: true },
  // It writes sources, and loads none.
  "packages/create-argus-source": { argus: ["@argus/core"], libraries: ["zod"], node: true },
  "packages/client": { argus: ["@argus/core"], libraries: ["zod"], node: false },
  "apps/server": { argus: "any", libraries: "any", node: true },
  "apps/web": { argus: ["@argus/core", "@argus/client"], libraries: "any", node: false },
  tests: { argus: "any", libraries: "any", node: true },
};

/** The one app that may name sources; everybody else finds them at run time or not at all. */
export const SOURCES_MAY_BE_NAMED_BY: readonly string[] = ["apps/server", "tests"];

/** The boundary of a folder, or null when the table has none for it. */
export function boundaryOf(folder: string): Boundary | null {
  if (!folder.startsWith("sources/")) return BOUNDARIES[folder] ?? null;
  return { argus: ["@argus/source-sdk"], libraries: ["zod", ...(SOURCE_LIBRARIES[folder] ?? [])], node: true };
}
