import type { Camera, CameraPage, CameraQuery } from "@argus/core";
import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";

import { CameraList } from "./camera-list.ts";

type Asked = {
  query: CameraQuery;
  signal: AbortSignal;
  answer(page: CameraPage): Promise<void>;
  fail(error: Error): Promise<void>;
};

const settled = () => new Promise((resolve) => setImmediate(resolve));
const page = (ids: string[], next: string | null, total = 3): CameraPage => ({
  cameras: ids.map((id) => ({ id }) as Camera),
  total,
  next_cursor: next,
});

function harness(first: CameraQuery = {}) {
  const asked: Asked[] = [];
  const query = signal(first);
  const api = {
    cameras: (asking: CameraQuery = {}, options: { signal?: AbortSignal | undefined } = {}) => {
      const { promise, resolve, reject } = Promise.withResolvers<CameraPage>();
      const call = {
        query: asking,
        signal: options.signal as AbortSignal,
        answer: async (answer: CameraPage) => (resolve(answer), void (await settled())),
        fail: async (error: Error) => (reject(error), void (await settled())),
      };
      asked.push(call);
      return promise;
    },
  };
  const list = new CameraList(api, query);
  return { asked, query, list, ids: () => list.cameras.value.map(({ id }) => id) };
}

describe("CameraList", () => {
  it("loads page after page with the cursor it was given, one at a time, to the end", async () => {
    const { asked, list, ids } = harness();
    await asked[0]?.answer(page(["a", "b"], "cursor-1"));
    expect(list.complete.value).toBe(false);
    list.more();
    list.more();
    expect(asked).toHaveLength(2);
    expect(asked[1]?.query).toMatchObject({ cursor: "cursor-1", limit: 200 });
    await asked[1]?.answer(page(["c"], null));
    expect(ids()).toEqual(["a", "b", "c"]);
    expect(list.complete.value).toBe(true);
    list.more();
    expect(asked).toHaveLength(2);
  });

  it("loads a large page where many rows are wanted, as large as the server allows", async () => {
    const { asked, list } = harness();
    await asked[0]?.answer(page(["a"], "cursor-1"));
    list.more(640);
    expect(asked[1]?.query).toMatchObject({ limit: 640 });
    await asked[1]?.answer(page(["b"], "cursor-2"));
    list.more(6800);
    expect(asked[2]?.query).toMatchObject({ limit: 1000 });
  });

  it("aborts the page under way when the query changes, and drops it if it still comes", async () => {
    const { asked, query, ids } = harness();
    query.value = { q: "bridge" };
    expect(asked[0]?.signal.aborted).toBe(true);
    await asked[1]?.answer(page(["bridge"], null, 1));
    await asked[0]?.answer(page(["old"], null));
    expect(ids()).toEqual(["bridge"]);
  });

  it("keeps what it has when a page fails, says why, and can go on", async () => {
    const { asked, list, ids } = harness();
    await asked[0]?.answer(page(["a"], "cursor-1"));
    list.more();
    await asked[1]?.fail(new Error("gone away"));
    expect(list.problem.value?.message).toBe("Gone away.");
    expect(ids()).toEqual(["a"]);
    list.more();
    await asked[2]?.answer(page(["b"], null));
    expect(list.problem.value).toBeNull();
    expect(ids()).toEqual(["a", "b"]);
  });

  it("does not follow cursors that lead to nothing", async () => {
    const { asked, list } = harness();
    await asked[0]?.answer(page([], "cursor-1"));
    list.more();
    expect(asked).toHaveLength(1);
  });

  it("asks for nothing more once disposed", async () => {
    const { asked, query, list } = harness();
    list.dispose();
    query.value = { q: "x" };
    expect(asked).toHaveLength(1);
    expect(asked[0]?.signal.aborted).toBe(true);
  });
});
