import type { ListedCamera } from "@argus/core";
import type { CameraStore } from "@argus/store";

import { figure, stallFigure, type StoreFigure } from "./figure.ts";
import { longestStall, percentile } from "./measure.ts";
import { tileOf } from "./questions.ts";

const CHANGES = 120;
/** Not counted: they let the program get going. */
const FIRST = 20;
const ZOOM = 16;
const AIM_MS = 50;
const P99 = 0.99;

/** Changes one camera after the other, and asks for its tile and its page until both show it. */
export async function changeFigures(store: CameraStore, cameras: readonly ListedCamera[]): Promise<StoreFigure[]> {
  const located = cameras.filter(({ lon }) => lon !== null).slice(0, CHANGES);
  const times: number[] = [];
  for (const camera of located.splice(0, FIRST)) await changeOne(store, camera, "Changed first");
  const stall = await longestStall(async () => {
    for (const [at, camera] of located.entries()) times.push(await changeOne(store, camera, `Changed ${at}`));
  });
  return [
    figure("one camera changed, seen in its tile and page, median", "ms", [percentile(times, 0.5)], "cost"),
    figure("one camera changed, seen in its tile and page, p99", "ms", [percentile(times, P99)], "cost", AIM_MS),
    stallFigure("one camera changed", [stall], AIM_MS),
  ];
}

async function changeOne(store: CameraStore, { lon, lat, ...camera }: ListedCamera, name: string): Promise<number> {
  if (lon === null || lat === null) throw new Error(`${camera.id} has no place`);
  const tile = tileOf({ lon, lat }, ZOOM);
  // Asked for once before, so that everything that could be kept of it is.
  await store.tile(tile, {});
  const started = performance.now();
  await store.upsert([{ ...camera, lon, lat, name }]);
  const bytes = Buffer.from(await store.tile(tile, {}));
  const page = await store.page({ near: { lon, lat, km: 0.05 }, limit: 1000 });
  const ms = performance.now() - started;
  if (!bytes.includes(name)) throw new Error(`the tile of ${camera.id} does not show its change`);
  if (!page.cameras.some((each) => each.name === name)) throw new Error(`no page shows the change of ${camera.id}`);
  return ms;
}
