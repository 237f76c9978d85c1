import { expect, it } from "vitest";
import { z } from "zod";

import { secretText } from "./secret-text.ts";

it("is none by default, and tells forms to hide it", () => {
  const options = z.object({ key: secretText("An API key") });
  expect(options.parse({})).toEqual({ key: "" });
  expect(options.parse({ key: " abc " })).toEqual({ key: "abc" });
  expect(z.toJSONSchema(options, { io: "input" })).toMatchObject({
    properties: { key: { format: "password", description: "An API key" } },
  });
});
