import { afterAll } from "vitest";

import { CameraStore, openStore } from "./camera-store.ts";
import { describeCameraStore } from "./testing/contract.ts";
import { TempFolder } from "./testing/temp-folder.ts";

const folder = new TempFolder();
afterAll(() => folder[Symbol.dispose]());

describeCameraStore("in memory", async (options) => new CameraStore(options));
describeCameraStore("in memory, connected", async (options) => {
  const store = new CameraStore(options);
  await store.connect();
  return store;
});
describeCameraStore("on SQLite", (options) => openStore({ ...options, url: folder.file() }));
describeCameraStore(
  "on SQLite, not yet connected",
  async (options) => new CameraStore({ ...options, url: folder.file() }),
);
