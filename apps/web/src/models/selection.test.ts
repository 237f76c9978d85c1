import type { Camera } from "@argus/core";
import { signal } from "@preact/signals";
import { describe, expect, it, vi } from "vitest";

import { readHash, Selection, writeHash } from "./selection.ts";

const cameras = ["demo:1", "demo:2", "demo:3"].map((id) => ({ id, name: `camera ${id}` }) as Camera);
const settled = () => new Promise((resolve) => setImmediate(resolve));

function harness(hash = "") {
  const address = { hash, read: () => address.hash, write: (next: string) => void (address.hash = next) };
  const camera = vi.fn(async (id: string) => ({ id, name: "fetched" }) as Camera);
  return { address, camera, selection: new Selection({ camera }, signal(cameras), address) };
}

describe("the address", () => {
  it.each(["demo:1", "insecam:847392", "a:b c&d=e#f%", "tfl-jamcam:00001.07450"])("carries %s there and back", (id) => {
    expect(readHash(writeHash({ camera: id, wall: null }))).toEqual({ camera: id, wall: null });
    expect(readHash(writeHash({ camera: id, wall: "w" }))).toEqual({ camera: id, wall: "w" });
  });
  it.each(["", "#", "#other=1", "#camera=&wall="])("%j names nothing", (hash) =>
    expect(readHash(hash)).toEqual({ camera: null, wall: null }),
  );
});

describe("Selection", () => {
  it("opens the camera the page was opened with", async () => {
    const { selection } = harness("#camera=demo%3A2");
    expect(selection.named()).toBe("demo:2");
    selection.select(selection.named() ?? "");
    await settled();
    expect(selection.camera.value).toMatchObject({ id: "demo:2", name: "fetched" });
  });

  it("shows a record at hand without fetching it, writes it to the address, and knows its neighbours", () => {
    const { selection, camera, address } = harness();
    selection.select(cameras[1] as Camera);
    expect(camera).not.toHaveBeenCalled();
    expect(address.hash).toBe("#camera=demo%3A2");
    expect([selection.previous.value?.id, selection.next.value?.id]).toEqual(["demo:1", "demo:3"]);
    address.hash += "&wall=w";
    selection.select("elsewhere:1");
    expect(address.hash).toBe("#camera=elsewhere%3A1&wall=w");
    selection.clear();
    expect(address.hash).toBe("#wall=w");
    selection.select("elsewhere:1");
    expect([selection.previous.value, selection.next.value]).toEqual([null, null]);
  });

  it("says why a camera cannot be had, and asks again when it is selected again", async () => {
    const { selection, camera } = harness();
    camera.mockRejectedValueOnce(new Error("no such camera"));
    selection.select("demo:9");
    await settled();
    expect(selection.problem.value?.message).toBe("No such camera.");
    selection.select("demo:9");
    await settled();
    expect(selection.camera.value?.id).toBe("demo:9");
  });
});
