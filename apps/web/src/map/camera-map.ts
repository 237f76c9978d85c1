import "maplibre-gl/dist/maplibre-gl.css";

import {
  AttributionControl,
  type GeoJSONSource,
  type LngLatBounds,
  Map,
  type MapMouseEvent,
  ScaleControl,
  setWorkerUrl,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { outlinesUrl, placesUrl } from "virtual:basemap";

import type { Places } from "../../basemap/places.ts";
import { fetchAsset } from "../api.ts";
import { basemapLayers, basemapSources, CITY_DOT, type Outlines } from "./basemap-layers.ts";
import { type Bbox, toBbox } from "./bbox.ts";
import {
  cameraLayers,
  CAMERAS,
  cameraSources,
  CLUSTER_LAYER,
  POINT_LAYER,
  RING_ROOM,
  SELECTED,
} from "./camera-layers.ts";
import { dotImage, emptyImage } from "./dot-image.ts";
import { PALETTE } from "./palette.ts";

export type Hover = { x: number; y: number; name: string; place: string };
export type LonLat = { lon: number; lat: number };
export type MapListener = {
  onSelect(cameraId: string): void;
  onView(view: Bbox, zoom: number): void;
  onHover(hover: Hover | null): void;
  onCursor(position: LonLat | null): void;
  onBusy(busy: boolean): void;
  onProblem(message: string | null): void;
};

const START = { center: [8, 24] as [number, number], zoom: 1.2 };
const ZOOM = { min: 0, max: 17, near: 6.5, fit: 10 };
const FIT_PADDING = 48;
const RING_SIZE = 24;
const FLIGHT_MS = 900;
/** How far from a point a click still means it, in pixels: a mouse, a finger. */
const REACH = { mouse: 5, touch: 14 };

/** The map: draws the cameras of one GeoJSON URL on the offline basemap, and tells what the user does with them. */
export class CameraMap {
  readonly #map: Map;
  readonly #listener: MapListener;
  #fitted = false;
  /** Whether the user has gone somewhere; then the map stays where it is. */
  #moved = false;

  /** @throws when the basemap cannot be loaded or the browser refuses WebGL. */
  static async open(container: HTMLElement, listener: MapListener, signal: AbortSignal): Promise<CameraMap> {
    setWorkerUrl(workerUrl);
    const [outlines, places] = await Promise.all([
      fetchAsset<Outlines>(outlinesUrl, signal),
      fetchAsset<Places>(placesUrl, signal),
    ]);
    signal.throwIfAborted();
    const camera = new CameraMap(container, listener, outlines, places);
    await camera.#map.once("load");
    camera.#listen();
    return camera;
  }

  private constructor(container: HTMLElement, listener: MapListener, outlines: Outlines, places: Places) {
    this.#listener = listener;
    this.#map = new Map({
      container,
      ...START,
      minZoom: ZOOM.min,
      maxZoom: ZOOM.max,
      style: {
        version: 8,
        sources: { ...basemapSources(outlines, places), ...cameraSources() },
        layers: [...basemapLayers(), ...cameraLayers()],
      },
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      localIdeographFontFamily: "system-ui, sans-serif",
      locale: { "Map.Title": "Map of cameras" },
    });
    this.#map.touchZoomRotate.disableRotation();
    this.#map.keyboard.disableRotation();
    this.#map.addImage(CITY_DOT, dotImage(PALETTE.dot), { pixelRatio: 2 });
    this.#map.addImage(RING_ROOM, emptyImage(RING_SIZE));
    this.#map.addControl(new AttributionControl({ compact: false }), "bottom-right");
    this.#map.addControl(new ScaleControl({ maxWidth: 90 }), "bottom-right");
    this.#map.on("error", ({ error }) => this.#listener.onProblem(error.message));
  }

  /** Draws the cameras of `url`. Until the user has moved the map, `all` of them are brought into view, also as more come. */
  async show(url: string, all: boolean): Promise<void> {
    const source = this.#source(CAMERAS);
    this.#listener.onBusy(true);
    this.#listener.onProblem(null);
    await source.setData(url);
    this.#listener.onBusy(false);
    if (!this.#fitted || (all && !this.#moved)) await this.#fit();
  }

  /** Brings all cameras into view. */
  fit(): void {
    this.#moved = true;
    void this.#fit();
  }

  async #fit(): Promise<void> {
    const bounds = await this.#source(CAMERAS).getBounds();
    if (bounds.isEmpty()) return;
    const animate = this.#fitted;
    this.#fitted = true;
    this.#map.fitBounds(bounds, { padding: FIT_PADDING, maxZoom: ZOOM.fit, animate, duration: FLIGHT_MS });
  }

  /** Rings the selected camera, and goes there when it is not in view. */
  select(position: LonLat | null, go: boolean): void {
    const features =
      position === null
        ? []
        : [
            {
              type: "Feature" as const,
              properties: {},
              geometry: { type: "Point" as const, coordinates: [position.lon, position.lat] },
            },
          ];
    void this.#source(SELECTED).setData({ type: "FeatureCollection", features });
    if (position === null || !go) return;
    this.#fitted = true;
    this.#moved = true;
    const center: [number, number] = [position.lon, position.lat];
    const near = this.#map.getZoom() >= ZOOM.near - 2 && this.#map.getBounds().contains(center);
    if (!near) this.#map.flyTo({ center, zoom: Math.max(this.#map.getZoom(), ZOOM.near), duration: FLIGHT_MS });
  }

  zoomBy(steps: number): void {
    this.#moved = true;
    this.#map.zoomTo(this.#map.getZoom() + steps, { duration: FLIGHT_MS / 3 });
  }

  dispose(): void {
    this.#map.remove();
  }

  #source(id: string): GeoJSONSource {
    return this.#map.getSource(id) as GeoJSONSource;
  }

  #listen(): void {
    const map = this.#map;
    const tellView = (): void => {
      const bounds: LngLatBounds = map.getBounds();
      this.#listener.onView(
        toBbox(bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()),
        map.getZoom(),
      );
    };
    map.on("moveend", tellView);
    map.on("click", (event) => void this.#click(event));
    map.on("mousemove", (event) => this.#move(event));
    map.on("mouseout", () => {
      this.#listener.onHover(null);
      this.#listener.onCursor(null);
    });
    map.on("movestart", ({ originalEvent }) => {
      if (originalEvent !== undefined) this.#moved = true;
      this.#listener.onHover(null);
    });
    tellView();
  }

  #hit({
    point,
    originalEvent,
  }: MapMouseEvent): { cluster: number; at: [number, number] } | { id: string; name: string; place: string } | null {
    const touch = "pointerType" in originalEvent && originalEvent.pointerType === "touch";
    const reach = touch ? REACH.touch : REACH.mouse;
    const [feature] = this.#map.queryRenderedFeatures(
      [
        [point.x - reach, point.y - reach],
        [point.x + reach, point.y + reach],
      ],
      { layers: [POINT_LAYER, CLUSTER_LAYER] },
    );
    if (feature === undefined || feature.geometry.type !== "Point") return null;
    const { cluster_id: cluster, id, name, city, country } = feature.properties as Record<string, unknown>;
    if (typeof cluster === "number") return { cluster, at: feature.geometry.coordinates as [number, number] };
    if (typeof id !== "string") return null;
    const place = [city, country]
      .filter((part) => typeof part === "string" && part !== "" && part !== "null")
      .join(", ");
    return { id, name: typeof name === "string" ? name : id, place };
  }

  async #click(event: MapMouseEvent): Promise<void> {
    const hit = this.#hit(event);
    if (hit === null) return;
    if ("id" in hit) return this.#listener.onSelect(hit.id);
    this.#moved = true;
    try {
      const zoom = await this.#source(CAMERAS).getClusterExpansionZoom(hit.cluster);
      this.#map.easeTo({
        center: hit.at,
        zoom: Math.min(Math.max(zoom + 0.2, this.#map.getZoom() + 1), ZOOM.max),
        duration: FLIGHT_MS / 1.5,
      });
    } catch {
      // The cameras were loaded anew between the click and the answer; the cluster is no more.
    }
  }

  #move(event: MapMouseEvent): void {
    const hit = this.#hit(event);
    this.#map.getCanvas().style.cursor = hit === null ? "" : "pointer";
    this.#listener.onCursor({ lon: event.lngLat.wrap().lng, lat: event.lngLat.lat });
    this.#listener.onHover(
      hit !== null && "id" in hit ? { x: event.point.x, y: event.point.y, name: hit.name, place: hit.place } : null,
    );
  }
}
