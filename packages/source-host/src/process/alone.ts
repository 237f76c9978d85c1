import type { CodeInput } from "../source-code.ts";
import type { HttpTransport } from "@argus/source-sdk/transport";

import { protocolBroken } from "../errors.ts";
import type { ProcessBounds } from "./bounds.ts";

const noTransport: HttpTransport = {
  fetch: async () => {
    throw protocolBroken("asked the network for something before it was run");
  },
};
const forbid = (call: string) => (): never => {
  throw protocolBroken(`called ${call} before it was run`);
};

/** What code is run with that is only looked at: nobody listens to it, and it is handed nothing. */
export function aloneWith(options: unknown, bounds: ProcessBounds, signal: AbortSignal): CodeInput {
  const ports = {
    transport: noTransport,
    emit: async () => forbid("emit")(),
    reject: forbid("reject"),
    progress: forbid("progress"),
    partial: forbid("partial"),
    log: () => undefined,
  };
  return { options, env: {}, ports, signal, bounds };
}
