import type { Log } from "@argus/core";
import type { SourceHostOptions } from "@argus/source-host";
import { createAddressRule } from "@argus/streams";

import type { Config } from "./config.ts";
import type { Environment } from "./folders.ts";
import { openedNetworks } from "./opened-networks.ts";
import { USER_AGENT } from "./package.ts";

// The server and the commands stop in less than five seconds.
const GRACE_MS = 4000;

/** What sources are run with, whoever runs them: the same settings and the same rules. */
export function hostOptions(
  config: Config,
  env: Environment,
  log: Log,
): Omit<SourceHostOptions, "installed" | "store"> {
  const { sources, egress } = config.settings;
  return {
    env,
    options: sources,
    userAgent: USER_AGENT,
    log,
    limits: { graceMs: GRACE_MS },
    addressRule: createAddressRule(egress.allow),
    isOpened: openedNetworks(egress.allow),
  };
}
