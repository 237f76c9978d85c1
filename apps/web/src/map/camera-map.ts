import "maplibre-gl/dist/maplibre-gl.css";

import {
  addProtocol,
  AttributionControl,
  type GeoJSONSource,
  type LngLatBounds,
  Map,
  type MapMouseEvent,
  removeProtocol,
  ScaleControl,
  setWorkerUrl,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { outlinesUrl, placesUrl } from "virtual:basemap";

import type { Bbox, CameraFilter } from "@argus/core";

import type { Places } from "../../basemap/places.ts";
import { fetchAsset } from "../api.ts";
import { basemapLayers, basemapSources, CITY_DOT, type Outlines } from "./basemap-layers.ts";
import { placeAround, toBbox, toBounds } from "./bbox.ts";
import { type Hit, hitOf, type LonLat, nextOf } from "./camera-hits.ts";
import {
  cameraLayers,
  CAMERAS,
  cameraSources,
  CLUSTER_LAYER,
  MAX_ZOOM,
  POINT_LAYER,
  RING_ROOM,
  RING_SIZE,
  SELECTED,
  TILE_PROTOCOL,
} from "./camera-layers.ts";
import { dotImage, emptyImage } from "./dot-image.ts";
import { PALETTE } from "./palette.ts";
import { type FetchTile, TileLoader, tileOf } from "./tile-loader.ts";

/** `more`: how many other cameras stand on the same spot. */
export type Hover = { x: number; y: number; name: string; place: string; more: number };
export type { LonLat };
export type MapListener = {
  onSelect(cameraId: string): void;
  /** A place was chosen whose cameras no zoom can part. */
  onPlace(place: Bbox): void;
  onView(view: Bbox, zoom: number): void;
  onHover(hover: Hover | null): void;
  onCursor(position: LonLat | null): void;
  onBusy(busy: boolean): void;
  /** Null once nothing is amiss any more. */
  onProblem(error: unknown): void;
};

const START = { center: [8, 24] as [number, number], zoom: 1.2 };
const ZOOM = { min: 0, max: MAX_ZOOM, near: 6.5, fit: 10 };
const FIT_PADDING = 48;
/** A tile's width and height in its own units. */
const TILE_UNITS = 4096;
const FLIGHT_MS = 900;
/** How far past the zoom at which a cluster falls apart its click goes, so that its parts stand clear of each other. */
const BEYOND = 0.2;
/** How far from a point a click still means it, in pixels: a mouse, a finger. */
const REACH = { mouse: 5, touch: 14 };

/** More cameras than this on one spot are rather chosen from the list than clicked through. */
const MAX_CLICKED_THROUGH = 8;

/** The map: draws the server's tiles of cameras on the offline basemap, and tells what the user does with them. */
export class CameraMap {
  readonly #map: Map;
  readonly #listener: MapListener;
  readonly #tiles: TileLoader;
  #selected: string | null = null;
  #fitted = false;
  /** Whether the user has gone somewhere; then the map stays where it is. */
  #moved = false;

  /** @throws when the basemap cannot be loaded or the browser refuses WebGL. */
  static async open(
    container: HTMLElement,
    { fetchTile, filter, listener }: { fetchTile: FetchTile; filter: CameraFilter; listener: MapListener },
    signal: AbortSignal,
  ): Promise<CameraMap> {
    setWorkerUrl(workerUrl);
    const [outlines, places] = await Promise.all([
      fetchAsset<Outlines>(outlinesUrl, signal),
      fetchAsset<Places>(placesUrl, signal),
    ]);
    signal.throwIfAborted();
    const tiles = new TileLoader(fetchTile, listener);
    tiles.show(filter);
    const camera = new CameraMap(container, tiles, listener, { outlines, places });
    await camera.#map.once("load");
    camera.#listen();
    return camera;
  }

  private constructor(
    container: HTMLElement,
    tiles: TileLoader,
    listener: MapListener,
    { outlines, places }: { outlines: Outlines; places: Places },
  ) {
    this.#tiles = tiles;
    this.#listener = listener;
    addProtocol(TILE_PROTOCOL, ({ url }, { signal }) => tiles.load(tileOf(url), signal));
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
    this.#map.on("error", (event) => {
      // Of its tiles the loader has told already.
      if ((event as { sourceId?: string }).sourceId !== CAMERAS) this.#listener.onProblem(event.error);
    });
  }

  /** Draws a filter's cameras as they are now; what is drawn stays until the new tiles are there. */
  show(filter: CameraFilter): void {
    this.#tiles.show(filter);
    this.#map.refreshTiles(CAMERAS);
  }

  /** Brings the box into view, unless the user has gone somewhere by themselves. */
  follow(box: Bbox): void {
    if (!this.#moved) this.#fit(box);
  }

  /** Brings the box into view, as the user asked. */
  fit(box: Bbox): void {
    this.#moved = true;
    this.#fit(box);
  }

  #fit(box: Bbox): void {
    const animate = this.#fitted;
    this.#fitted = true;
    this.#map.fitBounds(toBounds(box), { padding: FIT_PADDING, maxZoom: ZOOM.fit, animate, duration: FLIGHT_MS });
  }

  /** Rings the selected camera, and goes there when it is not in view. */
  select(id: string | null, position: LonLat | null, go: boolean): void {
    this.#selected = id;
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
    void (this.#map.getSource(SELECTED) as GeoJSONSource).setData({ type: "FeatureCollection", features });
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
    removeProtocol(TILE_PROTOCOL);
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
    map.on("click", (event) => this.#click(event));
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

  #hit({ point, originalEvent }: MapMouseEvent): Hit | null {
    const touch = "pointerType" in originalEvent && originalEvent.pointerType === "touch";
    const reach = touch ? REACH.touch : REACH.mouse;
    const features = this.#map.queryRenderedFeatures(
      [
        [point.x - reach, point.y - reach],
        [point.x + reach, point.y + reach],
      ],
      { layers: [POINT_LAYER, CLUSTER_LAYER] },
    );
    return hitOf(features, point, ({ lon, lat }) => this.#map.project([lon, lat]));
  }

  #click(event: MapMouseEvent): void {
    const hit = this.#hit(event);
    if (hit === null) return;
    if (hit.kind === "cameras") {
      if (hit.cameras.length > MAX_CLICKED_THROUGH) return this.#choosePlace(hit.at);
      const camera = nextOf(hit.cameras, this.#selected);
      return camera === null ? undefined : this.#listener.onSelect(camera.id);
    }
    if (hit.zoom > ZOOM.max || this.#map.getZoom() >= ZOOM.max) return this.#choosePlace(hit.at);
    this.#moved = true;
    this.#map.easeTo({
      center: [hit.at.lon, hit.at.lat],
      zoom: Math.min(Math.max(hit.zoom + BEYOND, this.#map.getZoom()), ZOOM.max),
      duration: FLIGHT_MS / 1.5,
    });
  }

  #choosePlace(at: LonLat): void {
    // A tile has no finer places than these.
    const precision = 360 / 2 ** Math.floor(this.#map.getZoom()) / TILE_UNITS;
    this.#listener.onPlace(placeAround(at, precision));
  }

  #move(event: MapMouseEvent): void {
    const hit = this.#hit(event);
    this.#map.getCanvas().style.cursor = hit === null ? "" : "pointer";
    this.#listener.onCursor({ lon: event.lngLat.wrap().lng, lat: event.lngLat.lat });
    const camera = hit?.kind === "cameras" ? hit.cameras[0] : undefined;
    if (hit?.kind !== "cameras" || camera === undefined) return this.#listener.onHover(null);
    const { name, place } = camera;
    this.#listener.onHover({ x: event.point.x, y: event.point.y, name, place, more: hit.cameras.length - 1 });
  }
}
