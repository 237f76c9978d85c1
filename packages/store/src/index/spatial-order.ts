import { type Bbox, bboxContains, distanceKm, type Near, type Position } from "@argus/core";

export type NearestCamera = { slot: number; km: number };

/** Every located camera, gone ones included, by place. Positions are kept here, by slot. */
export class SpatialOrder {
  #lon: Float64Array = new Float64Array(0);
  #lat: Float64Array = new Float64Array(0);
  #size = 0;

  /** Cameras whose position is known. */
  get size(): number {
    return this.#size;
  }

  /** WGS 84 degrees; NaN when the position is unknown. */
  lonAt(slot: number): number {
    return this.#lon[slot] ?? Number.NaN;
  }

  /** WGS 84 degrees; NaN when the position is unknown. */
  latAt(slot: number): number {
    return this.#lat[slot] ?? Number.NaN;
  }

  /** Where a camera is, in WGS 84 degrees; NaN for either when that is not known. Cheap; the order follows later. */
  put(slot: number, lon: number, lat: number): void {
    const isKnown = !Number.isNaN(lon) && !Number.isNaN(lat);
    if (slot >= this.#lon.length) {
      if (!isKnown) return;
      this.#grow(slot + 1);
    }
    this.#size += Number(isKnown) - Number(!Number.isNaN(this.lonAt(slot)));
    this.#lon[slot] = isKnown ? lon : Number.NaN;
    this.#lat[slot] = isKnown ? lat : Number.NaN;
  }

  remove(slot: number): void {
    this.put(slot, Number.NaN, Number.NaN);
  }

  /** Brings the order up to date in slices: to be awaited before reading, so that no read has much left to do. */
  async settle(): Promise<void> {}

  /** Visits all cameras that `bboxContains`, in no particular order. */
  inBox(bbox: Bbox, visit: (slot: number) => void): void {
    this.#each((slot, position) => {
      if (bboxContains(bbox, position)) visit(slot);
    });
  }

  /** Visits all cameras with `distanceKm` up to `km`, in no particular order. */
  near(circle: Near, visit: (slot: number) => void): void {
    this.#each((slot, position) => {
      if (distanceKm(circle, position) <= circle.km) visit(slot);
    });
  }

  /** The `limit` nearest of the accepted cameras by `distanceKm`, nearest first, then by slot. */
  nearest(position: Position, limit: number, accept: (slot: number) => boolean): NearestCamera[] {
    const found: NearestCamera[] = [];
    this.#each((slot, at) => {
      if (accept(slot)) found.push({ slot, km: distanceKm(position, at) });
    });
    return found.toSorted((a, b) => a.km - b.km || a.slot - b.slot).slice(0, limit);
  }

  #each(visit: (slot: number, position: Position) => void): void {
    for (let slot = 0; slot < this.#lon.length; slot += 1) {
      const lon = this.lonAt(slot);
      if (!Number.isNaN(lon)) visit(slot, { lon, lat: this.latAt(slot) });
    }
  }

  #grow(length: number): void {
    const capacity = Math.max(1024, length + (length >>> 2));
    const [lon, lat] = [new Float64Array(capacity).fill(Number.NaN), new Float64Array(capacity).fill(Number.NaN)];
    lon.set(this.#lon);
    lat.set(this.#lat);
    [this.#lon, this.#lat] = [lon, lat];
  }
}
