import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { z } from "zod";

const folder = fileURLToPath(new URL("../../../shared/camdata/", import.meta.url));

/** Whether the real payloads are beside the project; tests that need them say visibly that they skip. */
export const haveCamdata: boolean = existsSync(folder);

/** A recorded file, by its path below the folder. */
export function readCamdata(file: string): Promise<Buffer> {
  return readFile(folder + file);
}

const JamCamGeoJson = z.object({
  features: z.array(
    z.object({
      properties: z.object({
        available: z.string(),
        imageUrl: z.string(),
        videoUrl: z.string(),
        view: z.string().optional(),
      }),
      geometry: z.object({ coordinates: z.tuple([z.number(), z.number()]) }),
    }),
  ),
});

/** The OpenTrafficCamMap file as its repository serves it: 7,024 rows. */
export function readOpenTrafficCamMap(): Promise<Buffer> {
  return readFile(`${folder}opentrafficcammap/USA.json`);
}

/** 2,667 cameras of Caltrans as somebody gathered them: most of those of California above, under other ids. */
export function readCaltrans(): Promise<Buffer> {
  return readFile(`${folder}caltrans/argus-caltrans-2026-05-15.geojson`);
}

/**
 * The 900 real JamCams that somebody kept as GeoJSON, put back into the Unified API's envelope: every value is real,
 * the nesting is the API's. The full answer itself was not captured anywhere.
 */
export async function readJamCamPlaces(): Promise<unknown[]> {
  const { features } = JamCamGeoJson.parse(
    JSON.parse(await readFile(`${folder}tfl/jamcams-geojson-2024-04-09.json`, "utf8")),
  );
  return features.map(({ properties, geometry }) => {
    const id = /(\d+\.\d+)\.jpg$/u.exec(properties.imageUrl)?.[1] ?? properties.imageUrl;
    const entries = Object.entries(properties).map(([key, value]) => ({
      category: key === "view" ? "cameraView" : "payload",
      key,
      value,
    }));
    const [lon, lat] = geometry.coordinates;
    return {
      id: `JamCams_${id}`,
      commonName: properties.view ?? id,
      placeType: "JamCam",
      additionalProperties: entries,
      lat,
      lon,
    };
  });
}
