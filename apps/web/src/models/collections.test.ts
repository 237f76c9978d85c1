import type { Collection } from "@argus/core";
import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Collections } from "./collections.ts";
import { Messages } from "./messages.ts";

const collectionOf = (id: string, name = id, camera_count = 0): Collection => ({
  id,
  name,
  description: null,
  camera_count,
  created_at: "2026-11-21T00:00:00Z",
  updated_at: "2026-11-21T00:00:00Z",
});
const settled = () => vi.advanceTimersByTimeAsync(0);

function harness() {
  const api = {
    collections: vi.fn(async ({ cameraId }: { cameraId?: string } = {}) =>
      cameraId === undefined ? [collectionOf("bridges"), collectionOf("harbours")] : [collectionOf("bridges")],
    ),
    createCollection: vi.fn(async ({ name }: { name: string }) => collectionOf(`id of ${name}`, name)),
    renameCollection: vi.fn(async (id: string, { name }: { name: string }) => collectionOf(id, name)),
    removeCollection: vi.fn(async () => undefined),
    changeCollectionCameras: vi.fn(async (id: string, change: { add?: string[]; remove?: string[] }) => ({
      collection: collectionOf(id, id.replace("id of ", ""), change.add === undefined ? 0 : 1),
      added: change.add?.length ?? 0,
      removed: change.remove?.length ?? 0,
    })),
  };
  const cameraId = signal<string | null>("a:1");
  const messages = new Messages();
  const collections = new Collections(api, cameraId, messages);
  collections.load();
  return { api, cameraId, collections, messages };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the selected camera", () => {
  it("is put into a collection at once, and counted when it is stored", async () => {
    const { collections } = harness();
    await settled();
    expect(collections.holding.value).toEqual(new Set(["bridges"]));
    const stored = collections.toggle("harbours");
    expect(collections.holding.value).toEqual(new Set(["bridges", "harbours"]));
    await stored;
    expect(collections.list.value?.find(({ id }) => id === "harbours")?.camera_count).toBe(1);
    expect(collections.revision.value).toBe(1);
  });

  it("is taken back out when that cannot be stored, and the reason told", async () => {
    const { api, collections, messages } = harness();
    await settled();
    api.changeCollectionCameras.mockRejectedValueOnce(new Error("no answer"));
    await collections.toggle("harbours");
    expect(collections.holding.value).toEqual(new Set(["bridges"]));
    expect(messages.current.value?.problem?.message).toBe("No answer.");
  });

  it("does not show what belongs to the one before", async () => {
    const { api, cameraId, collections } = harness();
    await settled();
    const late = Promise.withResolvers<never>();
    api.changeCollectionCameras.mockReturnValueOnce(late.promise);
    const stored = collections.toggle("harbours");
    cameraId.value = "b:2";
    await settled();
    late.reject(new Error("no answer"));
    await stored;
    expect(collections.holding.value).toEqual(new Set(["bridges"]));
  });
});

describe("a collection", () => {
  it("is made with the selected camera in it, and listed by name", async () => {
    const { api, collections } = harness();
    await settled();
    expect(await collections.create("Crossings", true)).toBe(true);
    expect(collections.list.value?.map(({ id }) => id)).toEqual(["bridges", "id of Crossings", "harbours"]);
    expect(api.changeCollectionCameras).toHaveBeenCalledWith("id of Crossings", { add: ["a:1"] });
  });

  it("keeps its name where another has the new one, and says so", async () => {
    const { api, collections } = harness();
    await settled();
    api.renameCollection.mockRejectedValueOnce(new Error("there is one of that name"));
    expect(await collections.rename(collectionOf("bridges"), "harbours")).toBe(false);
    expect(collections.nameOf("bridges")).toBe("bridges");
    expect(collections.problem.value?.message).toBe("There is one of that name.");
  });

  it("goes from the list when it is deleted", async () => {
    const { collections, messages } = harness();
    await settled();
    expect(await collections.remove(collectionOf("bridges"))).toBe(true);
    expect(collections.list.value?.map(({ id }) => id)).toEqual(["harbours"]);
    expect(messages.current.value?.text).toContain("its cameras stay");
  });
});
