import type { Layout } from "./layout.ts";
import { PEER_RANGES, TOOL_RANGES } from "./ranges.ts";
import type { SourcePlan } from "./request.ts";

type Json = Readonly<Record<string, unknown>>;

const BUILT = { types: "./dist/index.d.ts", default: "./dist/index.js" };

/** The package.json: what makes it a source, and how it is built and tested. */
export function packageManifest({ id, name }: SourcePlan, layout: Layout): Json {
  return {
    name: `argus-source-${id}`,
    version: "0.1.0",
    description: `Argus source: ${name}.`,
    keywords: ["argus", "argus-source", "camera"],
    ...(layout === "workspace" ? { license: "MIT" } : {}),
    type: "module",
    sideEffects: false,
    engines: { node: ">=24" },
    files: ["dist"],
    ...(layout === "workspace" ? workspaceParts() : ownParts()),
    argus: { apiVersion: 1, ...(layout === "workspace" ? { region: placeOf(name), seen: null } : {}) },
  };
}

/** What a name is about: `My City cameras` → `My City`. */
export function placeOf(name: string): string {
  return name.replace(/ cameras$/iu, "");
}

/** As every package of the workspace has them. */
function workspaceParts(): Json {
  return {
    exports: { ".": { "@argus/source": "./src/index.ts", ...BUILT } },
    publishConfig: { access: "public", exports: { ".": BUILT } },
    scripts: { build: "tsup --config ../../.config/tsup.config.ts && tsc -p tsconfig.build.json" },
    peerDependencies: { "@argus/source-sdk": "workspace:^", zod: PEER_RANGES["zod"] },
    devDependencies: { "@argus/source-sdk": "workspace:^", zod: "catalog:" },
  };
}

function ownParts(): Json {
  return {
    exports: { ".": BUILT },
    scripts: { build: "tsc -p tsconfig.build.json", check: "tsc", test: "vitest run", prepack: "npm run build" },
    peerDependencies: PEER_RANGES,
    devDependencies: { ...PEER_RANGES, ...TOOL_RANGES },
  };
}

/** The compiler's settings for checking. */
export function tsconfig(layout: Layout): Json {
  if (layout === "workspace")
    return {
      extends: "../../tsconfig.base.json",
      compilerOptions: { noEmit: true, types: ["node"], isolatedDeclarations: false },
      include: ["src"],
    };
  return {
    compilerOptions: {
      target: "ES2024",
      lib: ["ES2024", "ESNext.Disposable"],
      module: "NodeNext",
      types: ["node"],
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noUnusedLocals: true,
      noUnusedParameters: true,
      verbatimModuleSyntax: true,
      erasableSyntaxOnly: true,
      allowImportingTsExtensions: true,
      rewriteRelativeImportExtensions: true,
      skipLibCheck: true,
      noEmit: true,
    },
    include: ["src"],
  };
}

/** The compiler's settings for what is published. */
export function tsconfigBuild(layout: Layout): Json {
  return {
    extends: "./tsconfig.json",
    compilerOptions:
      layout === "workspace"
        ? {
            noEmit: false,
            emitDeclarationOnly: true,
            // `pnpm check` does, all sources at once.
            noCheck: true,
            customConditions: [],
            rootDir: "src",
            outDir: "dist",
          }
        : { noEmit: false, declaration: true, rootDir: "src", outDir: "dist" },
    exclude: layout === "workspace" ? ["src/**/*.test.ts", "src/**/*.test-d.ts"] : ["src/**/*.test.ts"],
  };
}
