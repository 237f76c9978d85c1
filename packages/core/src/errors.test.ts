import { expect, it } from "vitest";

import { ArgusError, describeError, isArgusError } from "./errors.ts";

it("tells an error and its causes in one line, each once", () => {
  const error = new ArgusError("ARGUS_TEST_OUTER", "the scrape failed", {
    cause: new Error("no answer", { cause: new Error("no answer") }),
  });
  expect(describeError(error)).toBe("the scrape failed: no answer");
});

it("ends on an error that is its own cause", () => {
  const error = new Error("round");
  error.cause = error;
  expect(describeError(error)).toBe("round");
});

it("knows an Argus error of another copy of the package by its code", () => {
  expect(isArgusError(Object.assign(new Error("x"), { code: "ARGUS_X_Y", retryable: false }))).toBe(true);
  expect(isArgusError(Object.assign(new Error("x"), { code: "ENOENT" }))).toBe(false);
});
