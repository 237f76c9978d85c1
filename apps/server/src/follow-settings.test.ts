import { SourceHost, type UserSettingsStore } from "@argus/source-host";
import { expect, it } from "vitest";

import { followSettings } from "./follow-settings.ts";
import { passOn } from "./sources/ready-host.ts";

it("takes in what others have set, again and again, until it is told to stop", async () => {
  const stopping = new AbortController();
  let reads = 0;
  const { promise: readThrice, resolve } = Promise.withResolvers<void>();
  const userSettings: UserSettingsStore = {
    // What cannot be read once is read the next time.
    list: () => {
      reads += 1;
      if (reads === 3) resolve();
      return reads === 2 ? Promise.reject(new Error("the database is away")) : Promise.resolve([]);
    },
    get: async () => null,
    put: () => Promise.reject(new Error("nothing is changed")),
  };
  const store = passOn(async () => ({ new: 0, changed: 0, unchanged: 0 }));
  await using host = new SourceHost({ installed: [], store, env: {}, userAgent: "argus-test", userSettings });
  const following = followSettings(host, stopping.signal, 1);
  await readThrice;
  stopping.abort();
  await following;
  const before = reads;
  await followSettings(host, stopping.signal, 1);
  expect(reads).toBe(before);
});
