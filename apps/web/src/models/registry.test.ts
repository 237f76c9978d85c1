import { OWN_SOURCE_ID, isOwnSource } from "@argus/core";
import { expect, it, vi } from "vitest";

import { isOwn, Registry } from "./registry.ts";

const settled = () => new Promise((resolve) => setImmediate(resolve));

it.each([OWN_SOURCE_ID, "own-harbour", "owner", "demo", "my-own"])(
  "tells own cameras from others as core does: %s",
  (id) => expect(isOwn(id)).toBe(isOwnSource(id)),
);

it("knows where all cameras are, and does not call the same box news", async () => {
  const extent = vi.fn(async () => ({ bbox: [1, 2, 3, 4] as [number, number, number, number], located: 7 }));
  const api = { health: async () => ({ version: "1", store: { cameras: 9 } }), sources: async () => [], extent };
  const registry = new Registry(api as never);
  registry.refresh();
  await settled();
  expect([registry.cameras.value, registry.located.value]).toEqual([9, 7]);
  const box = registry.extent.value;
  registry.refresh();
  await settled();
  expect(registry.extent.value).toBe(box);
  expect(registry.nameOf("own")).toBe("Own cameras");
  expect(registry.nameOf("own-harbour")).toBe("Own: harbour");
  expect(registry.nameOf("unknown-source")).toBe("unknown-source");
  registry.dispose();
});
