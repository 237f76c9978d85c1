import fc from "fast-check";
import { expect, it } from "vitest";

import { imageUrl } from "./image-url.ts";

it.each([
  ["  https://cameras.example/1.jpg\n", "https://cameras.example/1.jpg"],
  ["https://cameras.example/a%20b/c d.jpg", "https://cameras.example/a%20b/c%20d.jpg"],
  ["https://cameras.example:443/1.jpg", "https://cameras.example/1.jpg"],
  ["http://cameras.example:80/1.jpg", "http://cameras.example/1.jpg"],
  ["http://cameras.example:8080/1.jpg", "http://cameras.example:8080/1.jpg"],
  ["https://cameras.example/1.jpg#top", "https://cameras.example/1.jpg"],
  ["https://cameras.example/1.jpg?t=1790798788", "https://cameras.example/1.jpg"],
  ["https://cameras.example/1.jpg?_=1790798788123", "https://cameras.example/1.jpg"],
  ["https://cameras.example/1.jpg?1728089220000", "https://cameras.example/1.jpg"],
  ["https://cameras.example/1.jpg?rand=0.123456", "https://cameras.example/1.jpg"],
  ["https://cameras.example/image?id=7&t=1790798788&size=2", "https://cameras.example/image?id=7&size=2"],
  ["https://cameras.example/image?t=7", "https://cameras.example/image?t=7"],
  ["https://cameras.example/image?id=12345678901", "https://cameras.example/image?id=12345678901"],
  ["https://cameras.example/image?name=a%2Fb%20c", "https://cameras.example/image?name=a%2Fb%20c"],
  ["https://cameras.example/image?item=1&amp;copy=2", "https://cameras.example/image?item=1&copy=2"],
  ["https://cameras.example/image?item=1&copy=2", "https://cameras.example/image?item=1&copy=2"],
  ["https://cameras.example/image?", "https://cameras.example/image"],
  ["https://cameras.example/image??", "https://cameras.example/image??"],
  ["//cameras.example/1.jpg", "https://cameras.example/1.jpg"],
  ["https://cameras.example/T1-123K+850", "https://cameras.example/T1-123K+850"],
  ["HTTPS://Cameras.Example/ORFlow/1.JPG", "https://cameras.example/ORFlow/1.JPG"],
])("makes of %j %j", (text, url) => {
  expect(imageUrl(text)).toBe(url);
});

it.each([
  "",
  "   ",
  "1.jpg",
  "/camera/714.jpg",
  "ftp://cameras.example/1.jpg",
  "javascript:alert(1)",
  "data:image/png;base64,AA",
  "http://",
  null,
  undefined,
])("takes %j for no address", (text) => {
  expect(imageUrl(text)).toBeNull();
});

it("completes an address from the one it stood in", () => {
  expect(imageUrl("/camera/714.jpg", "https://cameras.example/list?page=2")).toBe(
    "https://cameras.example/camera/714.jpg",
  );
  expect(imageUrl("714.jpg", "https://cameras.example/list/")).toBe("https://cameras.example/list/714.jpg");
  expect(imageUrl("//other.example/1.jpg", "http://cameras.example")).toBe("http://other.example/1.jpg");
  expect(imageUrl("mailto:me@cameras.example", "http://cameras.example")).toBeNull();
});

it("leaves what it made as it is", () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (text) => {
      const once = imageUrl(text);
      expect(once).not.toBeNull();
      expect(imageUrl(once?.replaceAll("&", "&amp;"))).toBe(once);
    }),
  );
});
