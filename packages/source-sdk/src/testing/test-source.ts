import assert from "node:assert/strict";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";

import { bboxContains, isArgusError, type ListedCamera, SourceManifest } from "@argus/core";

import { isDeclared } from "../host-list.ts";
import type { Source } from "../source.ts";
import { checkPictures } from "./check-origin.ts";
import { type Fault, serveFixtures } from "./fixture-server.ts";
import { checkResolve } from "./check-resolve.ts";
import { runSource, type RunResult } from "./run-source.ts";
import { runOptions, scrapeFixtures, type TestSourceOptions } from "./with-fixtures.ts";

/** A scrape that has not ended this long after it was cancelled ignores its signal. */
const CANCEL_DEADLINE_MS = 5000;
const MAX_SHOWN = 4000;
const PLACEHOLDER = /^(?:[^\p{L}\p{N}]*|to-?do\b.*|tbd)$/iu;

/** The contract every source keeps, as tests of the given runner. The README says what each one protects. */
export function testSource(source: Source, kit: TestSourceOptions): void {
  const { describe, it } = kit;
  describe(`the contract of source ${source.id}`, () => {
    it("has a complete manifest, and declares its origin's host", async () => checkManifest(source));
    it("emits valid cameras with credits, and asks for every fixture and nothing else", () =>
      checkCameras(source, kit));
    it("places its cameras inside its areas", () => checkPlaces(source, kit));
    it("gives the same unique ids in a second run", () => checkIds(source, kit));
    it("ends with the signal's reason when it was cancelled before it began", () => checkCancelledBefore(source, kit));
    if (kit.fixtures.length > 0) registerFaults(source, kit);
    if (source.resolve !== undefined || kit.resolve !== undefined)
      it("tells where a camera's pictures are when it is viewed", () => checkResolve(source, kit));
    if (source.openOrigin !== undefined)
      it("its own origin shows the cameras, and closes", () => checkOrigin(source, kit));
  });
}

function registerFaults(source: Source, kit: TestSourceOptions): void {
  const { it } = kit;
  it("ends promptly with the signal's reason when it is cancelled during a request", () => checkCancelled(source, kit));
  it("waits and asks again when the origin answers 429 with Retry-After", () => checkBusy(source, kit));
  it("fails when the origin answers 500 for ever", () => checkFails(source, kit, "failing"));
  it("fails when the origin's answers are malformed", () => checkFails(source, kit, "malformed"));
  it("fails when the origin's answers are cut short", () => checkFails(source, kit, "truncated"));
  it("does not call an empty list complete", () => checkEmpty(source, kit));
}

function checkManifest(source: Source): void {
  SourceManifest.parse(source);
  const { name, description, attribution, licence } = source;
  for (const [field, text] of Object.entries({ name, description, attribution, licence }))
    assert.ok(text.trim() !== "" && !PLACEHOLDER.test(text), `${field} says nothing: ${JSON.stringify(text)}`);
  assert.ok(!/^unknown$/iu.test(attribution.trim()), "attribution must name whose cameras they are");
  if (source.openOrigin !== undefined) return;
  const origin = new URL(source.options.parse({}).base_url);
  assert.ok(isDeclared(origin, source.hosts), `hosts lacks "${origin.hostname}", where base_url points by default`);
}

async function checkCameras(source: Source, kit: TestSourceOptions): Promise<void> {
  const { cameras, rejected } = await scrapeFixtures(source, kit);
  const stated = kit.fixtures.reduce((sum, fixture) => sum + (fixture.rejected ?? 0), 0);
  assert.equal(
    rejected.length,
    stated,
    `the fixtures state ${stated} rejected cameras, these were: ${JSON.stringify(rejected).slice(0, MAX_SHOWN)}`,
  );
  assert.ok(cameras.length > 0, "it emitted no camera");
  for (const camera of cameras)
    assert.ok(camera.attribution !== "" && camera.licence !== "", `${camera.id} lacks its credits`);
}

