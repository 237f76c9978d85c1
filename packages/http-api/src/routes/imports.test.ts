import { describe, expect, it } from "vitest";

import { DIGEST, PREVIEW } from "../testing/fake-personal.ts";
import { ask, refusal, startApi } from "../testing/server.ts";

const CSV = "id,name,url\n1,Ä,https://x.org/1.jpg\n";
const post = (body: string, type = "text/csv") => ({ method: "POST", headers: { "content-type": type }, body });

describe("POST /api/imports/preview", () => {
  it.each([
    "text/csv",
    "text/csv; charset=utf-8",
    "application/geo+json",
    "application/json",
    "application/octet-stream",
  ])("hands a file of type %s to the store as it is", async (type) => {
    await using api = await startApi();
    const { status, body } = await ask(api, "/api/imports/preview", post(CSV, type));
    expect({ status, body: JSON.parse(body) as unknown }).toEqual({ status: 200, body: PREVIEW });
    expect(api.store.imports.asked).toMatchObject([{ file: CSV, options: { source_id: "own", columns: {} } }]);
  });

  it("hands on how the file is to be read", async () => {
    await using api = await startApi();
    const query = "format=csv&source_id=own-harbour&attribution=Me&licence=MIT&column=lat:Breite&column=name:a:b";
    expect((await ask(api, `/api/imports/preview?${query}`, post(CSV))).status).toBe(200);
    await ask(api, "/api/imports/preview?column=lon:L%C3%A4nge", post(CSV));
    expect(api.store.imports.asked.map(({ options }) => options)).toMatchObject([
      {
        format: "csv",
        source_id: "own-harbour",
        attribution: "Me",
        licence: "MIT",
        columns: { lat: "Breite", name: "a:b" },
      },
      { columns: { lon: "Länge" } },
    ]);
  });

  it.each([
    ["source_id=demo", "source_id"],
    ["source_id=ownership", "source_id"],
    ["format=kml", "format"],
    ["column=lat", "column"],
    ["column=colour:x", "colour"],
    ["attribution=", "attribution"],
    ["colums=lat:x", "colums"],
    [`digest=${DIGEST}`, "digest"],
  ])("refuses %s by name, and reads nothing", async (query, named) => {
    await using api = await startApi();
    expect(await refusal(api, `/api/imports/preview?${query}`, post(CSV))).toEqual({
      status: 400,
      code: "ARGUS_QUERY_INVALID",
      message: expect.stringContaining(named),
    });
    expect(api.store.imports.asked).toEqual([]);
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
    "refuses %s, which a form of another site could send",
    async (type) => {
      await using api = await startApi();
      expect(await refusal(api, "/api/imports/preview", post(CSV, type))).toMatchObject({
        status: 415,
        code: "ARGUS_REQUEST_CONTENT_TYPE",
      });
    },
  );

  it("refuses a file over 32 MB", async () => {
    await using api = await startApi();
    expect(await refusal(api, "/api/imports/preview", post("x".repeat(33_554_433)))).toMatchObject({
      status: 413,
      code: "ARGUS_REQUEST_TOO_LARGE",
    });
  });

  it("reads two files at once, and more in their turn", async () => {
    await using api = await startApi();
    let release = (): void => undefined;
    api.store.imports.hold = new Promise((resolve) => (release = resolve));
    const reading = [ask(api, "/api/imports/preview", post(CSV)), ask(api, "/api/imports/preview", post(CSV))];
    while (api.store.imports.asked.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(await refusal(api, "/api/imports/preview", post(CSV))).toMatchObject({
      status: 503,
      code: "ARGUS_UPLOADS_BUSY",
    });
    release();
    expect((await Promise.all(reading)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await ask(api, "/api/imports/preview", post(CSV))).status).toBe(200);
  });
});

describe("POST /api/imports", () => {
  it("stores what was previewed", async () => {
    await using api = await startApi();
    const { status, body } = await ask(api, `/api/imports?digest=${DIGEST}&skip_bad=yes&licence=MIT`, post(CSV));
    expect({ status, body: JSON.parse(body) as unknown }).toEqual({
      status: 200,
      body: { new: 1, changed: 0, unchanged: 0, skipped: 0 },
    });
    await ask(api, `/api/imports?digest=${DIGEST}`, post(CSV));
    expect(api.store.imports.asked).toMatchObject([
      { file: CSV, digest: DIGEST, skipBad: true, options: { licence: "MIT" } },
      { skipBad: false },
    ]);
  });

  it.each([
    ["", 400, "ARGUS_QUERY_INVALID"],
    ["digest=x", 400, "ARGUS_QUERY_INVALID"],
    [`digest=${DIGEST}&skip_bad=no`, 400, "ARGUS_QUERY_INVALID"],
    [`digest=${"1".repeat(64)}`, 409, "ARGUS_IMPORT_DIGEST"],
  ])("refuses ?%s with %i %s", async (query, status, code) => {
    await using api = await startApi();
    expect(await refusal(api, `/api/imports?${query}`, post(CSV))).toMatchObject({ status, code });
    expect(api.store.imports.asked).toEqual([]);
  });
});
