import { expect, it } from "vitest";

import { textBoolean } from "./text-boolean.ts";

it.each(["true", "True", " TRUE ", "Y", "yes", "on", "1", 1, true])("reads %j as true", (value) => {
  expect(textBoolean(value)).toBe(true);
});

it.each(["false", "FALSE", "N", "no", "off", "0", 0, false])("reads %j as false", (value) => {
  expect(textBoolean(value)).toBe(false);
});

it.each(["", "maybe", null, undefined, 2, Number.NaN])("reads %j as neither", (value) => {
  expect(textBoolean(value)).toBeNull();
});
