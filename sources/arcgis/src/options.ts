import { baseUrl } from "@argus/source-sdk";
import { z } from "zod";

import { Layer } from "./layer.ts";
import { PRESETS, UTAH } from "./presets.ts";

const MAX_LAYERS = 50;
const PRESET_NAMES = Object.keys(PRESETS) as (keyof typeof PRESETS)[];
const ALL_PRESETS = { ...PRESETS, utah: UTAH };

/** A copy of a known layer, at another address. */
const Copy = Layer.pick({ url: true }).extend({
  preset: z.enum(["utah", ...PRESET_NAMES]).describe("Whose columns and credits it has"),
});

const Chosen = z.object({
  presets: z.array(z.enum(PRESET_NAMES)).max(MAX_LAYERS).default(["iowa"]).describe("Known layers to read"),
  copies: z.array(Copy).max(MAX_LAYERS).default([]).describe("Known layers that are found elsewhere"),
  layers: z.array(Layer).max(MAX_LAYERS).default([]).describe("Other layers, and how to read them"),
});

export const Options = Chosen.extend({
  base_url: baseUrl("https://services.arcgis.com").describe("The ArcGIS server of the layers given by path"),
})
  .refine((chosen) => layersOf(chosen).length > 0, "names no layer: choose a preset, or describe a layer of your own")
  .refine((chosen) => {
    const ids = layersOf(chosen).map(({ id }) => id);
    return new Set(ids).size === ids.length;
  }, "names two layers with the same id, which begins their cameras' ids");

/** Every layer to be read, the presets first. */
export function layersOf({ presets, copies, layers }: z.infer<typeof Chosen>): Layer[] {
  const known = [...new Set(presets)].map((name) => PRESETS[name]);
  const copied = copies.map(({ preset, url }) => ({ ...ALL_PRESETS[preset], url }));
  return [...known, ...copied, ...layers];
}
