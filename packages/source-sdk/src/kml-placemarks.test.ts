import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";

import { describe, expect, it } from "vitest";

import { kmlPlacemarks } from "./kml-placemarks.ts";

const KML = `<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document><name>All</name>
  <Placemark id="p1">
    <name>Mill &amp; Lane</name>
    <description><![CDATA[<div>Looking <b>west</b><br/><img width="400" src="https://cameras.example/1.jpg?a=1&amp;b=2"><img src="2.jpg"></div>]]></description>
    <ExtendedData>
      <Data name="road"><value>SR 9</value></Data>
      <SchemaData schemaUrl="#s"><SimpleData name="mp">14.2</SimpleData></SchemaData>
    </ExtendedData>
    <Point><altitudeMode>clampToGround</altitudeMode><coordinates> -117.5,48.25,0 </coordinates></Point>
  </Placemark>
  <Folder><name>North</name><Folder><name>Coast</name>
    <Placemark><name>Two</name><MultiGeometry><Point><coordinates>-117,48</coordinates></Point></MultiGeometry></Placemark>
  </Folder></Folder>
  <Folder><Placemark><Polygon/></Placemark></Folder>
</Document></kml>`;

describe("kmlPlacemarks", () => {
  it("reads placemarks wherever they lie, with what is extended", async () => {
    const rows = await kmlPlacemarks(KML);
    expect(rows[0]).toEqual({
      id: "p1",
      name: "Mill & Lane",
      description: "Looking west",
      html: expect.stringContaining("<b>west</b>"),
      image: "https://cameras.example/1.jpg?a=1&b=2",
      properties: { road: "SR 9", mp: "14.2" },
      folders: [],
      lat: 48.25,
      lon: -117.5,
    });
    expect(rows[1]).toMatchObject({ name: "Two", folders: ["North", "Coast"], lat: 48, lon: -117 });
    expect(rows[2]).toEqual({
      id: null,
      name: null,
      description: null,
      html: null,
      image: null,
      properties: {},
      folders: [],
      lat: null,
      lon: null,
    });
    expect(rows).toHaveLength(3);
  });

  it("takes places outside the areas for unknown", async () => {
    const [first] = await kmlPlacemarks(KML, { areas: [[0, 0, 1, 1]] });
    expect(first).toMatchObject({ lat: null, lon: null });
  });

  it.each([
    ["no XML", "<!doctype"],
    ["other XML", "<rss></rss>"],
    ["half of it", KML.slice(0, KML.length / 2)],
  ])("refuses %s", async (_, text) => {
    await expect(kmlPlacemarks(text)).rejects.toMatchObject({ code: "ARGUS_SOURCE_FORMAT_CHANGED" });
  });

  const recorded = new URL("../../../../shared/camdata/wsdot/HighwayCameras-trimmed-2026-09-30.kml", import.meta.url);
  const missing = !existsSync(recorded);
  if (missing)
    process.stderr.write(`SKIPPED: KML is not tested on recorded data, for ${recorded.pathname} is not here\n`);
  it.skipIf(missing)("reads a recorded file", async () => {
    const rows = await kmlPlacemarks(await readFile(recorded, "utf8"));
    expect(rows.map(({ lat, image }) => [lat !== null, image?.startsWith("https://images.wsdot.wa.gov/")])).toEqual([
      [true, true],
      [true, true],
    ]);
  });
});
