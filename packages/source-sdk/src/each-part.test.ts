import { ArgusError } from "@argus/core";
import { describe, expect, it } from "vitest";

import { eachPart } from "./each-part.ts";

const failure = (message: string): ArgusError => new ArgusError("ARGUS_SOURCE_HTTP_STATUS", message);

async function run(read: (part: number) => Promise<void>, controller = new AbortController(), atOnce?: number) {
  const progress: object[] = [];
  const partial: string[] = [];
  const ctx = {
    signal: controller.signal,
    progress: (step: object) => void progress.push(step),
    partial: (reason: string) => void partial.push(reason),
  };
  await eachPart(ctx, [1, 2, 3], { name: (part) => `district ${part}`, read, ...(atOnce && { atOnce }) });
  return { progress, partial };
}

describe("eachPart", () => {
  it("reads all parts and tells how far it is", async () => {
    const parts: number[] = [];
    const { progress, partial } = await run(async (part) => void parts.push(part));
    expect(parts).toEqual([1, 2, 3]);
    expect(partial).toEqual([]);
    expect(progress).toEqual([
      { done: 0, total: 3, message: "district 1" },
      { done: 1, total: 3, message: "district 2" },
      { done: 2, total: 3, message: "district 3" },
      { done: 3, total: 3 },
    ]);
  });

  it("reads the others where one fails, and says which", async () => {
    const parts: number[] = [];
    const { partial } = await run(async (part) => {
      if (part === 2) throw failure("answered 500");
      parts.push(part);
    });
    expect(parts).toEqual([1, 3]);
    expect(partial).toEqual(["district 2: answered 500"]);
  });

  it("fails where all fail, with the first failure", async () => {
    await expect(run(async (part) => Promise.reject(failure(`failure ${part}`)))).rejects.toThrow("failure 1");
  });

  it("does not take a fault of the source for one of the origin", async () => {
    const fault = new TypeError("Cannot read properties of undefined");
    await expect(run(async () => Promise.reject(fault))).rejects.toBe(fault);
  });

  it("ends with the signal's reason, whatever the part made of it", async () => {
    const controller = new AbortController();
    const reading = run(async () => {
      controller.abort("enough");
      throw failure("answered 500");
    }, controller);
    await expect(reading).rejects.toBe("enough");
  });

  describe("with some at once", () => {
    /** Reads that end when the test says so, in its order. */
    function held() {
      const begun: number[] = [];
      const ends = [1, 2, 3].map(() => Promise.withResolvers<void>());
      const read = async (part: number): Promise<void> => {
        begun.push(part);
        await ends[part - 1]?.promise;
      };
      return {
        begun,
        read,
        end: (part: number) => ends[part - 1]?.resolve(),
        fail: (part: number, error: Error) => ends[part - 1]?.reject(error),
      };
    }

    it("begins so many, the next when one has ended, and tells failures in the parts' order", async () => {
      const { begun, read, fail, end } = held();
      const reading = run(read, undefined, 2);
      expect(begun).toEqual([1, 2]);
      fail(2, failure("second"));
      await expect.poll(() => begun).toEqual([1, 2, 3]);
      end(3);
      fail(1, failure("first"));
      const { partial, progress } = await reading;
      expect(partial).toEqual(["district 1: first", "district 2: second"]);
      expect(progress.at(-2)).toEqual({ done: 1, total: 3, message: "district 3" });
    });

    it("begins no more once it is cancelled, or the source is at fault", async () => {
      const controller = new AbortController();
      const cancelled = held();
      const reading = run(cancelled.read, controller, 2);
      controller.abort("enough");
      cancelled.fail(2, failure("hung up"));
      await expect(reading).rejects.toBe("enough");
      cancelled.end(1);
      const fault = new TypeError("no");
      const faulty = held();
      const failing = run(faulty.read, undefined, 2);
      faulty.fail(1, fault);
      await expect(failing).rejects.toBe(fault);
      faulty.end(2);
      await new Promise((resolve) => setImmediate(resolve));
      expect([cancelled.begun, faulty.begun]).toEqual([
        [1, 2],
        [1, 2],
      ]);
    });
  });
});
