import { ArgusClientError } from "@argus/client";
import { describe, expect, it } from "vitest";

import { problemOf } from "./problem.ts";

describe("problemOf", () => {
  it("tells what happened, the code, and what to do", () => {
    const problem = problemOf(new ArgusClientError("ARGUS_STREAM_BUSY", "all 32 streams are taken"));
    expect(problem).toEqual({
      message: "All 32 streams are taken.",
      code: "ARGUS_STREAM_BUSY",
      advice: expect.stringContaining("Close another"),
    });
  });

  it("leaves names as they are written, and does not advise twice", () => {
    const message = "s3-eu-west-1.example.org has no address: try again later";
    expect(problemOf(new ArgusClientError("ARGUS_STREAM_UNREACHABLE", message))).toMatchObject({
      message: `${message}.`,
      advice: null,
    });
  });

  it("shows a stranger's error as it is, without inventing a code or advice", () => {
    expect(problemOf(new TypeError("boom!"))).toEqual({ message: "Boom!", code: null, advice: null });
    expect(problemOf("lost")).toEqual({ message: "Lost.", code: null, advice: null });
  });
});
