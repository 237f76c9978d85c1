import type { CameraFilter } from "@argus/core";
import { effect, type Signal, signal } from "@preact/signals";

import { type App, openCamera, openPlace } from "../models/app.ts";
import { Latest } from "../models/latest.ts";
import { problemOf } from "../models/problem.ts";
import type { CameraMap, Hover, LonLat, MapListener } from "./camera-map.ts";
import type { FetchTile } from "./tile-loader.ts";

export type MapStatus = "loading" | "ready" | "unavailable";

/** The map's panel: loads the map after the page's first paint, and joins it to the app. */
export class MapView {
  readonly status: Signal<MapStatus> = signal("loading");
  /** Why the map is unavailable, or what of it could not be loaded. */
  readonly message: Signal<string | null> = signal(null);
  readonly busy: Signal<boolean> = signal(false);
  readonly hover: Signal<Hover | null> = signal(null);
  readonly cursor: Signal<LonLat | null> = signal(null);
  readonly zoom: Signal<number | null> = signal(null);

  readonly #app: App;
  #map: CameraMap | null = null;
  readonly #fitting = new Latest();
  /** The camera that was clicked on the map: the map need not go there. */
  #clicked: string | null = null;

  constructor(app: App) {
    this.#app = app;
  }

  /** Opens the map in `container`; the answer closes it. */
  mount(container: HTMLElement): () => void {
    const life = new AbortController();
    const closing: (() => void)[] = [];
    void this.#open(container, life.signal, closing);
    return () => {
      life.abort();
      this.#fitting.cancel();
      for (const close of closing) close();
      this.#map = null;
    };
  }

  zoomBy(steps: number): void {
    this.#map?.zoomBy(steps);
  }

  /** Brings all cameras of the search into view. */
  fit(): void {
    const { api, search } = this.#app;
    void this.#fitting.run((signal) => api.extent(search.filter.peek(), { signal }), {
      value: ({ bbox }) => {
        if (bbox !== null) this.#map?.fit(bbox);
      },
      error: (error) => this.#tell(error),
    });
  }

  async #open(container: HTMLElement, signal: AbortSignal, closing: (() => void)[]): Promise<void> {
    this.status.value = "loading";
    this.message.value = null;
    const { api, search } = this.#app;
    const fetchTile: FetchTile = (tile, filter, left) => api.tile(tile, filter, left);
    try {
      await firstPaint();
      if (signal.aborted) return;
      if (!hasWebgl())
        return this.#giveUp(
          "This browser offers no WebGL, which the map is drawn with. Switch on hardware acceleration;",
        );
      const { CameraMap } = await import("./camera-map.ts");
      const filter = search.filter.peek();
      const map = await CameraMap.open(container, { fetchTile, filter, listener: this.#listener() }, signal);
      closing.push(() => map.dispose(), ...this.#join(map, filter));
      if (signal.aborted) for (const close of closing.splice(0)) close();
      else this.status.value = "ready";
    } catch (error) {
      // A browser may remember a failed import for as long as the page lives, so trying again need not help.
      if (!signal.aborted)
        this.#giveUp(
          `The map could not be loaded from the server (${String(error)}). Reload the page once the server answers;`,
        );
    }
  }

  #giveUp(reason: string): void {
    this.status.value = "unavailable";
    this.message.value = `${reason} the list and the pictures work without it.`;
  }

  /** `shown`: the filter the map was opened with. */
  #join(map: CameraMap, shown: CameraFilter): (() => void)[] {
    const { registry, search, selection, mapRevision } = this.#app;
    this.#map = map;
    let [filter, revision] = [shown, mapRevision.peek()];
    const stopCameras = effect(() => {
      if (search.filter.value === filter && mapRevision.value === revision) return;
      [filter, revision] = [search.filter.value, mapRevision.value];
      map.show(filter);
    });
    const stopExtent = effect(() => {
      const box = registry.extent.value;
      if (box !== null && !search.active.peek()) map.follow(box);
    });
    const stopSelected = effect(() => {
      const camera = selection.camera.value;
      const position =
        camera === null || camera.lat === null || camera.lon === null ? null : { lat: camera.lat, lon: camera.lon };
      map.select(camera?.id ?? null, position, camera?.id !== this.#clicked);
    });
    return [stopCameras, stopExtent, stopSelected];
  }

  #listener(): MapListener {
    return {
      onSelect: (id) => {
        this.#clicked = id;
        openCamera(this.#app, id);
      },
      onPlace: (place) => openPlace(this.#app, place),
      onView: (view, zoom) => {
        this.#app.search.view.value = view;
        this.zoom.value = zoom;
      },
      onHover: (hover) => (this.hover.value = hover),
      onCursor: (position) => (this.cursor.value = position),
      onBusy: (busy) => (this.busy.value = busy),
      onProblem: (error) => this.#tell(error),
    };
  }

  #tell(error: unknown): void {
    this.message.value = error === null ? null : problemOf(error).message;
  }
}

function firstPaint(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
}

function hasWebgl(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}
