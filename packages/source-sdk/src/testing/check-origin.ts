import assert from "node:assert/strict";

import type { ListedCamera } from "@argus/core";

import type { ServedOrigin } from "../source.ts";

const SAMPLES = 3;
const MAX_READ_BYTES = 4 * 1024 * 1024;
const START_OF_IMAGE = Buffer.from([0xff, 0xd8, 0xff]);
const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);

/** Asks the origin for pictures of a few cameras: each URL answers with at least one whole JPEG. */
export async function checkPictures(origin: ServedOrigin, cameras: readonly ListedCamera[]): Promise<void> {
  const urls = cameras.map((camera) => [camera.stream_url, camera.snapshot_url].filter((url) => isOf(origin, url)));
  const shown = urls.filter((ofCamera) => ofCamera.length > 0);
  assert.ok(shown.length > 0, `it emitted no camera of its host "${origin.host}"`);
  const step = Math.ceil(shown.length / SAMPLES);
  for (const url of shown.filter((_, index) => index % step === 0).flat()) await checkPicture(origin, url);
}

function isOf(origin: ServedOrigin, url: string | null): url is string {
  return url !== null && new URL(url).host === origin.host;
}

async function checkPicture(origin: ServedOrigin, url: string): Promise<void> {
  const viewer = new AbortController();
  const response = await origin.handle(new Request(url, { signal: viewer.signal }));
  assert.equal(response.status, 200, `${url} answers ${response.status}`);
  assert.match(
    response.headers.get("content-type") ?? "",
    /^(?:image\/jpeg|multipart\/x-mixed-replace)/u,
    `${url} sends no picture`,
  );
  assert.ok(response.body, `${url} has no body`);
  let received = Buffer.alloc(0);
  // Leaving the loop cancels the body, as a viewer does who goes away.
  for await (const chunk of response.body) {
    received = Buffer.concat([received, chunk]);
    if (hasJpeg(received) || received.length > MAX_READ_BYTES) break;
  }
  viewer.abort();
  assert.ok(hasJpeg(received), `${url} sends no whole JPEG`);
}

function hasJpeg(bytes: Buffer): boolean {
  const start = bytes.indexOf(START_OF_IMAGE);
  return start >= 0 && bytes.indexOf(END_OF_IMAGE, start) > start;
}
