import type { Camera } from "@argus/core";
import { signal } from "@preact/signals";
import { expect, it, vi } from "vitest";

import { Duplicates } from "./duplicates.ts";

const settle = () => new Promise((resolve) => setImmediate(resolve));

it("tells who else lists the camera that is looked at, and nobody while that is not known", async () => {
  const duplicates = vi.fn(async (id: string) =>
    id === "c:1" ? Promise.reject(new Error()) : [{ id: `other ${id}` } as Camera],
  );
  const id = signal<string | null>(null);
  const model = new Duplicates({ duplicates }, id);
  const ids = () => model.cameras.value.map((camera) => camera.id);
  expect(duplicates).not.toHaveBeenCalled();
  id.value = "a:1";
  await settle();
  expect(ids()).toEqual(["other a:1"]);
  id.value = "b:1";
  expect(ids()).toEqual([]);
  await settle();
  expect(ids()).toEqual(["other b:1"]);
  id.value = "c:1";
  await settle();
  expect(ids()).toEqual([]);
  model.refresh();
  id.value = null;
  await settle();
  expect(ids()).toEqual([]);
  expect(duplicates).toHaveBeenCalledTimes(4);
  model.dispose();
});
