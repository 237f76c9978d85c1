import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect, it } from "vitest";

import { openOrigin } from "../support/origin.ts";
import { runReadmeExample } from "../support/readme-example.ts";
import { makeScratch } from "../support/scratch.ts";

// The smallest JPEG that every part of Argus takes for one: SOI, a frame header, a scan header, EOI.
const JPEG = Buffer.from("ffd8ffc0000b080001000101011100ffda0008010100003f0000ffd9", "hex");

it("core: parses a camera and a query", async () => {
  await using scratch = await makeScratch("readme");
  const printed = await runReadmeExample("packages/core/README.md", { folder: scratch.path });
  expect(printed).toContain("tfl-jamcam:00001.07450");
  expect(printed).toContain("bbox");
});

it("store: opens a registry and reads it", async () => {
  await using scratch = await makeScratch("readme");
  expect(await runReadmeExample("packages/store/README.md", { folder: scratch.path })).toContain(
    "0 bridges within 5 km",
  );
});

it("server: starts and stops inside another program", async () => {
  await using scratch = await makeScratch("readme");
  const before = `process.env.HOME = process.env.XDG_DATA_HOME = process.env.XDG_CONFIG_HOME = ${JSON.stringify(scratch.path)};`;
  expect(await runReadmeExample("apps/server/README.md", { folder: scratch.path, before })).toMatch(
    /^http:\/\/127\.0\.0\.1:\d+$/mu,
  );
});

it("source-host: runs an installed source into a store", async () => {
  await using scratch = await makeScratch("readme");
  const place = {
    id: "JamCams_1",
    commonName: "Mill Lane",
    lat: 51.5,
    lon: -0.1,
    additionalProperties: [
      { key: "available", value: "true" },
      { key: "imageUrl", value: "https://example.org/1.jpg" },
    ],
  };
  await using origin = await openOrigin({ "/Place/Type/JamCam": JSON.stringify([place]) });
  await writeFile(
    join(scratch.path, "package.json"),
    JSON.stringify({ type: "module", dependencies: { "argus-source-tfl-jamcam": "*" } }),
  );
  const before = `import { CameraStore } from "@argus/store";
const store = new CameraStore();
process.on("exit", () => console.log(store.size, "cameras"));`;
  const printed = await runReadmeExample("packages/source-host/README.md", {
    folder: scratch.path,
    before,
    instead: { "https://api.tfl.gov.uk": origin.url },
  });
  expect(printed).toContain("1 cameras");
});

it("streams: takes a snapshot and follows a stream", async () => {
  await using scratch = await makeScratch("readme");
  await using origin = await openOrigin({ "/still.jpg": JPEG });
  const before = `const camera = { id: "own:gate", source_id: "own", stream_kind: "jpeg", stream_url: "${origin.url}/still.jpg", snapshot_url: null, refresh_s: 1 };
let parts = 0;
const response = { write: () => { parts += 1; if (parts === 2) { console.log("streaming"); process.exit(0); } } };`;
  const printed = await runReadmeExample("packages/streams/README.md", {
    folder: scratch.path,
    before,
    instead: { "192.168.7.0/24": "127.0.0.1/32" },
  });
  expect(printed).toContain(`${JPEG.length} bytes`);
  expect(printed).toContain("streaming");
});
