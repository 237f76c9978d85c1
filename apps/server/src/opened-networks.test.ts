import { expect, it } from "vitest";

import { openedNetworks } from "./opened-networks.ts";

it.each([
  ["http://192.168.7.20/1.jpg", true],
  ["http://192.168.8.20/1.jpg", false],
  ["http://[fd00::1]/1.jpg", true],
  ["http://[fd01::1]/1.jpg", false],
  ["http://camera.example/1.jpg", false],
])("%s is in a network that was opened: %s", (url, opened) => {
  expect(openedNetworks(["192.168.7.0/24", "fd00::/16"])(new URL(url))).toBe(opened);
});
