import { type Camera, type ListedCamera, PersonalData, type WallInput } from "@argus/core";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { listingHash } from "../hash.ts";
import { CameraImports } from "../import/camera-imports.ts";
import { compareWithEngine } from "../import/compare-with-engine.ts";
import { Personal } from "../personal/personal.ts";
import { rowValues } from "../row-values.ts";
import type { StoreEngine } from "../store-engine.ts";
import { sample, TestClock } from "../testing/sample.ts";

const NOBODY = "00000000-0000-4000-8000-000000000000";
const PORTION = 1000;

type TestEngine = Pick<StoreEngine, "read" | "write" | "close">;

/** What personal things and imports do, whatever the engine; `makeEngine` opens one whose database is empty. */
export function describePersonal(name: string, makeEngine: () => Promise<TestEngine>): void {
  describe(`personal things ${name}`, () => {
    let engine: TestEngine;
    let personal: Personal;
    const clock = new TestClock();
    beforeEach(async () => {
      engine = await makeEngine();
      personal = new Personal(engine, clock.read);
      await insert(
        engine,
        ["a:1", "a:2", "a:3", "b:1", "b:東"].map((id) => sample(id)),
      );
    });
    afterEach(() => engine.close());

    describeFavourites(() => personal);
    describeNotes(() => personal, clock);
    describeCollections(() => personal, clock);
    describeWalls(() => personal, clock);
    describeFilter(
      () => personal,
      () => engine,
    );
    describeDocument(() => personal, clock);
    describeImports(() => engine);
  });
}

/** Puts cameras into the registry; `pk` goes by their place. */
async function insert(
  engine: TestEngine,
  cameras: readonly ListedCamera[],
  gone_at: string | null = null,
): Promise<void> {
  const times: Pick<Camera, "first_seen_at" | "last_seen_at" | "gone_at"> = {
    first_seen_at: "2026-11-20T00:00:00.000Z",
    last_seen_at: "2026-11-20T00:00:00.000Z",
    gone_at,
  };
  const { rows } = await engine.read("counting", async (db) => ({
    rows: await db.selectFrom("cameras").select("pk").execute(),
  }));
  await engine.write("inserting cameras", async (transaction) => {
    for (let from = 0; from < cameras.length; from += PORTION) {
      const portion = cameras.slice(from, from + PORTION);
      await transaction.insertCameras(
        portion.map((camera, at) => rowValues(camera, ownOf(camera, rows.length + from + at + 1), times)),
      );
    }
  });
}

function ownOf(camera: ListedCamera, pk: number): Parameters<typeof rowValues>[1] {
  return { pk, change_seq: 1, listing_hash: listingHash(camera) };
}

const code = (name: string, text = ""): object =>
  expect.objectContaining({ code: `ARGUS_${name}`, message: expect.stringContaining(text) });

function describeFavourites(personal: () => Personal): void {
  describe("favourites", () => {
    it("are added once, found, listed in parts, and removed", async () => {
      const { favourites } = personal();
      const first = await favourites.add("a:2");
      expect(await favourites.add("a:2")).toEqual(first);
      await favourites.add("b:東");
      await favourites.add("a:1");
      expect(await favourites.get("a:2")).toEqual(first);
      expect(await favourites.get("a:3")).toBeNull();
      expect(await favourites.has(["a:1", "a:3", "x:9"])).toEqual(new Set(["a:1"]));
      const part = await favourites.list({ limit: 2 });
      expect(part).toMatchObject({ favourites: [{ camera_id: "a:1" }, { camera_id: "a:2" }], total: 3, next: "a:2" });
      expect(await favourites.list({ after: "a:2" })).toMatchObject({
        favourites: [{ camera_id: "b:東" }],
        next: null,
      });
      expect([await favourites.remove("a:2"), await favourites.remove("a:2")]).toEqual([true, false]);
      expect((await favourites.list()).total).toBe(2);
    });

    it("refuse a camera that the registry never had, by name", async () => {
      await expect(personal().favourites.add("a:9")).rejects.toEqual(code("CAMERA_UNKNOWN", "a:9"));
    });
  });
}

