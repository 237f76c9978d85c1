import { setImmediate } from "node:timers/promises";

import { figure, stallFigure, type StoreFigure } from "./figure.ts";
import { longestStall, percentile, timed } from "./measure.ts";
import type { Tile } from "./questions.ts";

const P99 = 0.99;
const TILE_AIM_MS = 10;
const RATE_AIM = 500;
const STALL_AIM_MS = 50;
const MS_PER_S = 1000;

/** Renders every tile once, as none was before; `whose` begins the figures' names. */
export async function tileFigures(
  render: (tile: Tile) => unknown,
  tiles: readonly Tile[],
  whose?: string,
): Promise<StoreFigure[]> {
  const times: { z: number; ms: number }[] = [];
  const stall = await longestStall(async () => {
    for (const tile of tiles) {
      times.push({ z: tile.z, ms: await timed(() => render(tile)) });
      // As between two requests.
      await setImmediate();
    }
  });
  const all = times.map(({ ms }) => ms);
  const rate = (all.length / all.reduce((sum, ms) => sum + ms, 0)) * MS_PER_S;
  const worst = [...Map.groupBy(times, ({ z }) => z)].map(([z, its]) => ({
    z,
    p99: percentile(
      its.map(({ ms }) => ms),
      P99,
    ),
  }));
  const slowest = worst.toSorted((a, b) => b.p99 - a.p99)[0];
  const aimed = whose === undefined;
  const name = whose === undefined ? "tile, cold" : `${whose}: tile`;
  return [
    figure(`${name}, median`, "ms", [percentile(all, 0.5)], "cost"),
    figure(`${name}, p99`, "ms", [percentile(all, P99)], "cost", aimed ? TILE_AIM_MS : undefined),
    figure(`${name}, p99 of the slowest zoom`, "ms", [slowest?.p99 ?? 0], "cost", aimed ? TILE_AIM_MS : undefined),
    figure(`${name}: one after the other`, "/s", [rate], "rate", aimed ? RATE_AIM : undefined),
    stallFigure(name, [stall], aimed ? STALL_AIM_MS : undefined),
  ];
}
