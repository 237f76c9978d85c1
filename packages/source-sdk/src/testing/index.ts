export type { Fixture } from "./fixtures.ts";
export { type Fault, type FixtureServer, serveFixtures } from "./fixture-server.ts";
export { recordFixture, type RecordOptions, type Recording } from "./record-fixture.ts";
export { resolveCamera, runSource, type RunOptions, type RunResult } from "./run-source.ts";
export { testSource } from "./test-source.ts";
export type { TestSourceOptions } from "./with-fixtures.ts";
