import { CameraChanges } from "@argus/core";
import { describe, expect, it } from "vitest";

import { makeCamera } from "../testing/cameras.ts";
import { ask, refusal, startApi } from "../testing/server.ts";

describe("GET /api/changes", () => {
  it("is followed to the end by each answer's next, from the beginning when nothing is said", async () => {
    await using api = await startApi();
    api.store.cameras = Array.from({ length: 5 }, (_, at) => makeCamera({ id: `demo:${at}` }));
    const seen: string[] = [];
    let changes: CameraChanges = { cameras: [], next: "", more: true };
    for (let path = "/api/changes?limit=2"; changes.more; path = `/api/changes?limit=2&since=${changes.next}`) {
      changes = CameraChanges.parse(JSON.parse((await ask(api, path)).body));
      expect(changes.cameras.length).toBeLessThanOrEqual(2);
      seen.push(...changes.cameras.map(({ id }) => id));
    }
    expect(seen).toEqual(api.store.cameras.map(({ id }) => id));
    expect(JSON.parse((await ask(api, `/api/changes?since=${changes.next}`)).body)).toEqual({
      cameras: [],
      next: changes.next,
      more: false,
    });
  });

  it.each(["limit=0", "limit=1001", "limit=x", "since=", `since=${"1".repeat(41)}`, "since=1&since=2", "after=1"])(
    "refuses %s by name",
    async (query) => {
      await using api = await startApi();
      expect(await refusal(api, `/api/changes?${query}`)).toMatchObject({
        status: 400,
        code: "ARGUS_QUERY_INVALID",
        message: expect.stringContaining(String(query.split("=")[0])),
      });
    },
  );

  it("answers a place that the store does not know with 400", async () => {
    await using api = await startApi();
    expect(await refusal(api, "/api/changes?since=bad")).toMatchObject({
      status: 400,
      code: "ARGUS_STORE_CURSOR_INVALID",
    });
  });
});
