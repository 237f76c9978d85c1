import { fromGeojsonVt } from "@maplibre/vt-pbf";
import Supercluster, { type PointFeature } from "supercluster";

import { SyntheticCameras } from "../../support/synthetic-cameras.ts";
import { figure, type PhaseInput, type StoreFigure } from "./figure.ts";
import { memoryMb, timed } from "./measure.ts";
import { readQuestions, type Tile } from "./questions.ts";
import { tileFigures } from "./tiles.ts";

const PORTION = 10_000;
const MS_PER_S = 1000;
/** As MapLibre clusters what it is given as GeoJSON: 50 pixels of a tile of 512. */
const OPTIONS = { radius: 400, maxZoom: 16, extent: 4096 };

type Point = PointFeature<{ id: string; name: string }>;

/** What most web maps would do: supercluster over the same points, its tiles written as vector tiles. */
export async function measurePeers({ count, folder }: PhaseInput): Promise<StoreFigure[]> {
  const { tiles } = await readQuestions(folder);
  const points = readPoints(new SyntheticCameras(count));
  const before = memoryMb();
  const index = new Supercluster<{ id: string; name: string }>(OPTIONS);
  const ms = await timed(() => index.load(points));
  const after = memoryMb();
  return [
    figure("supercluster: build", "s", [ms / MS_PER_S], "cost"),
    figure("supercluster: memory beside its points", "MB", [after.own - before.own], "cost"),
    ...(await tileFigures((tile) => render(index, tile), tiles, "supercluster with vt-pbf")),
  ];
}

function readPoints(cameras: SyntheticCameras): Point[] {
  const points: Point[] = [];
  for (let from = 0; from < cameras.count; from += PORTION) {
    for (const { id, name, lon, lat } of cameras.slice(from, from + PORTION)) {
      if (lon === null || lat === null) continue;
      points.push({ type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties: { id, name } });
    }
  }
  return points;
}

function render(index: Supercluster<{ id: string; name: string }>, { z, x, y }: Tile): Uint8Array {
  const tile = index.getTile(z, x, y);
  return fromGeojsonVt({ cameras: (tile ?? { features: [] }) as never }, { version: 2, extent: OPTIONS.extent });
}
