import { ArgusError, baseUrl, secretText } from "@argus/source-sdk";
import { z } from "zod";

import { type Host, HOSTS, unknownHost } from "./hosts.ts";

const DEFAULT_LIST = "/api/v2/get/cameras";
const WWW = /^www\./u;

const keys = Object.fromEntries(
  Object.entries(HOSTS).map(([name, { host, region }]) => [`${name}_key`, secretText(`${region}: the key of ${host}`)]),
);

/** A key for each host, none by default; and a host of the user's own with its key. */
export const Options = z.object({
  base_url: baseUrl("https://511on.ca").describe("Address of one more site of the same platform, asked with other_key"),
  other_key: secretText("The key of the site at base_url"),
  ...keys,
});
/** Every option is text, the keys named `<host's name>_key`. */
export type Options = z.output<typeof Options> & Readonly<Record<string, string>>;

/** A host with what it takes to ask it. */
export type AskedHost = Host & { url: string; key: string };

/**
 * The hosts that have a key; the others are not asked.
 * @throws ArgusError ARGUS_SOURCE_UNCONFIGURED when none has one, for an empty list would mark every camera gone.
 */
export function hostsAsked(options: Options): AskedHost[] {
  const known = Object.entries(HOSTS).map(([name, host]) =>
    asked(host, `https://${host.host}`, options[`${name}_key`] ?? ""),
  );
  const host = new URL(options.base_url).hostname.replace(WWW, "");
  const other = known.find((one) => one.host === host) ?? unknownHost(host);
  const all = [...known, asked(other, options.base_url, options.other_key)].filter(({ key }) => key !== "");
  if (all.length === 0) {
    throw new ArgusError(
      "ARGUS_SOURCE_UNCONFIGURED",
      "no 511 site has a key: register on a site's own page, and put its key into the option of that name (ontario_key, new_york_key, …)",
    );
  }
  // A known host may be given as the other one too.
  return [...new Map(all.toReversed().map((one) => [one.host, one])).values()].toReversed();
}

function asked(host: Host, origin: string, key: string): AskedHost {
  return { ...host, url: origin + (host.list ?? DEFAULT_LIST), key };
}
