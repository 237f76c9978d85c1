export type { Fixture } from "./fixtures.ts";
export { type Fault, type FixtureServer, serveFixtures } from "./fixture-server.ts";
export { runSource, type RunOptions, type RunResult } from "./run-source.ts";
export { testSource, type TestSourceOptions } from "./test-source.ts";
