import { describe, expect, it } from "vitest";

import { readCommandLine } from "../command-line.ts";

describe("argus sources", () => {
  it.each([
    [["install", "argus-source-x@1"], { name: "install", what: "argus-source-x@1" }],
    [["list"], { name: "list", json: false }],
    [["list", "--json"], { name: "list", json: true }],
    [["update"], { name: "update", source: null }],
    [["update", "argus-source-x"], { name: "update", source: "argus-source-x" }],
    [["remove", "x"], { name: "remove", source: "x" }],
    [["doctor"], { name: "doctor", online: false }],
    [["doctor", "--online"], { name: "doctor", online: true }],
    [["run", "x"], { name: "run", id: "x", acceptNotice: false }],
    [["run", "--accept-notice", "x"], { name: "run", id: "x", acceptNotice: true }],
  ])("reads %j", (words, command) => {
    expect(readCommandLine(["sources", ...words])).toEqual({ name: "sources", flags: {}, command });
  });

  it("reads where the settings are", () => {
    expect(readCommandLine(["sources", "list", "--config", "a.toml"])).toMatchObject({ flags: { config: "a.toml" } });
  });

  it("explains itself, and each of its commands", () => {
    const helpOf = (...words: string[]) => {
      const command = readCommandLine(["sources", ...words]);
      return command.name === "help" ? command.text : command;
    };
    expect(helpOf()).toMatch(/^Usage: argus sources <command>/u);
    expect(helpOf("--help")).toBe(helpOf());
    for (const name of ["install", "list", "update", "remove", "doctor", "run"])
      expect(helpOf(name, "--help")).toMatch(new RegExp(`^Usage: argus sources ${name}\\b`, "u"));
  });

  it.each([
    [["add", "x"], "add"],
    [["toString"], "toString"],
    [["install"], "install needs a package, a tarball or a folder"],
    [["install", ""], "install needs"],
    [["install", "a", "b"], "b"],
    [["update", "a", "b"], "b"],
    [["remove"], "remove needs the name of a source"],
    [["run"], "run needs the id of a source"],
    [["list", "all"], "all"],
    [["run", "--json", "x"], "--json"],
    [["list", "--online"], "--online"],
    [["doctor", "--port", "1"], "--port"],
    [["remove", "--forget", "x"], "--forget"],
  ])("refuses %j and names the word", (words, named) => {
    expect(() => readCommandLine(["sources", ...words])).toThrow(
      expect.objectContaining({ code: "ARGUS_USAGE_INVALID", message: expect.stringContaining(named) }),
    );
  });
});
