import type { IncomingMessage, ServerResponse } from "node:http";

import { z } from "zod";

import { readCamdata, readJamCamPlaces } from "../../support/camdata.ts";

/** Paths below the origin's address, and what is there. */
export type Answers = Record<string, Buffer | string | ((request: IncomingMessage, response: ServerResponse) => void)>;

/** Where the stand-ins of origins are: all answer alike, each is a host of its own. Counts from 0. */
export type Hosts = (n: number) => string;

/** A source, what it is set to where its origins are at `hosts`, and what those answer below its name. */
export type Payload = {
  source: string;
  options: (hosts: Hosts) => Record<string, unknown>;
  answers: () => Promise<Answers>;
};

/** The most hosts that one source reads from. */
export const MOST_HOSTS = 4;

/** Lists that are as their origins send them. */
const AS_SENT: readonly (readonly [source: string, path: string, file: string])[] = [
  ["avo-ashcam", "/webcamApi/webcams", "avo-ashcam/webcams-one-row.json"],
  ["digitraffic", "/api/weathercam/v1/stations", "digitraffic/weathercam-v1-stations-trimmed-2026-09-30.json"],
  ["drivebc", "/api/webcams/", "drivebc/api-webcams-trimmed-2026-09-30.json"],
  [
    "hongkong-td",
    "/td/traffic-snapshot-images/code/Traffic_Camera_Locations_En.xml",
    "hong-kong/Traffic_Camera_Locations_En-2019.xml",
  ],
  ["iceland-road", "/api/vefmyndavelar2014_1", "iceland/vegagerdin-myndavelar-trimmed.json"],
  ["maryland-chart", "/CHARTExportClientService/getCameraMapDataJSON.do", "maryland-chart/export_camera_map_data.json"],
  ["nyc-dot", "/api/cameras", "nyc-dot/api-cameras-one-row.json"],
  ["nzta", "/service/traffic/rest/4/cameras/all", "nzta/rest4-cameras-trimmed-2026-09-30.xml"],
  ["open-traffic-cam-map", "/cameras/USA.json", "opentrafficcammap/USA.json"],
  ["quebec-511", "/swtq", "quebec/cameras-one-feature.json"],
  ["singapore-lta", "/v1/transport/traffic-images", "singapore-lta/traffic-images-v1-trimmed-2026-10-01.json"],
  ["spain-dgt", "/.content/.assets/json/camaras.json", "spain-dgt/camaras-trimmed-2026.json"],
  ["taiwan-thb", "/services/cctv/thb", "taiwan/thb-cctv-trimmed.json"],
];

/** Layers of ArcGIS servers, by the preset that reads them. */
const LAYERS: readonly (readonly [preset: string, file: string])[] = [
  ["iowa", "iowa-dot/traffic_cameras_view_query-2026-09-28.json"],
  ["michigan", "michigan-mdot/midrive_cameras_query.json"],
  ["washington", "wsdot/arcgis-travel_info_cameras_query.json"],
  ["utah", "utah-udot/arcgis-cameras-2025-10-11.geojson"],
];

/** Files that no source is made for, and how `geojson-url` reads them. */
const LISTS: readonly (readonly [id: string, file: string, how: object])[] = [
  [
    "caltrans",
    "caltrans/argus-caltrans-2026-05-15.geojson",
    { columns: { id: ["id"], name: ["name"], image: "feedUrl", video: "streamUrl", city: "city" } },
  ],
  [
    "spain",
    "spain-dgt/webcams-2026.json",
    {
      format: "json",
      columns: { id: ["id"], name: ["roadName", "kilometer"], image: "imageUrl", lat: "latitude", lon: "longitude" },
    },
  ],
  [
    "ncdot",
    "ncdot/cameras_2014_05_08.json",
    {
      format: "json",
      columns: { id: ["_id"], name: ["title"], image: "url", lat: "latitude", lon: "longitude", city: "city" },
    },
  ],
  [
    "catalog",
    "aggregate/cams-catalog-2026-07-12.json",
    {
      format: "json",
      rows: "cameras",
      columns: { id: ["id"], name: ["title"], image: "snapshotUrl", video: "url", lat: "lat", lon: "lon" },
    },
  ],
];

/**
 * The recorded lists of ../shared/camdata that a source reads from an origin of the user's choice without a key. Not among
 * them: caltrans (twelve lists, of which one was recorded), travel-511 (hosts of its own), and those that need a key.
 */
export const PAYLOADS: readonly Payload[] = [
  ...AS_SENT.map(([source, path, file]) => ({
    source,
    options: below,
    answers: async () => ({ [path]: await readCamdata(file) }),
  })),
  { source: "tfl-jamcam", options: below, answers: async () => ({ "/Place/Type/JamCam": await jamCams() }) },
  {
    source: "georgia-navigator",
    options: (hosts) => ({ base_url: `${hosts(0)}/cctv.json` }),
    answers: async () => ({ "/cctv.json": await readCamdata("georgia-navigator/cctv.json") }),
  },
  {
    source: "osm-webcams",
    options: below,
    answers: async () => ({
      "/interpreter": `{"elements":${String(await readCamdata("osm/webcammap-overpass-raw.json"))}}`,
    }),
  },
  {
    source: "arcgis",
    // Each layer and each list has a host of its own, as in the world: a source waits between requests to one.
    options: (hosts) => ({
      presets: [],
      copies: LAYERS.map(([preset], n) => ({ preset, url: `${hosts(n)}/${preset}/FeatureServer/0` })),
    }),
    answers: layers,
  },
  {
    source: "geojson-url",
    options: (hosts) => ({
      lists: LISTS.map(([id, , how], n) => ({ id, url: `${hosts(n)}/${id}`, title: id, attribution: id, ...how })),
    }),
    answers: async () =>
      Object.fromEntries(await Promise.all(LISTS.map(async ([id, file]) => [`/${id}`, await readCamdata(file)]))),
  },
];

function below(hosts: Hosts): Record<string, unknown> {
  return { base_url: hosts(0) };
}

async function jamCams(): Promise<string> {
  return JSON.stringify(await readJamCamPlaces());
}

const Layer = z.looseObject({
  features: z.array(z.record(z.string(), z.unknown())),
});
const GeoJsonPoint = z.object({ coordinates: z.array(z.number()).min(2) });
const NO_MORE = '{"features":[]}';

/** Each layer as one page; what was exported as GeoJSON is put back into ArcGIS's own shape. */
async function layers(): Promise<Answers> {
  const pages = await Promise.all(
    LAYERS.map(async ([preset, file]): Promise<[string, Answers[string]]> => {
      const { features, ...rest } = Layer.parse(JSON.parse(String(await readCamdata(file))));
      const rows = features.map(({ attributes, properties, geometry }) => ({
        attributes: attributes ?? properties,
        geometry: xyOf(geometry),
      }));
      const first = JSON.stringify({ ...rest, features: rows });
      return [
        `/${preset}/FeatureServer/0/query`,
        (request, response) => void response.end(isFirst(request) ? first : NO_MORE),
      ];
    }),
  );
  return Object.fromEntries(pages);
}

function isFirst({ url = "" }: IncomingMessage): boolean {
  return (URL.parse(url, "http://origin")?.searchParams.get("resultOffset") ?? "0") === "0";
}

function xyOf(geometry: unknown): unknown {
  const point = GeoJsonPoint.safeParse(geometry);
  return point.success ? { x: point.data.coordinates[0], y: point.data.coordinates[1] } : geometry;
}
