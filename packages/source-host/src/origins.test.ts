import type { ServedOrigin } from "@argus/source-sdk";
import { expect, it, vi } from "vitest";

import { exampleSource, hostOf, keptLog, listing } from "./testing/example-source.ts";

function originOf(host: string): { open: () => ServedOrigin; opened: () => number; closed: () => number } {
  const open = vi.fn<() => ServedOrigin>(() => ({
    host,
    handle: async (request) => new Response(`${host} ${new URL(request.url).pathname}`),
    [Symbol.asyncDispose]: close,
  }));
  const close = vi.fn<() => Promise<void>>(async () => {});
  return { open, opened: () => open.mock.calls.length, closed: () => close.mock.calls.length };
}

it("opens a source's origin once, when it is first asked for, and closes it with the host", async () => {
  const origin = originOf("demo.argus.invalid");
  const source = exampleSource("demo", listing("a"), { openOrigin: origin.open });
  const { host } = hostOf([source, exampleSource("two", listing("a"))]);
  expect(origin.opened()).toBe(0);
  const handle = host.origins().get("demo.argus.invalid");
  const answer = await handle!(new Request("http://demo.argus.invalid/cameras/1"));
  expect(await answer.text()).toBe("demo.argus.invalid /cameras/1");
  expect([...host.origins().keys()]).toEqual(["demo.argus.invalid"]);
  expect(origin.opened()).toBe(1);
  await host[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
  expect(origin.closed()).toBe(1);
  expect(host.origins().size).toBe(0);
  expect(origin.opened()).toBe(1);
});

it("never opens what nobody asks for", async () => {
  const origin = originOf("demo.argus.invalid");
  const { host } = hostOf([exampleSource("demo", listing("a"), { openOrigin: origin.open })]);
  await host[Symbol.asyncDispose]();
  expect(origin.opened()).toBe(0);
});

it("does not let a source answer for somebody's host, for another's, or fail the others", async () => {
  const { log, lines } = keptLog();
  const [real, first, second] = [originOf("cameras.gov"), originOf("demo.invalid"), originOf("demo.invalid")];
  const sources = [
    exampleSource("real", listing("a"), { openOrigin: real.open }),
    exampleSource("throws", listing("a"), {
      openOrigin: () => {
        throw new Error("no font");
      },
    }),
    exampleSource("first", listing("a"), { openOrigin: first.open }),
    exampleSource("second", listing("a"), { openOrigin: second.open }),
  ];
  const { host } = hostOf(sources, { log });
  expect([...host.origins().keys()]).toEqual(["demo.invalid"]);
  expect(lines.map(({ fields, message }) => `${String(fields?.["source"])} ${message}`)).toEqual([
    expect.stringMatching(/^real .*cameras\.gov/u),
    expect.stringMatching(/^throws .*no font/u),
    expect.stringMatching(/^second .*another source answers/u),
  ]);
  await host[Symbol.asyncDispose]();
  expect([real.closed(), first.closed(), second.closed()]).toEqual([1, 1, 1]);
});

it("opens no origin of a source that is not configured", () => {
  const origin = originOf("demo.invalid");
  const source = exampleSource("demo", listing("a"), { openOrigin: origin.open, required_env: ["DEMO_KEY"] });
  expect(hostOf([source]).host.origins().size).toBe(0);
  expect(origin.opened()).toBe(0);
});
