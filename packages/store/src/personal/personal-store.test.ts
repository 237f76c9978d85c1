import { afterAll, describe, expect, it } from "vitest";

import { CameraStore, openStore } from "../camera-store.ts";
import { sample } from "../testing/sample.ts";
import { TempFolder } from "../test-support/temp-folder.ts";

const folder = new TempFolder();
afterAll(() => folder[Symbol.dispose]());

const FILE = "id,name,url,lat,lon\n1,Quay,https://x.org/1.jpg,54.3,10.1\n2,Lock,https://x.org/2.jpg,,\n";

describe("personal things in a store", () => {
  it("that were kept before it was connected are in the database afterwards, beside what was there", async () => {
    const url = folder.file();
    await using earlier = await openStore({ url });
    await earlier.upsert([sample("a:1"), sample("a:2")]);
    await earlier.personal.favourites.add("a:1");
    await earlier.personal.notes.put("a:1", "there");
    await earlier.close();
    await using store = new CameraStore({ url });
    await store.upsert([sample("a:1"), sample("a:2")]);
    await store.personal.favourites.add("a:2");
    await store.personal.notes.put("a:1", "before");
    const set = { enabled: true, options: {}, notice_accepted_at: null, notice_hash: null, held: null };
    const settings = await store.sourceSettings.put("a", set);
    await store.connect();
    expect(await store.sourceSettings.list()).toEqual([settings]);
    expect((await store.personal.favourites.list()).favourites.map(({ camera_id }) => camera_id)).toEqual([
      "a:1",
      "a:2",
    ]);
    expect((await store.personal.notes.get("a:1"))?.text.split("\n\n").toSorted()).toEqual(["before", "there"]);
  });

  it("survive a rescrape, cameras that go, and a restart, and filter at once", async () => {
    const url = folder.file();
    const open = () => openStore({ url });
    let id = "";
    {
      await using store = await open();
      await store.upsert([sample("a:1"), sample("a:2"), sample("a:3")]);
      await store.personal.favourites.add("a:1");
      ({ id } = await store.personal.collections.create({ name: "Bridges" }));
      await store.personal.collections.add(id, ["a:1", "a:2"]);
      await store.upsert([sample("a:1", { name: "renamed" }), sample("a:3")]);
      await store.markGone("a", new Set(["a:1", "a:3"]));
    }
    await using store = await open();
    const ids = async (filter: Parameters<typeof store.page>[0]): Promise<string[]> =>
      (await store.page(filter)).cameras.map((camera) => camera.id);
    expect(await ids({ favourite: "yes" })).toEqual(["a:1"]);
    expect(await ids({ collection: [id] })).toEqual(["a:1"]);
    expect(await ids({ collection: [id], gone: "any" })).toEqual(["a:1", "a:2"]);
    expect(await ids({ collection: [id], q: "renamed" })).toEqual(["a:1"]);
    await store.personal.favourites.add("a:3");
    expect(await ids({ favourite: "yes" })).toEqual(["a:1", "a:3"]);
    await store.personal.favourites.remove("a:1");
    expect(await ids({ favourite: "yes" })).toEqual(["a:3"]);
  });
});

describe("an import into a store", () => {
  it.each([undefined, "a file"])("stores what was previewed, and finds it again (%s)", async (place) => {
    await using store = place === undefined ? new CameraStore() : await openStore({ url: folder.file() });
    const preview = await store.imports.preview(FILE);
    expect([preview.new, store.size]).toEqual([2, 0]);
    expect(await store.imports.store(FILE, {}, preview)).toEqual({ new: 2, changed: 0, unchanged: 0, skipped: 0 });
    expect(await store.get("own:1")).toMatchObject({ name: "Quay", source_id: "own", gone_at: null });
    expect(await store.imports.preview(FILE)).toMatchObject({ new: 0, changed: 0, unchanged: 2 });
    expect(await store.retire(["own:2"])).toBe(1);
    const changed = FILE.replace("Quay", "Old quay");
    const again = await store.imports.preview(changed);
    expect(again).toMatchObject({ new: 0, changed: 2, unchanged: 0 });
    expect(await store.imports.store(changed, {}, again)).toEqual({ new: 0, changed: 2, unchanged: 0, skipped: 0 });
    expect((await store.page({ source: ["own"] })).total).toBe(2);
  });
});
