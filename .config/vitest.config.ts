import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));
const resolve = { conditions: ["@argus/source"] };
// Vitest hands workspace packages to Node itself unless told otherwise; Node would then want their built files.
const ssr = { resolve: { conditions: ["@argus/source", "node", "default"] } };

/** Tests that may share a process. */
const LIGHT = [
  "packages/{client,core,source-sdk}/src/**/*.test.ts",
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
