import type { Camera } from "@argus/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type ArgusProcess, serve } from "../support/argus-process.ts";
import { haveCamdata, readCaltrans, readJamCamPlaces, readOpenTrafficCamMap } from "../support/camdata.ts";
import { openOrigin, type Origin } from "../support/origin.ts";
import { makeScratch, type Scratch } from "../support/scratch.ts";
import { scrapeToEnd } from "../support/scrape-end.ts";
import { writeSettings } from "../support/settings.ts";

const SOURCES = ["open-traffic-cam-map", "tfl-jamcam"];
const CALTRANS = {
  id: "caltrans",
  url: "caltrans.geojson",
  title: "Caltrans",
  attribution: "Caltrans",
  region: "California",
  columns: { id: ["id"], name: ["name"], image: "feedUrl", video: "streamUrl", city: "city" },
};
const LONDON = [-0.52, 51.28, 0.34, 51.7] as const;

if (!haveCamdata) console.warn("SKIPPED: real cameras, for ../shared/camdata is not here");

describe.skipIf(!haveCamdata)(
  "7,000 real cameras through the running server (skipped without ../shared/camdata)",
  () => {
    let scratch: Scratch;
    let origin: Origin;
    let argus: ArgusProcess;

    beforeAll(async () => {
      scratch = await makeScratch("real");
      origin = await openOrigin({
        "/otc/cameras/USA.json": await readOpenTrafficCamMap(),
        "/tfl/Place/Type/JamCam": JSON.stringify(await readJamCamPlaces()),
        "/caltrans.geojson": await readCaltrans(),
      });
      await writeSettings(scratch.path, {
        sources: {
          "open-traffic-cam-map": { base_url: `${origin.url}/otc` },
          "tfl-jamcam": { base_url: `${origin.url}/tfl` },
          "geojson-url": { base_url: origin.url, lists: [CALTRANS] },
        },
      });
      argus = await serve({ home: scratch.path });
    });

    afterAll(async () => {
      await argus?.[Symbol.asyncDispose]();
      await origin?.[Symbol.asyncDispose]();
      await scratch?.[Symbol.asyncDispose]();
    });

    it("stores more than 7,000, all of them new", async () => {
      const scrape = await scrapeToEnd(argus.client, SOURCES);
      expect(scrape.sources.map(({ source_id, state, rejections }) => ({ source_id, state, rejections }))).toEqual(
        SOURCES.map((source_id) => ({ source_id, state: "complete", rejections: [] })),
      );
      const stored = scrape.sources.reduce((sum, source) => sum + source.new, 0);
      expect(stored).toBeGreaterThan(7000);
      expect((await argus.client.health()).store.cameras).toBe(stored);
    });

    it("knows them all at the second scrape", async () => {
      const scrape = await scrapeToEnd(argus.client, SOURCES);
      const sum = (key: "new" | "changed" | "gone") => scrape.sources.reduce((total, source) => total + source[key], 0);
      expect({ new: sum("new"), changed: sum("changed"), gone: sum("gone") }).toEqual({ new: 0, changed: 0, gone: 0 });
    });

    it("finds them by filter", async () => {
      const { cameras, total } = await argus.client.cameras({
        source: ["open-traffic-cam-map"],
        region: ["Alabama"],
        kind: ["hls"],
        limit: 1000,
      });
      expect(total).toBeGreaterThan(100);
      expect(cameras.every((camera) => camera.region === "Alabama" && camera.stream_kind === "hls")).toBe(true);
      const found = await argus.client.cameras({ q: "piccadilly circus" });
      expect(found.cameras.map((camera) => camera.source_id)).toContain("tfl-jamcam");
    });

    it("finds London's by bbox and by distance, nearest first", async () => {
      const boxed = await argus.client.cameras({ bbox: [...LONDON], limit: 1000 });
      expect(boxed.total).toBeGreaterThan(700);
      expect(new Set(boxed.cameras.map((camera) => camera.source_id))).toEqual(new Set(["tfl-jamcam"]));
      const near = await argus.client.cameras({ near: { lon: -0.1346, lat: 51.51, km: 1 }, sort: "distance" });
      expect(near.total).toBeGreaterThan(0);
      expect(near.cameras[0]?.lat).toBeCloseTo(51.51, 1);
    });

    it("pages through all of them, each once and in order", async () => {
      const seen: Camera[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof argus.client.cameras>> = await argus.client.cameras({
          sort: "name",
          limit: 1000,
          ...(cursor !== null && { cursor }),
        });
        seen.push(...page.cameras);
        cursor = page.next_cursor;
      } while (cursor !== null);
      const { total } = await argus.client.cameras({ limit: 1 });
      expect(seen.length).toBe(total);
      expect(new Set(seen.map((camera) => camera.id)).size).toBe(total);
    });

    it("counts the same in facets, pages and every export", async () => {
      const { total } = await argus.client.cameras({ limit: 1 });
      const facets = await argus.client.facets({});
      expect(facets.source.reduce((sum, { count }) => sum + count, 0)).toBe(total);
      const body = async (format: "geojson" | "csv" | "kml" | "ndjson") =>
        (await fetch(new URL(`/api/cameras.${format}`, argus.url))).text();
      expect((JSON.parse(await body("geojson")) as { features: unknown[] }).features).toHaveLength(total);
      expect((await body("ndjson")).trimEnd().split("\n")).toHaveLength(total);
      expect((await body("kml")).match(/<Placemark\b/gu)).toHaveLength(total);
      expect((await body("csv")).trimEnd().split("\r\n")).toHaveLength(total + 1);
    });

    it("keeps them over a restart", async () => {
      const before = (await argus.client.health()).store.cameras;
      expect(await argus.stop()).toBe(0);
      argus = await serve({ home: scratch.path });
      expect((await argus.client.health()).store.cameras).toBe(before);
      expect((await argus.client.scrapes(10)).map((scrape) => scrape.state)).toEqual(["complete", "complete"]);
    });

    it("asked each origin once per scrape", () => {
      expect(origin.requests.toSorted()).toEqual([
        "/otc/cameras/USA.json",
        "/otc/cameras/USA.json",
        "/tfl/Place/Type/JamCam",
        "/tfl/Place/Type/JamCam",
      ]);
    });

    it("shows what two lists have once, with both credits, and keeps both", async () => {
      const { sources } = await scrapeToEnd(argus.client, ["geojson-url"]);
      const added = sources[0]?.new ?? 0;
      expect(added).toBeGreaterThan(2600);
      const all = await argus.client.cameras({ limit: 1 });
      const shown = async () => (await argus.client.cameras({ limit: 1, duplicates: "hide" })).total;
      await expect.poll(shown, { timeout: 60_000 }).toBeLessThan(all.total - 2000);
      expect(await shown()).toBeGreaterThan(all.total - added);
      const { cameras } = await argus.client.cameras({ source: ["geojson-url"], limit: 1000 });
      const hidden = cameras.filter(({ duplicate_of }) => duplicate_of !== null);
      expect(hidden.length).toBeGreaterThan(500);
      const [other] = await argus.client.duplicates(hidden[0]?.id ?? "");
      expect(other).toMatchObject({ source_id: "open-traffic-cam-map", duplicate_of: null });
      expect((await argus.client.duplicates(other?.id ?? "")).map(({ id }) => id)).toContain(hidden[0]?.id);
    });
  },
);
