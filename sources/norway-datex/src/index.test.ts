import { existsSync } from "node:fs";

import { runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";

const PATH = "/datexapi/GetCCTVSiteTable/pullsnapshotdata";
const FIXTURES = [
  {
    path: PATH,
    bodyFile: new URL("../fixtures/cctv-site-table.xml", import.meta.url),
    empty: `<messageContainer><payload lang="nob"><cctvCameraList id="EXAMPLE_CCTV"/></payload></messageContainer>`,
    // The address of one camera's picture is a file name alone.
    rejected: 1,
  },
];
const ENV = { VEGVESEN_DATEX_USER: "kari", VEGVESEN_DATEX_PASSWORD: "blåbær:1" };

testSource(source, { describe, it, fixtures: FIXTURES, env: ENV });

describe("norway-datex", () => {
  async function scrape(fixtures: Parameters<typeof serveFixtures>[0] = FIXTURES) {
    await using origin = await serveFixtures(fixtures);
    return await runSource(source, { options: { base_url: `${origin.url}/` }, env: ENV });
  }

  it("reads a camera whole", async () => {
    const { cameras } = await scrape();
    expect(cameras[0]).toMatchObject({
      id: "norway-datex:9000063_1",
      name: "Eksempelåsen & Prøvedal towards Eksempelvik",
      description: "Road F999",
      lat: 61.75,
      lon: 5.5,
      country: "NO",
      heading_deg: null,
      stream_url: "https://cameras.example/api/images/9000063_1",
      stream_kind: "jpeg",
      snapshot_url: null,
      tags: ["traffic", "f999"],
      attribution: expect.stringContaining("distributed by Statens vegvesen"),
      licence: "NLOD",
    });
  });

  it("prefers live video that browsers play, with the still beside it", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(1).map((camera) => [camera.stream_kind, camera.stream_url, camera.snapshot_url])).toEqual([
      ["hls", "https://cameras.example/public/9000063_2/manifest.m3u8", "https://cameras.example/api/images/9000063_2"],
      ["jpeg", "https://cameras.example/api/images/9000070_1", null],
    ]);
  });

  it("finds road and place wherever the profile puts them, and takes the camera's own place", async () => {
    const { cameras } = await scrape();
    expect(cameras.map(({ description, lat, lon }) => [description, lat, lon])).toEqual([
      ["Road F999", 61.75, 5.5],
      ["Road E99", 59.9, 10.75],
      [null, null, null],
    ]);
  });

  it("reads texts with and without a language, and a direction of the compass", async () => {
    const { cameras } = await scrape();
    expect(cameras.slice(1).map(({ name, heading_deg }) => [name, heading_deg])).toEqual([
      ["Eksempelåsen towards Nordover", null],
      ["Camera 9000070_1 towards nord", 0],
    ]);
  });

  it("leaves out a camera without a picture, and turns away one whose address is none", async () => {
    const { cameras, rejected } = await scrape();
    expect(cameras.map(({ id }) => id)).not.toContain("norway-datex:9000071_1");
    expect(rejected).toEqual([{ raw_id: "9000072_1", reason: "stillImageUrl must be an http or https URL" }]);
  });

  it("says who asks, and does not ask for XML by name, which the origin refuses", async () => {
    await using origin = await serveFixtures(FIXTURES);
    const [request] = await Promise.all([
      origin.nextRequest(),
      runSource(source, { options: { base_url: origin.url }, env: ENV }),
    ]);
    expect(request.headers).toMatchObject({ authorization: "Basic a2FyaTpibMOlYsOmcjox", accept: "*/*" });
  });

  it("fails with the origin's answer when user or password are wrong, and tells neither", async () => {
    const refused = scrape([{ path: PATH, status: 401, body: "Unauthorized" }]);
    await expect(refused).rejects.toMatchObject({ code: expect.stringMatching(/^ARGUS_SOURCE_/u) });
    await expect(refused).rejects.not.toThrow(/kari|blåbær|a2Fya/u);
  });

  it("fails when there is no camera in it, and when its records have no id", async () => {
    for (const list of ["", "<cctvCameraMetadataRecord><id>1</id></cctvCameraMetadataRecord>"]) {
      const body = `<messageContainer><payload lang="nob">${list}</payload></messageContainer>`;
      await expect(scrape([{ path: PATH, body }])).rejects.toMatchObject({
        code: list === "" ? "ARGUS_SOURCE_EMPTY" : "ARGUS_SOURCE_FORMAT_CHANGED",
      });
    }
  });

  const recorded = new URL("../../../../shared/camdata/norway/datex-cctv-metadata-record-trimmed.xml", import.meta.url);
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on recorded data, for ${recorded.pathname} is not here\n`,
    );
  it.skipIf(missing)("reads a record of recorded values", async () => {
    const { cameras, rejected } = await scrape([{ path: PATH, bodyFile: recorded }]);
    expect(cameras).toMatchObject([
      {
        id: "norway-datex:3000063_1",
        name: "Langesi towards Svelgen",
        description: "Road F614",
        lat: 61.832706,
        lon: 5.459189,
        stream_url: "https://kamera.atlas.vegvesen.no/api/images/3000063_1",
      },
    ]);
    expect(rejected).toEqual([]);
  });
});
