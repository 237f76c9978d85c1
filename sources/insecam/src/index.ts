import { setTimeout as wait } from "node:timers/promises";

import type { Source } from "@argus/source-sdk";

import { insecamSource } from "./insecam.ts";

const source: Source = insecamSource(async (ms, signal) => {
  await wait(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
});
export default source;
