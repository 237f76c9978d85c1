import { describe, expect, it } from "vitest";

import { HostGate } from "./host-gate.ts";

const never = new AbortController().signal;

describe("HostGate", () => {
  it("lets in as many at a time as it may, and the next when one leaves, in order", async () => {
    const gate = new HostGate({ concurrency: 2, delayMs: 0 });
    const entered: number[] = [];
    const slots = [0, 1, 2, 3].map(async (n) => {
      const slot = await gate.enter("cameras.example", never);
      entered.push(n);
      return slot;
    });
    const [first] = await Promise.all(slots.slice(0, 2));
    expect(entered).toEqual([0, 1]);
    first?.[Symbol.dispose]();
    const third = await slots[2];
    expect(entered).toEqual([0, 1, 2]);
    third?.[Symbol.dispose]();
    await slots[3];
    expect(entered).toEqual([0, 1, 2, 3]);
  });

  it("does not let one host wait for another", async () => {
    const gate = new HostGate({ concurrency: 1, delayMs: 60_000 });
    await gate.enter("a.example", never);
    await expect(gate.enter("b.example", never)).resolves.toBeDefined();
  });

  it("keeps the delay between two starts, and does not delay the first", async () => {
    const gate = new HostGate({ concurrency: 5, delayMs: 30 });
    const starts = await Promise.all(
      [1, 2, 3].map(async () => {
        await gate.enter("cameras.example", never);
        return performance.now();
      }),
    );
    // A timer may fire up to a millisecond early.
    expect(starts[1]! - starts[0]!).toBeGreaterThan(28);
    expect(starts[2]! - starts[0]!).toBeGreaterThan(58);
  });

  it("gives up waiting for a slot with the signal's reason, and gives the slot to the next", async () => {
    const gate = new HostGate({ concurrency: 1, delayMs: 0 });
    const inside = await gate.enter("cameras.example", never);
    const controller = new AbortController();
    const leaving = gate.enter("cameras.example", controller.signal);
    const staying = gate.enter("cameras.example", never);
    const reason = new Error("cancelled by the test");
    controller.abort(reason);
    await expect(leaving).rejects.toBe(reason);
    inside[Symbol.dispose]();
    await expect(staying).resolves.toBeDefined();
  });

  it("gives up waiting for its turn with the signal's reason, and frees its slot", async () => {
    const gate = new HostGate({ concurrency: 2, delayMs: 60_000 });
    const first = await gate.enter("cameras.example", never);
    first[Symbol.dispose]();
    const controller = new AbortController();
    const reason = new Error("cancelled by the test");
    const turns = [1, 2, 3, 4].map(() => gate.enter("cameras.example", controller.signal));
    controller.abort(reason);
    for (const turn of await Promise.allSettled(turns)) expect(turn).toEqual({ status: "rejected", reason });
  });

  it("stops a source that asks for everything at once", async () => {
    const gate = new HostGate({ concurrency: 1, delayMs: 0 });
    const controller = new AbortController();
    await gate.enter("cameras.example", never);
    const waiting = Array.from({ length: 1000 }, () => gate.enter("cameras.example", controller.signal));
    const all = Promise.allSettled(waiting);
    await expect(gate.enter("cameras.example", never)).rejects.toMatchObject({
      code: "ARGUS_SOURCE_TOO_MANY_REQUESTS",
    });
    controller.abort(new Error("cancelled by the test"));
    await all;
  });
});