function describeNotes(personal: () => Personal, clock: TestClock): void {
  describe("notes", () => {
    it("are written, replaced, listed in parts, and removed", async () => {
      const { notes } = personal();
      const first = await notes.put("a:1", "  By the lock.\n");
      expect(first).toEqual({ camera_id: "a:1", text: "By the lock.", updated_at: clock.iso });
      await notes.put("b:1", "Moved \u{1F4F7} 東");
      const second = await notes.put("a:1", "By the old lock.");
      expect(second.updated_at > first.updated_at).toBe(true);
      expect(await notes.get("a:1")).toEqual(second);
      expect(await notes.list({ limit: 1 })).toEqual({ notes: [second], total: 2, next: "a:1" });
      expect(await notes.list({ after: "a:1" })).toMatchObject({ notes: [{ text: "Moved \u{1F4F7} 東" }], next: null });
      expect([await notes.remove("a:1"), await notes.remove("a:1")]).toEqual([true, false]);
      expect(await notes.get("a:1")).toBeNull();
    });

    it("are not overwritten by somebody who has not read the last state", async () => {
      const { notes } = personal();
      const first = await notes.put("a:1", "one", { unchangedSince: null });
      await expect(notes.put("a:1", "two", { unchangedSince: null })).rejects.toEqual(code("PERSONAL_CONFLICT", "a:1"));
      const second = await notes.put("a:1", "two", { unchangedSince: first.updated_at });
      const stale = { unchangedSince: first.updated_at };
      await expect(notes.put("a:1", "three", stale)).rejects.toEqual(code("PERSONAL_CONFLICT", second.updated_at));
      await expect(notes.remove("a:1", stale)).rejects.toEqual(code("PERSONAL_CONFLICT"));
      expect(await notes.get("a:1")).toEqual(second);
      expect(await notes.put("a:1", "without asking")).toMatchObject({ text: "without asking" });
    });

    it("refuse unknown cameras, nothing, and too much", async () => {
      const { notes } = personal();
      await expect(notes.put("a:9", "x")).rejects.toEqual(code("CAMERA_UNKNOWN", "a:9"));
      await expect(notes.put("a:1", " \n")).rejects.toEqual(code("REQUEST_INVALID"));
      await expect(notes.put("a:1", "x".repeat(10_001))).rejects.toEqual(code("REQUEST_INVALID"));
    });
  });
}

function describeCollections(personal: () => Personal, clock: TestClock): void {
  describe("collections", () => {
    it("are made, found by name, renamed and removed", async () => {
      const { collections } = personal();
      const harbours = await collections.create({ name: " Häfen ", description: "by the sea" });
      expect(harbours).toMatchObject({
        name: "Häfen",
        description: "by the sea",
        camera_count: 0,
        created_at: clock.iso,
      });
      const bridges = await collections.create({ name: "bridges" });
      expect((await collections.list()).map(({ name }) => name)).toEqual(["bridges", "Häfen"]);
      const renamed = await collections.rename(bridges.id, { name: "Łocks", description: null });
      expect(renamed).toMatchObject({ id: bridges.id, name: "Łocks" });
      expect(await collections.get(bridges.id)).toEqual(renamed);
      expect((await collections.list()).map(({ name }) => name)).toEqual(["Häfen", "Łocks"]);
      await collections.remove(harbours.id);
      expect(await collections.get(harbours.id)).toBeNull();
      await expect(collections.remove(harbours.id)).rejects.toEqual(code("COLLECTION_UNKNOWN", harbours.id));
      await expect(collections.rename(NOBODY, { name: "x" })).rejects.toEqual(code("COLLECTION_UNKNOWN"));
    });

    it("have distinct names, whatever case and accents", async () => {
      const { collections } = personal();
      const one = await collections.create({ name: "Häfen" });
      await expect(collections.create({ name: "HAFEN" })).rejects.toEqual(code("COLLECTION_NAME_TAKEN", "Häfen"));
      const two = await collections.create({ name: "two" });
      await expect(collections.rename(two.id, { name: "hafen" })).rejects.toEqual(code("COLLECTION_NAME_TAKEN"));
      expect(await collections.rename(one.id, { name: "hafen" })).toMatchObject({ name: "hafen" });
      await expect(collections.create({ name: " " })).rejects.toEqual(code("REQUEST_INVALID", "name"));
    });

    it("count what goes in and comes out, and list it in parts", async () => {
      const { collections } = personal();
      const { id } = await collections.create({ name: "one" });
      const other = await collections.create({ name: "other" });
      await collections.add(other.id, ["a:1"]);
      const filled = await collections.change(id, { add: ["b:1", "a:1", "a:1", "a:2"], remove: ["a:2", "b:東"] });
      expect(filled).toMatchObject({ added: 3, removed: 1, collection: { camera_count: 2 } });
      expect([await collections.add(id, ["a:1", "a:3"]), await collections.removeCameras(id, ["b:1", "x:1"])]).toEqual([
        1, 1,
      ]);
      expect(await collections.get(id)).toMatchObject({ camera_count: 2 });
      expect(await collections.cameraIds(id)).toEqual({ camera_ids: ["a:1", "a:3"], total: 2, next: null });
      expect(await collections.cameraIds(id, { limit: 1 })).toMatchObject({ camera_ids: ["a:1"], next: "a:1" });
      expect(await collections.cameraIds(id, { after: "a:1" })).toMatchObject({ camera_ids: ["a:3"] });
      expect((await collections.of("a:1")).map(({ name }) => name)).toEqual(["one", "other"]);
      expect((await collections.of("a:3")).map(({ name }) => name)).toEqual(["one"]);
      await expect(collections.cameraIds(NOBODY)).rejects.toEqual(code("COLLECTION_UNKNOWN"));
    });

    it("take all cameras of a call or none", async () => {
      const { collections } = personal();
      const { id } = await collections.create({ name: "one" });
      await expect(collections.add(id, ["a:1", "a:8", "a:9"])).rejects.toEqual(code("CAMERA_UNKNOWN", '"a:8", "a:9"'));
      expect(await collections.get(id)).toMatchObject({ camera_count: 0 });
      expect((await collections.cameraIds(id)).camera_ids).toEqual([]);
    });
  });
}

