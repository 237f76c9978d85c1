import type { ExpressionSpecification, LayerSpecification, SourceSpecification } from "maplibre-gl";

import { FONT } from "./basemap-layers.ts";
import { PALETTE } from "./palette.ts";

/** Who fetches the tiles is the page itself; see `TileLoader`. */
export const TILE_PROTOCOL = "argus-tiles";
const TILE_URL = `${TILE_PROTOCOL}://{z}/{x}/{y}`;
export const CAMERAS = "cameras";
export const SELECTED = "selected";
/** An empty picture that keeps names clear of what is drawn there: the ring around the selected camera, a cluster. */
export const RING_ROOM = "ring-room";
export const RING_SIZE = 24;
export const POINT_LAYER = "camera-points";
export const CLUSTER_LAYER = "camera-clusters";

/** The layers of the server's tiles. */
const TILE_LAYERS = { clusters: "clusters", cameras: "cameras" } as const;
/** As close as the map goes: crowds of cameras still fall apart there. */
export const MAX_ZOOM = 17;
/** Cameras in a cluster, and the radius in pixels its circle has from that number on. */
const CLUSTER_SIZES = [12, 10, 14, 100, 17, 1000, 21, 10_000, 25] as const;
const CLUSTER_ROOMS: ExpressionSpecification = ["/", ["*", 2, ["step", ["get", "count"], ...CLUSTER_SIZES]], RING_SIZE];
const NOTHING = { type: "FeatureCollection" as const, features: [] };

export function cameraSources(): Record<string, SourceSpecification> {
  return {
    [CAMERAS]: { type: "vector", tiles: [TILE_URL], maxzoom: MAX_ZOOM },
    [SELECTED]: { type: "geojson", data: NOTHING },
  };
}

export function cameraLayers(): LayerSpecification[] {
  return [pointLayer(), clusterLayer(), countLayer(), ...selectedLayers()];
}

function pointLayer(): LayerSpecification {
  const color: ExpressionSpecification = [
    "match",
    ["get", "health_status"],
    "live",
    PALETTE.live,
    ["stale", "frozen", "placeholder"],
    PALETTE.warning,
    ["offline", "blocked"],
    PALETTE.fault,
    PALETTE.accent,
  ];
  return {
    id: POINT_LAYER,
    type: "circle",
    source: CAMERAS,
    "source-layer": TILE_LAYERS.cameras,
    paint: {
      "circle-color": color,
      "circle-radius": ["interpolate", ["linear"], ["zoom"], 1, 3.2, 6, 4.2, 12, 6],
      "circle-stroke-color": PALETTE.sea,
      "circle-stroke-width": 1.4,
    },
  };
}

function clusterLayer(): LayerSpecification {
  return {
    id: CLUSTER_LAYER,
    type: "circle",
    source: CAMERAS,
    "source-layer": TILE_LAYERS.clusters,
    paint: {
      "circle-color": PALETTE.cluster,
      "circle-opacity": 0.94,
      "circle-radius": ["step", ["get", "count"], ...CLUSTER_SIZES],
      "circle-stroke-color": PALETTE.clusterEdge,
      "circle-stroke-width": 1,
    },
  };
}

function countLayer(): LayerSpecification {
  return {
    id: "camera-counts",
    type: "symbol",
    source: CAMERAS,
    "source-layer": TILE_LAYERS.clusters,
    layout: {
      "text-field": ["get", "count_short"],
      "text-font": FONT,
      "text-size": 11.5,
      "text-allow-overlap": true,
      // Names make way for the whole circle.
      "icon-image": RING_ROOM,
      "icon-size": CLUSTER_ROOMS,
      "icon-allow-overlap": true,
    },
    paint: { "text-color": PALETTE.clusterText },
  };
}

function selectedLayers(): LayerSpecification[] {
  const ring = (id: string, radius: number, color: string, width: number): LayerSpecification => ({
    id,
    type: "circle",
    source: SELECTED,
    paint: {
      "circle-color": "rgba(0,0,0,0)",
      "circle-radius": radius,
      "circle-stroke-color": color,
      "circle-stroke-width": width,
    },
  });
  const room: LayerSpecification = {
    id: "selected-room",
    type: "symbol",
    source: SELECTED,
    layout: { "icon-image": RING_ROOM, "icon-allow-overlap": true },
  };
  return [
    room,
    ring("selected-shade", 9.5, PALETTE.sea, 4),
    ring("selected-ring", 10.5, PALETTE.accent, 2),
    {
      id: "selected-point",
      type: "circle",
      source: SELECTED,
      paint: { "circle-color": PALETTE.accent, "circle-radius": 4.5 },
    },
  ];
}
