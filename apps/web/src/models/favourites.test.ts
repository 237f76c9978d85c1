import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Favourites } from "./favourites.ts";
import { Messages } from "./messages.ts";

const page = (ids: string[], next: string | null = null) => ({
  favourites: ids.map((camera_id) => ({ camera_id, added_at: "2026-11-21T00:00:00Z" })),
  total: ids.length,
  next,
});

function harness(...pages: ReturnType<typeof page>[]) {
  const api = {
    favourites: vi.fn(async (_options?: { after?: string }) => pages.shift() ?? page([])),
    addFavourite: vi.fn(async (camera_id: string) => ({ camera_id, added_at: "2026-11-21T00:00:00Z" })),
    removeFavourite: vi.fn(async (_id: string) => undefined),
  };
  const messages = new Messages();
  return { api, messages, favourites: new Favourites(api, messages) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("are read part by part", async () => {
  const { api, favourites } = harness(page(["a:1"], "a:1"), page(["b:1"]));
  favourites.load();
  await vi.advanceTimersByTimeAsync(0);
  expect([...favourites.ids.value]).toEqual(["a:1", "b:1"]);
  expect(api.favourites.mock.calls.map(([options]) => options?.after)).toEqual([undefined, "a:1"]);
});

describe("a star", () => {
  it("shows at once, and is taken back with the reason when it cannot be kept", async () => {
    const { api, favourites, messages } = harness();
    api.addFavourite.mockRejectedValueOnce(new Error("the disk is full"));
    const stored = favourites.toggle("a:1");
    expect(favourites.has("a:1")).toBe(true);
    await stored;
    expect(favourites.has("a:1")).toBe(false);
    expect(messages.current.value?.problem?.message).toBe("The disk is full.");
    expect(favourites.revision.value).toBe(0);
  });

  it("ends as it was last wanted, however fast it is clicked", async () => {
    const { api, favourites } = harness();
    const first = favourites.toggle("a:1");
    await Promise.all([first, favourites.toggle("a:1"), favourites.toggle("a:1"), favourites.toggle("a:1")]);
    expect(favourites.has("a:1")).toBe(false);
    expect(api.addFavourite).toHaveBeenCalledTimes(1);
    expect(api.removeFavourite).toHaveBeenCalledTimes(1);
    expect(favourites.revision.value).toBe(1);
  });

  it("is not lost to a list that was read before it", async () => {
    const { api, favourites } = harness();
    const early = Promise.withResolvers<ReturnType<typeof page>>();
    api.favourites.mockImplementationOnce(() => early.promise).mockResolvedValue(page(["a:1"]));
    favourites.load();
    await favourites.toggle("a:1");
    early.resolve(page([]));
    await vi.advanceTimersByTimeAsync(0);
    expect(favourites.has("a:1")).toBe(true);
  });
});

it("says so when they cannot be read, until it is put away", async () => {
  const { api, favourites, messages } = harness();
  api.favourites.mockRejectedValueOnce(new Error("no answer"));
  favourites.load();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(messages.current.value?.text).toContain("favourites");
  messages.close();
  expect(messages.current.value).toBeNull();
});