function describeWalls(personal: () => Personal, clock: TestClock): void {
  describe("walls", () => {
    const input: WallInput = { name: "Morning", columns: 2, cells: ["a:1", null, "b:東"] };

    it("are saved, replaced, listed by name, and removed", async () => {
      const { walls } = personal();
      const wall = await walls.create(input);
      expect(wall).toEqual({ id: wall.id, ...input, created_at: clock.iso, updated_at: clock.iso });
      const other = await walls.create({ name: "evening", columns: 1, cells: [] });
      expect((await walls.list()).map(({ name }) => name)).toEqual(["evening", "Morning"]);
      const changed = await walls.put(wall.id, { ...input, cells: ["a:2"] });
      expect(await walls.get(wall.id)).toEqual(changed);
      expect(changed).toMatchObject({ cells: ["a:2"], created_at: wall.created_at });
      await walls.remove(other.id);
      expect(await walls.get(other.id)).toBeNull();
      await expect(walls.put(other.id, input)).rejects.toEqual(code("WALL_UNKNOWN", other.id));
      await expect(walls.remove(other.id)).rejects.toEqual(code("WALL_UNKNOWN"));
    });

    it("are not overwritten by somebody who has not read the last state", async () => {
      const { walls } = personal();
      const first = await walls.create(input);
      const second = await walls.put(first.id, { ...input, columns: 3 }, { unchangedSince: first.updated_at });
      expect(second.updated_at > first.updated_at).toBe(true);
      const stale = { unchangedSince: first.updated_at };
      await expect(walls.put(first.id, input, stale)).rejects.toEqual(code("PERSONAL_CONFLICT", "Morning"));
      await expect(walls.remove(first.id, stale)).rejects.toEqual(code("PERSONAL_CONFLICT"));
      expect(await walls.get(first.id)).toEqual(second);
    });

    it("refuse unknown cameras and grids that are too large", async () => {
      const { walls } = personal();
      await expect(walls.create({ ...input, cells: ["a:9"] })).rejects.toEqual(code("CAMERA_UNKNOWN", "a:9"));
      await expect(walls.create({ ...input, columns: 13 })).rejects.toEqual(code("REQUEST_INVALID", "columns"));
      await expect(walls.create({ ...input, cells: Array(145).fill(null) })).rejects.toEqual(code("REQUEST_INVALID"));
      expect(await walls.list()).toEqual([]);
    });
  });
}