async function checkPlaces(source: Source, kit: TestSourceOptions): Promise<void> {
  const { cameras } = await scrapeFixtures(source, kit);
  const outside = cameras.filter((camera) => !isInside(source, camera));
  assert.deepEqual(
    outside.map(({ id, lat, lon }) => ({ id, lat, lon })),
    [],
    "these lie outside the manifest's areas; give positionOf the same areas, and their places become unknown",
  );
}

function isInside({ areas }: Source, { lat, lon }: ListedCamera): boolean {
  if (lat === null || lon === null || areas.length === 0) return true;
  return areas.some((area) => bboxContains(area, { lat, lon }));
}

async function checkIds(source: Source, kit: TestSourceOptions): Promise<void> {
  const [first, second] = [await scrapeFixtures(source, kit), await scrapeFixtures(source, kit)].map(idsOf);
  assert.deepEqual(second, first, "the second run gave other ids: take the origin's own, or stableId(…) of what stays");
  assert.equal(new Set(first).size, first?.length, "an id was given twice");
}

function idsOf({ cameras }: RunResult): string[] {
  return cameras.map(({ id }) => id).toSorted();
}

async function checkCancelledBefore(source: Source, kit: TestSourceOptions): Promise<void> {
  const reason = new Error("cancelled by the test");
  await using server = await serveFixtures(kit.fixtures);
  const scrape = runSource(source, { ...runOptions(kit, server.url), signal: AbortSignal.abort(reason) });
  await assert.rejects(scrape, (error) => error === reason, "it did not end with the signal's reason");
  assert.deepEqual(server.requests, [], "it asked the origin although it was cancelled");
}

async function checkCancelled(source: Source, kit: TestSourceOptions): Promise<void> {
  const controller = new AbortController();
  const reason = new Error("cancelled by the test");
  await using server = await serveFixtures(kit.fixtures, { fault: "hanging" });
  const arrived = server.nextRequest();
  const scrape = runSource(source, { ...runOptions(kit, server.url), signal: controller.signal });
  const ended = assert.rejects(scrape, (error) => error === reason, "it did not end with the signal's reason");
  const { socket } = await Promise.race([arrived, ended.then(() => assert.fail("it ended without a request"))]);
  const hungUp = once(socket, "close");
  controller.abort(reason);
  await within(CANCEL_DEADLINE_MS, Promise.all([ended, hungUp]), "it goes on after it was cancelled");
}

async function checkBusy(source: Source, kit: TestSourceOptions): Promise<void> {
  const busy = await scrapeFixtures(source, kit, "busy-once");
  assert.deepEqual(idsOf(busy), idsOf(await scrapeFixtures(source, kit)), "it lists other cameras after a 429");
}

async function checkFails(source: Source, kit: TestSourceOptions, fault: Fault): Promise<void> {
  await using server = await serveFixtures(kit.fixtures, { fault });
  const scrape = runSource(source, runOptions(kit, server.url));
  await assert.rejects(scrape, isArgusError, "it must fail with an ArgusError, which says what to do");
}

async function checkEmpty(source: Source, kit: TestSourceOptions): Promise<void> {
  await using server = await serveFixtures(kit.fixtures, { fault: "empty" });
  const ending = await runSource(source, runOptions(kit, server.url)).catch((error: unknown) => error);
  if (ending instanceof Error) return;
  const { partial } = ending as RunResult;
  assert.notDeepEqual(partial, [], "an empty list ended complete, which would mark every camera gone");
}

async function checkOrigin(source: Source, kit: TestSourceOptions): Promise<void> {
  const { cameras } = await scrapeFixtures(source, kit);
  const origin = source.openOrigin?.(source.options.parse(kit.options ?? {}));
  assert.ok(origin, "openOrigin returned nothing");
  try {
    await checkPictures(origin, cameras);
  } finally {
    await within(CANCEL_DEADLINE_MS, origin[Symbol.asyncDispose](), "its origin does not close");
  }
}

async function within(ms: number, work: PromiseLike<unknown>, problem: string): Promise<void> {
  const timer = new AbortController();
  const deadline = wait(ms, undefined, { signal: timer.signal }).then(
    () => assert.fail(`${problem} (waited ${ms} ms)`),
    () => undefined,
  );
  try {
    await Promise.race([work, deadline]);
  } finally {
    timer.abort();
  }
}
