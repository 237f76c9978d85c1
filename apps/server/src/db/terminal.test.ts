import { PassThrough } from "node:stream";

import { expect, it } from "vitest";

import { openTerminal } from "./terminal.ts";

function stream(isTTY: boolean) {
  const through = Object.assign(new PassThrough(), { isTTY }) as unknown as NodeJS.WriteStream;
  return { through, text: () => String((through as unknown as PassThrough).read() ?? "") };
}

it("shows progress to a terminal, and clears it away before the answer", () => {
  const [out, err] = [stream(true), stream(true)];
  const terminal = openTerminal(out.through, err.through);
  terminal.progress("12 %");
  terminal.print("done");
  expect([out.text(), err.text()]).toEqual(["done\n", "\r\u001b[K12 %\r\u001b[K"]);
});

it("keeps progress from a file", () => {
  const [out, err] = [stream(false), stream(false)];
  const terminal = openTerminal(out.through, err.through);
  terminal.progress("12 %");
  terminal.print("done");
  expect([out.text(), err.text()]).toEqual(["done\n", ""]);
});
