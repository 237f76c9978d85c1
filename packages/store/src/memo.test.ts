import { expect, it, vi } from "vitest";

import { Memo } from "./memo.ts";

it("asks once for what it was asked for lately", () => {
  const make = vi.fn((text: string) => text.toUpperCase());
  const memo = new Memo(make);
  expect([memo.get("a"), memo.get("a"), memo.get("b")]).toEqual(["A", "A", "B"]);
  expect(make).toHaveBeenCalledTimes(2);
});

it("keeps what is asked for again and again, and forgets the rest", () => {
  const make = vi.fn((text: string) => text);
  const memo = new Memo(make);
  memo.get("first");
  for (let n = 0; n < 50_000; n += 1) {
    memo.get(String(n));
    memo.get("often");
  }
  const calls = make.mock.calls.length;
  memo.get("often");
  expect(make).toHaveBeenCalledTimes(calls);
  memo.get("first");
  expect(make).toHaveBeenCalledTimes(calls + 1);
  expect(make.mock.calls.filter(([text]) => text === "often")).toHaveLength(1);
});

it("makes long texts anew", () => {
  const make = vi.fn((text: string) => text);
  const memo = new Memo(make);
  memo.get("x".repeat(41));
  memo.get("x".repeat(41));
  expect(make).toHaveBeenCalledTimes(2);
});