function describeFilter(personal: () => Personal, engine: () => TestEngine): void {
  it("filter the registry: either, both, or neither; gone cameras stay in", async () => {
    await insert(engine(), [sample("c:1")], "2026-11-20T00:00:00.000Z");
    const { favourites, collections } = personal();
    for (const id of ["a:1", "b:1", "c:1"]) await favourites.add(id);
    const [one, two] = [await collections.create({ name: "one" }), await collections.create({ name: "two" })];
    await collections.add(one.id, ["a:2", "b:1"]);
    await collections.add(two.id, ["b:1", "c:1"]);
    const pks = async (filter: Parameters<Personal["pksOf"]>[0]): Promise<number[] | null> => {
      const found = await personal().pksOf(filter);
      return found === null ? null : Array.from(found.toSorted());
    };
    expect(await pks({})).toBeNull();
    expect(await pks({ favourite: "yes" })).toEqual([1, 4, 6]);
    expect(await pks({ collection: [one.id, two.id] })).toEqual([2, 4, 6]);
    expect(await pks({ collection: [one.id], favourite: "yes" })).toEqual([4]);
    expect(await pks({ collection: [NOBODY] })).toEqual([]);
    await collections.removeCameras(two.id, ["b:1"]);
    expect(await pks({ collection: [two.id] })).toEqual([6]);
    await collections.remove(two.id);
    expect(await pks({ collection: [two.id] })).toEqual([]);
    await favourites.remove("a:1");
    expect(await pks({ favourite: "yes" })).toEqual([4, 6]);
    await new Personal(engine(), Date.now).favourites.add("a:3");
    expect(await pks({ favourite: "yes" })).toEqual([3, 4, 6]);
  });
}

function describeDocument(personal: () => Personal, clock: TestClock): void {
  const exported = async (): Promise<string> => {
    let text = "";
    for await (const piece of personal().export()) text += piece;
    return text;
  };
  const fill = async (): Promise<void> => {
    const { favourites, notes, collections, walls } = personal();
    await favourites.add("a:1");
    await favourites.add("b:東");
    await notes.put("a:1", 'By the "lock"\n東');
    const { id } = await collections.create({ name: "Häfen", description: "sea" });
    await collections.add(id, ["a:1", "a:2", "b:1"]);
    await collections.create({ name: "empty" });
    await walls.create({ name: "Morning", columns: 2, cells: ["a:1", null] });
  };
  const clear = async (): Promise<void> => {
    const { favourites, notes, collections, walls } = personal();
    for (const { camera_id } of (await favourites.list()).favourites) await favourites.remove(camera_id);
    for (const { camera_id } of (await notes.list()).notes) await notes.remove(camera_id);
    for (const { id } of await collections.list()) await collections.remove(id);
    for (const { id } of await walls.list()) await walls.remove(id);
  };

  describe("the document of all", () => {
    it("is valid when there is nothing, and when there is much", async () => {
      expect(PersonalData.parse(JSON.parse(await exported()))).toMatchObject({ favourites: [], walls: [] });
      await fill();
      const data = PersonalData.parse(JSON.parse(await exported()));
      expect(data).toMatchObject({
        version: 1,
        exported_at: clock.iso,
        notes: [{ text: 'By the "lock"\n東' }],
        collections: [
          { name: "empty", camera_ids: [] },
          { name: "Häfen", camera_ids: ["a:1", "a:2", "b:1"] },
        ],
      });
    });

    it("brings all of it back, and twice changes nothing", async () => {
      await fill();
      const document = await exported();
      await clear();
      const counts = { added: 1, updated: 0, kept: 0 };
      expect(await personal().merge(document)).toEqual({
        favourites: { ...counts, added: 2 },
        notes: counts,
        collections: { ...counts, added: 2 },
        walls: counts,
      });
      expect(await exported()).toBe(document);
      const again = { added: 0, updated: 0, kept: 1 };
      expect(await personal().merge(document)).toEqual({
        favourites: { ...again, kept: 2 },
        notes: again,
        collections: { ...again, kept: 2 },
        walls: again,
      });
      expect(await exported()).toBe(document);
    });

    it("loses nothing on either side when both have changed", async () => {
      await fill();
      const document = await exported();
      clock.pass();
      const { favourites, notes, collections, walls } = personal();
      await favourites.remove("a:1");
      await favourites.add("a:3");
      await notes.put("a:1", "Written since");
      const [empty, harbours] = await collections.list();
      await collections.remove(harbours!.id);
      const other = await collections.create({ name: "HAFEN" });
      await collections.add(other.id, ["a:3", "b:1"]);
      await collections.rename(empty!.id, { name: "Renamed" });
      const [wall] = await walls.list();
      await walls.put(wall!.id, { name: "Morning", columns: 3, cells: [] });
      expect(await personal().merge(document)).toMatchObject({
        favourites: { added: 1, kept: 1 },
        notes: { updated: 1 },
        collections: { updated: 1, kept: 1 },
        walls: { added: 1 },
      });
      expect(await notes.get("a:1")).toMatchObject({ text: 'Written since\n\nBy the "lock"\n東' });
      expect(await collections.list()).toMatchObject([{ name: "HAFEN", camera_count: 4 }, { name: "Renamed" }]);
      expect(await walls.list()).toMatchObject([{ columns: 3 }, { name: "Morning (imported)", columns: 2 }]);
      const after = await exported();
      await personal().merge(document);
      expect(await exported()).toBe(after);
    });

    it("keeps cameras that the registry does not have yet", async () => {
      const { favourites } = personal();
      const data = { format: "argus-personal", version: 1, exported_at: clock.iso };
      const favourite = { camera_id: "later:1", added_at: clock.iso };
      const lists = { favourites: [favourite], notes: [], collections: [], walls: [] };
      await personal().merge(JSON.stringify({ ...lists, ...data }));
      expect((await favourites.list()).favourites).toEqual([favourite]);
      expect(await personal().pksOf({ favourite: "yes" })).toEqual(new Uint32Array());
    });

    it.each([
      ["{}", "argus-personal"],
      ["[]", "argus-personal"],
      ["", "argus-personal"],
      ['{"format":"argus-personal","version":2}', "version 2"],
      ['{"format":"argus-personal","version":1', "JSON"],
      ['{"format":"argus-personal","version":1,"notes":[{"camera_id":"a:1"}]}', "notes.0"],
      ['{"format":"argus-personal","version":1,"favourites":[1]}', "favourites.0"],
    ])("is refused when it is %j, and then nothing is merged", async (document, told) => {
      await expect(personal().merge(document)).rejects.toEqual(code("PERSONAL_INVALID", told));
      await expect(personal().merge(Uint8Array.of(0xff, 0xfe))).rejects.toEqual(code("PERSONAL_INVALID", "UTF-8"));
    });

    it("of any JSON is merged or refused by name", async () => {
      const lists = fc.dictionary(fc.constantFrom("favourites", "notes", "collections", "walls", "x"), fc.jsonValue());
      await fc.assert(
        fc.asyncProperty(lists, async (value) => {
          const document = JSON.stringify({ ...value, format: "argus-personal", version: 1 });
          await personal()
            .merge(document)
            .catch((error: unknown) => expect(error).toEqual(code("PERSONAL_INVALID")));
        }),
        { numRuns: 50 },
      );
    });
  });
}

