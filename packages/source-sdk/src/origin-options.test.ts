import { expect, it } from "vitest";

import { addressesIn } from "./origin-options.ts";
import { userAgentOf } from "./user-agent.ts";

it("finds the addresses that are written where the manifest says, and nothing else", () => {
  const configured = {
    url: "https://one.example:8443/a?k={key}",
    lists: [{ url: "http://two.example/x" }, { url: "below/base" }, { url: 7 }, null, { other: "https://no.example/" }],
    page: "https://no.example/",
    ftp: "ftp://no.example/",
  };
  const hosts = (paths: string[]) => addressesIn(configured, paths).map(({ host }) => host);
  expect(hosts(["url", "lists.url", "ftp", "gone.url", "url.deeper"])).toEqual(["one.example:8443", "two.example"]);
  expect(hosts([])).toEqual([]);
  expect(
    [undefined, "https://no.example/", { constructor: 1 }].flatMap((odd) =>
      addressesIn(odd, ["url", "constructor.name"]),
    ),
  ).toEqual([]);
});

it("calls the program as the user wrote, else by its own name, and takes no text that is no header", () => {
  const names = [{ user_agent: " mine/1 " }, { user_agent: "" }, { user_agent: true }, {}, null].map((options) =>
    userAgentOf(options, "own/1"),
  );
  expect(names).toEqual(["mine/1", "own/1", "own/1", "own/1", "own/1"]);
  for (const user_agent of ["a\r\nx: y", "ä", "x".repeat(301)])
    expect(() => userAgentOf({ user_agent }, "own/1")).toThrow("the option user_agent must be");
});
