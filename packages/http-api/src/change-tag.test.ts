import { describe, expect, it } from "vitest";

import { makeCamera } from "./testing/cameras.ts";
import { ask, startApi, type TestApi } from "./testing/server.ts";

const CALLS = ["/api/tiles/0/0/0.mvt", "/api/cameras.geojson", "/api/cameras.ndjson"];

async function tagOf(api: TestApi, path: string): Promise<string> {
  return String((await ask(api, path)).headers.etag);
}

async function statusFor(api: TestApi, path: string, tag: string): Promise<number> {
  return (await ask(api, path, { headers: { "if-none-match": tag } })).status;
}

describe.each(CALLS)("the entity tag of %s", (path) => {
  it("is confirmed among others, weak or strong, to a program that uses fetch too", async () => {
    await using api = await startApi();
    const tag = await tagOf(api, path);
    for (const given of [tag, tag.slice(2), `"other", ${tag}`, "*"])
      expect(await statusFor(api, path, given)).toBe(304);
    for (const given of ['"other"', "", tag.slice(0, -1)]) expect(await statusFor(api, path, given)).toBe(200);
    const { status } = await fetch(api.url + path, { headers: { "if-none-match": tag } });
    expect(status).toBe(304);
  });

  it("is not confirmed when another program has committed since, though nobody else asked", async () => {
    await using api = await startApi();
    const tag = await tagOf(api, path);
    api.store.committedElsewhere = () => (api.store.changeSequence += 1);
    expect(await statusFor(api, path, tag)).toBe(200);
  });

  it("does not count a change that comes in while the body is made", async () => {
    await using api = await startApi();
    const { cameras } = api.store;
    // The change comes in after the tag was taken and before the body: the body may hold it, the tag must not count it.
    const change = () => {
      api.store.cameras = [...cameras, makeCamera({ id: "demo:2" })];
      api.store.changeSequence += 1;
    };
    const { currentSequence } = api.store;
    api.store.currentSequence = async () => {
      const sequence = await currentSequence.call(api.store);
      api.store.committedElsewhere = change;
      return sequence;
    };
    const tag = await tagOf(api, path);
    api.store.currentSequence = currentSequence;
    api.store.committedElsewhere = null;
    expect(await statusFor(api, path, tag)).toBe(200);
  });

  it.each(["favourite=yes", "collection=0d5e9a4c-6f0e-4a5f-9f3b-0c7f9f6f9f6f"])(
    "is not there under %s, which changes without a camera changing",
    async (query) => {
      await using api = await startApi();
      const { status, headers } = await ask(api, `${path}?${query}`, { headers: { "if-none-match": "*" } });
      expect({ status, etag: headers.etag }).toEqual({ status: 200, etag: undefined });
    },
  );
});
