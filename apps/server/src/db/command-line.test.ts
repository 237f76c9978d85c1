import { describe, expect, it } from "vitest";

import { readCommandLine } from "../command-line.ts";

describe("argus db", () => {
  it.each([
    [["migrate"], { name: "migrate" }],
    [["check"], { name: "check" }],
    [["backup", "a.db"], { name: "backup", file: "a.db" }],
    [["restore", "a.db"], { name: "restore", file: "a.db", overwrite: false }],
    [["restore", "--overwrite", "a.db"], { name: "restore", file: "a.db", overwrite: true }],
    [["stats"], { name: "stats", json: false }],
    [["stats", "--json"], { name: "stats", json: true }],
  ])("reads %j", (words, command) => {
    expect(readCommandLine(["db", ...words])).toEqual({ name: "db", flags: {}, command });
  });

  it("reads where the settings are", () => {
    expect(readCommandLine(["db", "check", "--config", "a.toml"])).toMatchObject({ flags: { config: "a.toml" } });
  });

  it("explains itself, and each of its commands", () => {
    const helpOf = (...words: string[]) => {
      const command = readCommandLine(["db", ...words]);
      return command.name === "help" ? command.text : command;
    };
    expect(helpOf()).toMatch(/^Usage: argus db <command>/u);
    expect(helpOf("--help")).toBe(helpOf());
    for (const name of ["migrate", "check", "backup", "restore", "stats"])
      expect(helpOf(name, "--help")).toMatch(new RegExp(`^Usage: argus db ${name}\\b`, "u"));
  });

  it.each([
    [["vacuum"], "vacuum"],
    [["toString"], "toString"],
    [["check", "now"], "now"],
    [["backup"], "backup needs a file"],
    [["backup", ""], "backup needs a file"],
    [["backup", "a.db", "b.db"], "b.db"],
    [["restore"], "restore needs a file"],
    [["check", "--json"], "--json"],
    [["backup", "--overwrite", "a.db"], "--overwrite"],
    [["stats", "--port", "1"], "--port"],
    [["stats", "--jason"], "--jason"],
  ])("refuses %j and names the word", (words, named) => {
    expect(() => readCommandLine(["db", ...words])).toThrow(
      expect.objectContaining({ code: "ARGUS_USAGE_INVALID", message: expect.stringContaining(named) }),
    );
  });
});
