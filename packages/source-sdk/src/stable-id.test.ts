import { expect, it } from "vitest";

import { stableId } from "./stable-id.ts";

it("gives the same id for the same parts, for ever, and another for others", () => {
  expect(stableId("https://cameras.example/1.jpg", 7)).toBe("f20af2bfc3001a7c");
  expect(stableId("a", "b")).toMatch(/^[0-9a-f]{16}$/u);
  expect(stableId("a", "b")).not.toBe(stableId("ab"));
});
