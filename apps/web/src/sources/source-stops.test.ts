import type { Scrape } from "@argus/core";
import { signal } from "@preact/signals";
import { expect, it, vi } from "vitest";

import { SourceStops } from "./source-stops.ts";

const running = (...ids: string[]) =>
  ({ id: "s1", state: "running", sources: ids.map((id) => ({ source_id: id, state: "running" })) }) as Scrape;

it("stops one source, once, until the scrape tells that it is read no more", async () => {
  const current = signal<Scrape | null>(running("slow", "other"));
  const answer = Promise.withResolvers<Scrape>();
  const cancelScrape = vi.fn(() => answer.promise);
  const stops = new SourceStops({ cancelScrape }, current);
  const stopped = stops.stop("slow");
  await stops.stop("slow");
  expect(cancelScrape.mock.calls).toEqual([[{ source: "slow", signal: expect.any(AbortSignal) }]]);
  answer.resolve(running("other"));
  await stopped;
  expect([stops.isStopping("slow"), stops.isStopping("other")]).toEqual([true, false]);
  current.value = running("other");
  expect(stops.isStopping("slow")).toBe(false);
  stops.dispose();
});

it("says why a source was not stopped, unless it has ended by itself, and can be asked again", async () => {
  const current = signal<Scrape | null>(running("slow", "quick"));
  const cancelScrape = vi.fn(async () => Promise.reject(new Error("no answer")));
  const stops = new SourceStops({ cancelScrape }, current);
  await stops.stop("slow");
  expect([stops.isStopping("slow"), stops.problemOf("slow")?.message]).toEqual([false, "No answer."]);
  const again = stops.stop("slow");
  const late = stops.stop("quick");
  expect(stops.problemOf("slow")).toBeNull();
  current.value = running("slow");
  await Promise.all([again, late]);
  expect([stops.problemOf("slow")?.message, stops.problemOf("quick")]).toEqual(["No answer.", null]);
  stops.dispose();
});