function describeImports(engine: () => TestEngine): void {
  describe("imports", () => {
    const file = "id,name,url,lat,lon\n1,One,https://x.org/1.jpg,1,2\n2,Two,https://x.org/2.jpg,,\n3,,x,,\n";
    const importsTo = (stored: ListedCamera[][]): CameraImports =>
      new CameraImports({
        compare: compareWithEngine(engine()),
        async upsert(cameras) {
          stored.push([...cameras]);
          await insert(engine(), cameras);
          return { new: cameras.length, changed: 0, unchanged: 0 };
        },
      });

    it("store what was previewed, and nothing before", async () => {
      const stored: ListedCamera[][] = [];
      const imports = importsTo(stored);
      const preview = await imports.preview(file);
      expect(preview).toMatchObject({ rows: 3, ready: 2, bad_rows: 1, new: 2, changed: 0, unchanged: 0 });
      expect(stored).toEqual([]);
      const { digest } = preview;
      await expect(imports.store(file, {}, { digest })).rejects.toEqual(code("IMPORT_BAD_ROWS", "1 row "));
      await expect(imports.store(`${file} `, {}, { digest, skipBad: true })).rejects.toEqual(code("IMPORT_DIGEST"));
      await expect(imports.store(file, { licence: "MIT" }, { digest, skipBad: true })).rejects.toEqual(
        code("IMPORT_DIGEST"),
      );
      expect(stored).toEqual([]);
      expect(await imports.store(file, {}, { digest, skipBad: true })).toEqual({
        new: 2,
        changed: 0,
        unchanged: 0,
        skipped: 1,
      });
      expect(stored).toEqual([preview.sample]);
    });

    it("tell what is stored already, what has changed, and what was gone", async () => {
      const imports = importsTo([]);
      const { sample: cameras } = await imports.preview(file);
      await insert(engine(), cameras);
      expect(await imports.preview(file)).toMatchObject({ new: 0, changed: 0, unchanged: 2 });
      expect(await imports.preview(file.replace("Two", "2"))).toMatchObject({ new: 0, changed: 1, unchanged: 1 });
      await engine().write("marking", async ({ db }) => {
        await db
          .updateTable("cameras")
          .set({ gone_at: "2026-11-21T00:00:00.000Z" })
          .where("id", "=", "own:1")
          .execute();
      });
      expect(await imports.preview(file)).toMatchObject({ new: 0, changed: 1, unchanged: 1 });
    });
  });
}
