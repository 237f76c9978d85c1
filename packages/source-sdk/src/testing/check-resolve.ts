import assert from "node:assert/strict";

import { isArgusError } from "@argus/core";

import { refusalOf } from "../refusal.ts";
import type { ResolvableCamera } from "../resolve.ts";
import type { Source } from "../source.ts";
import { serveFixtures } from "./fixture-server.ts";
import { resolveCamera } from "./run-source.ts";
import { runOptions, scrapeFixtures, type TestSourceOptions, withFixtures } from "./with-fixtures.ts";

/** Views one camera: the source tells where its pictures are, and fails as it should when the origin does. */
export async function checkResolve(source: Source, kit: TestSourceOptions): Promise<void> {
  const { resolve } = kit;
  assert.ok(resolve, "it has a resolve, which is to be tested too: give testSource resolve: { id, fixtures }");
  const { cameras } = await scrapeFixtures(source, kit);
  const camera = cameras.find(({ id }) => id === `${source.id}:${resolve.id}`);
  assert.ok(camera, `it emitted no camera "${resolve.id}"`);
  const { source_id: _, ...rest } = camera;
  const viewed: ResolvableCamera = { ...rest, id: resolve.id };
  const ask = (url: string) => resolveCamera(source, viewed, runOptions(kit, url));
  const urls = await withFixtures(resolve.fixtures, "none", ask);
  const refusal = refusalOf(
    { ...urls, id: resolve.id },
    { sourceId: source.id, isForNow: true, isOpened: ({ hostname }) => hostname === "127.0.0.1" },
  );
  assert.equal(refusal, null, `it resolved to what no camera may have: ${refusal ?? ""}`);
  await using failing = await serveFixtures(resolve.fixtures, { fault: "failing" });
  await assert.rejects(ask(failing.url), isArgusError, "it must fail with an ArgusError when the origin answers 500");
}
