import { expect, it } from "vitest";

import { askedHosts } from "./asked-hosts.ts";

const source = {
  hosts: ["usual.example", "more.example", "*.example.net"],
  defaults: { base_url: "https://usual.example/list", problem: null },
};
const hostsOf = (settings: string[], page: string[], ...addresses: string[]) =>
  askedHosts(
    source,
    { settings, page },
    addresses.map((address) => new URL(address)),
  );

it("asks the declared hosts where nothing is set, and what is set besides them", () => {
  const declared = ["usual.example", "more.example"].map((host) => ({ host, isChosen: false }));
  expect(hostsOf([], ["limit"])).toEqual(declared);
  const lists = ["https://mine.example:8443/a", "https://mine.example:8443/b"];
  expect(hostsOf([], ["lists"], ...lists)).toEqual([...declared, { host: "mine.example:8443", isChosen: true }]);
});

it.each([
  { settings: ["base_url"], page: [] },
  { settings: [], page: ["base_url"] },
])(
  "asks where base_url leads, as $settings in argus.toml or $page in the page, and not where it usually does",
  (set) => {
    const { settings, page } = set;
    expect(hostsOf(settings, page, "http://127.0.0.1:81/")).toEqual([
      { host: "more.example", isChosen: false },
      { host: "127.0.0.1:81", isChosen: true },
    ]);
    expect(hostsOf(settings, page, "http://usual.example/mirror")).toEqual([
      { host: "more.example", isChosen: false },
      { host: "usual.example", isChosen: true },
    ]);
  },
);
