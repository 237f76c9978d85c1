import type { SourceCode } from "@argus/source-host";

import type { SetOptions } from "./set-options.ts";

/** A host that a source asks, with its port where that is not the usual one, and whether the user has named it. */
export type AskedHost = { host: string; isChosen: boolean };

/**
 * The hosts that a source asks as it is set up: those that it declares, and those of the addresses that somebody has set.
 * Where its `base_url` is set, that of the usual one is not asked.
 */
export function askedHosts(
  source: Pick<SourceCode, "hosts" | "defaults">,
  { settings, page }: SetOptions,
  addresses: readonly URL[],
): AskedHost[] {
  const usual = URL.parse(source.defaults.base_url ?? "")?.host;
  const isElsewhere = [...settings, ...page].includes("base_url");
  const chosen = [...new Set(addresses.map(({ host }) => host))];
  const isAsked = (host: string): boolean =>
    // `*.example.org` is no host to ask.
    !host.startsWith("*.") && !chosen.includes(host) && !(isElsewhere && host === usual);
  return [
    ...source.hosts.filter(isAsked).map((host) => ({ host, isChosen: false })),
    ...chosen.map((host) => ({ host, isChosen: true })),
  ];
}
