import { ArgusError, SourceDetails } from "@argus/core";
import { expect, it } from "vitest";

import { makeSource } from "../testing/cameras.ts";
import { ask, refusal, startApi, type TestApi } from "../testing/server.ts";

const JSON_HEADERS = { "content-type": "application/json" };
const patch = (body: string, headers: Record<string, string> = JSON_HEADERS) => ({ method: "PATCH", headers, body });

async function answer(api: TestApi, path: string, init?: Parameters<typeof ask>[2]): Promise<unknown> {
  return JSON.parse((await ask(api, path, init)).body);
}

it("a source is shown, with what was set through another server a moment ago", async () => {
  await using api = await startApi();
  api.sources.setElsewhere = () => (api.sources.sources = [makeSource({ enabled: true })]);
  const shown = SourceDetails.parse(await answer(api, "/api/sources/demo"));
  expect(shown).toMatchObject({ id: "demo", enabled: true, failures: 0 });
  api.sources.setElsewhere = () => (api.sources.sources = [makeSource({ enabled: false })]);
  expect(await answer(api, "/api/sources")).toMatchObject({ sources: [{ enabled: false }] });
});

it("what is set about it, its failures and its held listing reach the sources", async () => {
  await using api = await startApi();
  api.sources.sources = [makeSource({ id: "@x/odd" })];
  const change = { enabled: true, accept_notice: false, options: { key: null, limit: 3 } };
  expect(await answer(api, "/api/sources/%40x%2Fodd", patch(JSON.stringify(change)))).toMatchObject({ id: "@x/odd" });
  expect(await answer(api, "/api/sources/%40x%2Fodd/reset", { method: "POST" })).toMatchObject({ id: "@x/odd" });
  expect(await answer(api, "/api/sources/%40x%2Fodd/confirm", { method: "POST" })).toEqual({ gone: 7, scrape: null });
  expect(api.sources.told).toEqual([
    ["@x/odd", change],
    ["@x/odd", "reset"],
    ["@x/odd", "confirm"],
  ]);
});

it.each(["GET /", "PATCH /", "POST /reset", "POST /confirm"])(
  "%s of one that is not installed is 404",
  async (call) => {
    await using api = await startApi();
    const [method = "", path = ""] = call.split(" ");
    const init = method === "PATCH" ? patch("{}") : { method };
    const told = await refusal(api, `/api/sources/nope${path === "/" ? "" : path}`, init);
    expect(told).toMatchObject({
      status: 404,
      code: "ARGUS_SOURCE_NOT_INSTALLED",
      message: expect.stringMatching(/nope/u),
    });
  },
);

it.each([
  ['{"enabled":"yes"}', "enabled"],
  ['{"enable":true}', "enable"],
  ['{"options":[]}', "options"],
  ['{"accept_notice":null}', "accept_notice"],
  ["[]", "the body"],
])("a change %s is refused with 422 and names %s", async (body, named) => {
  await using api = await startApi();
  const told = await refusal(api, "/api/sources/demo", patch(body));
  expect(told).toMatchObject({ status: 422, code: "ARGUS_REQUEST_INVALID", message: expect.stringContaining(named) });
  expect(api.sources.told).toEqual([]);
});

it("a change must be JSON, and no more than 64 KB of it", async () => {
  await using api = await startApi();
  const text = await refusal(api, "/api/sources/demo", patch("{}", { "content-type": "text/plain" }));
  expect(text).toMatchObject({ status: 415 });
  const large = await refusal(
    api,
    "/api/sources/demo",
    patch(JSON.stringify({ options: { key: "x".repeat(70_000) } })),
  );
  expect(large).toMatchObject({ status: 413 });
});

it.each([
  ["ARGUS_SOURCE_OPTIONS_INVALID", 422],
  ["ARGUS_SOURCE_OPTION_FIXED", 422],
  ["ARGUS_SOURCE_NO_NOTICE", 422],
  ["ARGUS_SOURCE_NOT_READY", 409],
  ["ARGUS_SOURCE_NOTHING_HELD", 409],
] as const)("%s is %i, with what is wrong", async (code, status) => {
  await using api = await startApi();
  api.sources.error = new ArgusError(code, "why", { details: [{ path: "key", message: "too short" }] });
  const { status: found, body } = await ask(api, "/api/sources/demo", patch('{"enabled":true}'));
  expect({ found, body: JSON.parse(body) as unknown }).toEqual({
    found: status,
    body: { error: { code, message: "why", details: [{ path: "key", message: "too short" }] } },
  });
});
