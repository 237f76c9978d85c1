import { Layer } from "./layer.ts";

const US = "US";

/** Layers of departments of transportation whose columns are known. Their ids begin camera ids, and stay. */
export const PRESETS = {
  // device_id and FID are given anew; a site has one COMMON_ID and a row for each of its views.
  iowa: Layer.parse({
    id: "iowa",
    url: "https://services.arcgis.com/8lRhdTsQyJpO52F1/arcgis/rest/services/Traffic_Cameras_View/FeatureServer/0",
    columns: {
      id: ["COMMON_ID", "ImageName"],
      name: ["Desc_", "ImageName"],
      image: "ImageURL",
      video: "VideoURL",
      city: "REGION",
      tags: ["Route", "Type"],
    },
    name_separator: ": ",
    country: US,
    region: "Iowa",
    area: [-97, 40, -89.8, 44],
    attribution: "Iowa Department of Transportation",
    licence: "CC-BY-4.0",
    terms_url: "https://iowadot.gov/policies-statements/terms-use",
  }),
  // Rows without id and status are cameras of Indiana; OBJECTID is given anew every night.
  kentucky: Layer.parse({
    id: "kentucky",
    url: "https://services2.arcgis.com/CcI36Pduqd0OR4W9/arcgis/rest/services/trafficCamerasCur_Prd/FeatureServer/0",
    columns: { id: ["id"], name: ["description"], image: "snapshot", heading: "direction", tags: ["highway"] },
    in_service: { column: "status", values: ["Online"] },
    country: US,
    region: "Kentucky",
    area: [-89.7, 36.4, -81.8, 39.3],
    attribution: "Kentucky Transportation Cabinet",
    terms_url: "https://www.arcgis.com/home/item.html?id=00715d24d2bf42e5abc1fab8a08d45eb",
  }),
  // A copy of 2021 whose pictures are alive. Direction says where the traffic goes, not where the camera looks.
  michigan: Layer.parse({
    id: "michigan",
    url: "https://services2.arcgis.com/67lKNkQ2TO1I3lhR/arcgis/rest/services/MiDrive%20Cameras/FeatureServer/0",
    columns: { id: ["Image"], name: ["Route", "Location"], image: "Image", description: "Direction", tags: ["Route"] },
    name_separator: " ",
    country: US,
    region: "Michigan",
    area: [-90.6, 41.5, -82.2, 48.4],
    attribution: "Michigan Department of Transportation",
    terms_url: "https://www.michigan.gov/mdot/about/mi-drive-disclaimer",
  }),
  // Here OBJECTID is the agency's own CameraID. Some cameras are Oregon's.
  washington: Layer.parse({
    id: "washington",
    url: "https://data.wsdot.wa.gov/arcgis/rest/services/TravelInformation/TravelInfoCamerasWeather/FeatureServer/0",
    columns: { id: ["OBJECTID"], name: ["CameraTitle"], image: "ImageURL", heading: "CompassDirection" },
    country: US,
    region: "Washington",
    area: [-125.5, 44.5, -116, 49.5],
    refresh_s: 300,
    attribution: "Washington State Department of Transportation",
    licence: "WSDOT terms: low volume use only, with an indemnity",
    terms_url: "https://www.arcgis.com/home/item.html?id=6692b4f163bd4ec99b5a897b2d207aa6",
  }),
} as const;

/** How a layer of Utah's is read. The agency withdrew the one that was seen: whoever has a copy names its address. */
export const UTAH = Layer.parse({
  id: "utah",
  url: "utah",
  columns: { id: ["ID"], name: ["name"], image: "ImageUrl", city: "City", tags: ["ALT_NAME_1A"] },
  in_service: { column: "Missing_Image", values: ["FALSE"] },
  drop_name_code: true,
  country: US,
  region: "Utah",
  area: [-114.3, 36.8, -108.8, 42.3],
  attribution: "Utah Department of Transportation",
  terms_url: "https://udottraffic.utah.gov/about/disclaimer",
});
