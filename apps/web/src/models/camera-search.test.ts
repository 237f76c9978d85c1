import { writeCameraParams } from "@argus/client";
import { readCameraParams } from "@argus/core";
import { effect } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { CameraSearch, filterOf, NOTHING, withoutDuplicates } from "./camera-search.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("filterOf", () => {
  it("leaves out what selects everything, so that no search is the empty filter", () => {
    expect(filterOf("   ", NOTHING, { favourite: false, bbox: null })).toEqual({});
  });

  it("makes parameters that the server reads back", () => {
    const filter = filterOf(
      ` ${"Ö&= ".repeat(100)}`,
      {
        source: ["demo"],
        country: ["GB", "FR"],
        kind: ["mjpeg"],
        collection: ["3f7c2f0e-53a4-4c0e-9d3b-0b1b7a2c9d10"],
      },
      { favourite: true, bbox: [170, -10, -170, 10] },
    );
    expect(readCameraParams(writeCameraParams(filter))).toEqual({ ...filter, q: filter.q?.trim() });
  });
});

describe("CameraSearch", () => {
  it("waits until typing rests, and looks once", () => {
    const search = new CameraSearch();
    const seen: unknown[] = [];
    const stop = effect(() => void seen.push(search.filter.value.q));
    for (const text of ["b", "br", "bridge"]) {
      search.text.value = text;
      vi.advanceTimersByTime(200);
    }
    vi.advanceTimersByTime(100);
    expect(seen).toEqual([undefined, "bridge"]);
    search.text.value = "";
    vi.advanceTimersByTime(0);
    expect(seen).toEqual([undefined, "bridge", undefined]);
    stop();
    search.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("narrows the list to the map's view only when asked, and the map never", () => {
    const search = new CameraSearch();
    search.view.value = [0, 50, 1, 51];
    expect(search.listFilter.value).toEqual({ duplicates: "hide" });
    search.inView.value = true;
    expect(search.listFilter.value).toEqual({ bbox: [0, 50, 1, 51], duplicates: "hide" });
    expect(search.filter.value).toEqual({ duplicates: "hide" });
    expect(search.active.value).toBe(true);
    search.dispose();
  });

  it("lists one place's cameras instead of the map's view, and the map goes on showing all", () => {
    const search = new CameraSearch();
    search.showsDuplicates.value = true;
    search.view.value = [0, 50, 1, 51];
    search.narrowTo(null, true);
    search.narrowTo([2, 3, 4, 5]);
    expect(search.listFilter.value).toEqual({ bbox: [2, 3, 4, 5] });
    expect(search.inView.value).toBe(false);
    expect(search.filter.value).toEqual({});
    expect(search.active.value).toBe(true);
    search.narrowTo(null, true);
    expect(search.listFilter.value).toEqual({ bbox: [0, 50, 1, 51] });
    search.clear();
    expect(search.listFilter.value).toEqual({});
    search.dispose();
  });

  it("shows favourites and collections in the list and on the map, and forgets a collection that is no more", () => {
    const search = new CameraSearch();
    search.favourite.value = true;
    search.toggle("collection", "a");
    search.toggle("collection", "b");
    expect(search.filter.value).toEqual({ favourite: "yes", collection: ["a", "b"] });
    search.forget("collection", (id) => id === "b");
    expect(search.listFilter.value).toEqual({ favourite: "yes", collection: ["b"] });
    search.clear();
    expect(search.active.value).toBe(false);
    search.dispose();
  });

  it("shows each view once, but everything when asked, and what somebody kept, named, or seeks in one source", () => {
    const search = new CameraSearch();
    expect(search.filter.value).toEqual({ duplicates: "hide" });
    expect(search.active.value).toBe(false);
    search.showsDuplicates.value = true;
    expect([search.filter.value, search.listFilter.value]).toEqual([{}, {}]);
    search.dispose();
    const hides = [{ q: "bridge" }, { source: ["a", "b"] }];
    const shows = [{ q: "tfl-jamcam:7" }, { favourite: "yes" as const }, { collection: ["x"] }, { source: ["a"] }];
    expect(hides.map((filter) => withoutDuplicates(filter).duplicates)).toEqual(["hide", "hide"]);
    expect(shows.map((filter) => withoutDuplicates(filter))).toEqual(shows);
  });

  it("counts a facet of one source's cameras as if none were chosen", () => {
    const search = new CameraSearch();
    search.toggle("source", "a");
    expect(search.listFilter.value).toEqual({ source: ["a"] });
    expect(search.filterWithout("source")).toEqual({ duplicates: "hide" });
    search.dispose();
  });

  it("counts a facet under every other choice, so that a second value of it can be chosen", () => {
    const search = new CameraSearch();
    search.toggle("country", "GB");
    search.toggle("kind", "jpeg");
    expect(search.filterWithout("country")).toEqual({ kind: ["jpeg"], duplicates: "hide" });
    search.toggle("country", "GB");
    expect(search.listFilter.value).toEqual({ kind: ["jpeg"], duplicates: "hide" });
    search.clear();
    expect(search.active.value).toBe(false);
    search.dispose();
  });
});
