import { expect, it } from "vitest";

import { isDeclared } from "./host-list.ts";

const hosts = ["api.example", "*.cameras.example", "127.0.0.1:8080"];

it.each([
  "https://api.example/",
  "http://api.example:8443/",
  "https://API.example/",
  "https://a.cameras.example/",
  "https://a.b.cameras.example/",
  "http://127.0.0.1:8080/",
])("lets %s through", (url) => {
  expect(isDeclared(new URL(url), hosts)).toBe(true);
});

it.each([
  "https://cameras.example/", // a wildcard is for what is below
  "https://evilcameras.example/",
  "https://api.example.evil.test/",
  "https://sub.api.example/",
  "https://api.example./",
  "https://api.example@evil.test/",
  "http://127.0.0.1:8081/",
  "http://127.0.0.1/",
  "http://*.cameras.example.evil.test/",
])("stops %s", (url) => {
  expect(isDeclared(new URL(url), hosts)).toBe(false);
});
