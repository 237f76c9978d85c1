import { expect, it } from "vitest";

import { createLog } from "./log.ts";

function collect(level: "debug" | "warn") {
  const lines: string[] = [];
  return { log: createLog(level, (line) => lines.push(line)), lines };
}

it("writes time, level, message and fields on one line", () => {
  const { log, lines } = collect("debug");
  log.info("a scrape ended", { source: "demo", cameras: 60, message: "all is well", nothing: undefined });
  expect(lines[0]).toMatch(
    /^\d{4}-\d\d-\d\dT[\d:.]+Z info {2}a scrape ended source=demo cameras=60 message="all is well"$/u,
  );
});

it("leaves out what is below its level", () => {
  const { log, lines } = collect("warn");
  log.info("not said");
  log.error("said");
  expect(lines).toHaveLength(1);
});

it("does not let a stranger's text forge a line or drive the terminal", () => {
  const { log, lines } = collect("debug");
  log.warn("bad\n2026-01-01T00:00:00.000Z info forged", { name: "\u001b[2J\u202Eevil\r" });
  // oxlint-disable-next-line no-control-regex -- control characters are what the test is about
  expect(lines.join("")).not.toMatch(/[\u0000-\u001f\u202e]/u);
});
