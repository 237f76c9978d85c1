import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { cameraId, splitCameraId } from "./ids.ts";

const sourceId = fc.stringMatching(/^[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,9}){0,3}$/u);
const rawId = fc.stringMatching(/^[a-zA-Z0-9:/_.東京é-]{1,40}$/u);

describe("camera ids", () => {
  it("come apart as they were put together, colons in the raw id included", () => {
    fc.assert(
      fc.property(sourceId, rawId, (source_id, raw_id) => {
        expect(splitCameraId(cameraId(source_id, raw_id))).toEqual({ source_id, raw_id });
      }),
    );
  });

  it.each([
    ["Demo", "1"],
    ["demo", ""],
    ["demo", "a b"],
    ["demo", "a\u0000"],
    ["", "1"],
    ["demo", "x".repeat(201)],
  ])("refuses source %j with raw id %j", (source, raw) =>
    expect(() => cameraId(source, raw)).toThrow(expect.objectContaining({ code: "ARGUS_ID_INVALID" })),
  );

  it.each(["", ":", "demo", "demo:", ":1", "DEMO:1"])("does not take %j for an id", (text) =>
    expect(splitCameraId(text)).toBeNull(),
  );
});
