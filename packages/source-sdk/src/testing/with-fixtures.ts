import assert from "node:assert/strict";

import type { Source } from "../source.ts";
import { type Fault, serveFixtures } from "./fixture-server.ts";
import { type Fixture, nameOfFixture } from "./fixtures.ts";
import { runSource, type RunOptions, type RunResult } from "./run-source.ts";

export type TestSourceOptions = Pick<RunOptions, "options" | "env"> & {
  /** The test runner's own; node:test, vitest, jest and mocha all fit. */
  describe: (name: string, body: () => void) => unknown;
  it: (name: string, body: () => Promise<void>) => unknown;
  /** The origin's answers. None for a source that lists its cameras without any. */
  fixtures: readonly Fixture[];
  /** For a source with `resolve`: one of its cameras (the origin's own id), and what the origin answers when it is viewed. */
  resolve?: { id: string; fixtures: readonly Fixture[] };
};

/** A scrape of the fixtures from beginning to end. */
export async function scrapeFixtures(
  source: Source,
  kit: TestSourceOptions,
  fault: Fault = "none",
): Promise<RunResult> {
  return await withFixtures(kit.fixtures, fault, (url) => runSource(source, runOptions(kit, url)));
}

/** Does something with a server of the fixtures; then everything asked for had a fixture, and every fixture was asked for. */
export async function withFixtures<Result>(
  fixtures: readonly Fixture[],
  fault: Fault,
  act: (url: string) => Promise<Result>,
): Promise<Result> {
  await using server = await serveFixtures(fixtures, { fault });
  const checkForeign = (): void =>
    assert.deepEqual(
      server.foreign,
      [],
      "these requests did not come from ctx.http, and nothing else of a source reaches the network: ask with ctx.http",
    );
  const result = await act(server.url).catch((error: unknown) => {
    checkForeign();
    // Requests without a fixture are why it failed, more often than not.
    assert.deepEqual(server.unmatched, [], `no fixture answers these requests, and it failed: ${String(error)}`);
    throw error;
  });
  checkForeign();
  assert.deepEqual(server.unmatched, [], "no fixture answers these requests");
  assert.deepEqual(server.unused().map(nameOfFixture), [], "nothing asked for these fixtures");
  return result;
}

/** What a source is run with against a server of its fixtures. */
export function runOptions(kit: TestSourceOptions, url: string): RunOptions {
  const origin = kit.fixtures.length > 0 ? { base_url: url } : {};
  return { options: { ...origin, ...kit.options }, env: kit.env ?? {}, rerouteTo: url };
}
