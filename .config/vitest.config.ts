import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));
/**
 * Where the packages have just been built (.ci/test.ts), the threads and processes that tests start by the hundred run
 * that, as users' do: it loads sooner.
 */
const BUILT = [
  {
    find: /^.*\/child-program\.ts$/u,
    replacement: `${root}packages/source-host/src/testing/built-child-program.ts`,
  },
  { find: /^.*\/worker-url\.ts$/u, replacement: `${root}packages/store/src/test-support/built-worker-url.ts` },
];
const usesBuilt = process.env["ARGUS_TESTS_USE_BUILT"] === "yes";
const resolve = { conditions: ["@argus/source"], alias: usesBuilt ? BUILT : [] };
// Vitest hands workspace packages to Node itself unless told otherwise; Node would then want their built files.
const ssr = { resolve: { conditions: ["@argus/source", "node", "default"] } };

/** Tests that may share a process: they start none and no database, keep nothing, and do not measure their memory. */
const LIGHT = [
  "packages/{client,core,source-sdk,streams}/src/**/*.test.ts",
  "packages/http-api/src/**/!(exports*|validated|readme).test.ts",
  "packages/source-host/src/{,installed/,process/,wire/}!(discovery|hostile-sources|process-*|installer|source-http).test.ts",
  "packages/store/src/{cursor,fold,location,memo,{index,search,tiles,sqlite/worker}/!(text-column|*.properties)}.test.ts",
  "packages/store/src/postgres/{copy-text,postgres-errors,server-address,transaction}.test.ts",
  "packages/create-argus-source/src/{ranges,request}.test.ts",
  "apps/server/src/{,db/,sources/}!(server|leave).test.ts",
  "apps/web/src/**/*.test.{ts,tsx}",
  "sources/*/src/**/*.test.ts",
];

export default defineConfig({
  root,
  test: {
    // Every core: by default one is left free, and of two that is half.
    maxWorkers: "100%",
    projects: [
      {
        root,
        resolve,
        ssr,
        test: {
          name: "unit",
          include: ["{packages,apps}/*/src/**/*.test.{ts,tsx}", ".ci/*.test.ts"],
          exclude: LIGHT,
          // Real databases and their threads, on a machine that may be busy.
          testTimeout: 30_000,
          hookTimeout: 30_000,
          typecheck: { enabled: false },
        },
      },
      {
        root,
        resolve,
        ssr,
        test: {
          name: "unit-light",
          include: LIGHT,
          // Many small files that keep nothing, and load the same packages again and again.
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        root,
        resolve,
        ssr,
        test: {
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        root,
        resolve,
        ssr,
        test: {
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
