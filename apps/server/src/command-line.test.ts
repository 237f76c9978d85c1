import { describe, expect, it } from "vitest";

import { readCommandLine, USAGE } from "./command-line.ts";

describe("readCommandLine", () => {
  it("reads serve and its options", () => {
    expect(
      readCommandLine(["serve", "--host", "::1", "--port=9000", "--config", "a.toml", "--when-empty", "demo"]),
    ).toEqual({
      name: "serve",
      flags: { host: "::1", port: "9000", config: "a.toml", whenEmpty: ["demo"] },
    });
  });

  it("explains itself when nothing is said", () => {
    expect(readCommandLine([])).toEqual({ name: "help", text: USAGE });
    expect(readCommandLine(["serve", "--help"])).toEqual({ name: "help", text: USAGE });
    expect(readCommandLine(["--version"])).toEqual({ name: "version" });
  });

  it.each([
    [["start"], "start"],
    [["serve", "now"], "now"],
    [["serve", "--prot", "1"], "--prot"],
    [["serve", "--port"], "port"],
    [["serve", "--json"], "--json"],
    [["serve", "--overwrite"], "--overwrite"],
  ])("refuses %j and names the word", (args, named) => {
    expect(() => readCommandLine(args)).toThrow(
      expect.objectContaining({ code: "ARGUS_USAGE_INVALID", message: expect.stringContaining(named) }),
    );
  });
});
