import { createHash } from "node:crypto";

import sharp from "sharp";
import { describe, expect, it } from "vitest";

import { renderFrame } from "./frame.ts";
import { type Place, PLACES } from "./places.ts";
import { renderScene } from "./scene.ts";
import { solarPosition } from "./sun.ts";

const MS_PER_MINUTE = 60_000;
const DAY = Date.UTC(2026, 2, 21);
/** Of 255, averaged over the picture; clouds that leap come to twice as much. */
const MAX_STEP = 5;
const KINDS = [...new Map(PLACES.map((place) => [place.scene, place])).values()];

/** The minute of the equinox at which the sun is highest or lowest. */
function extreme(place: Place, sign: 1 | -1): number {
  const minutes = Array.from({ length: 144 }, (_, index) => DAY + index * 10 * MS_PER_MINUTE);
  const height = (time: number) => sign * solarPosition(place.lat, place.lon, time).elevation;
  return minutes.reduce((best, time) => (height(time) > height(best) ? time : best));
}

async function brightness(jpeg: Buffer): Promise<number> {
  const { channels } = await sharp(jpeg).stats();
  return channels.reduce((sum, { mean }) => sum + mean, 0) / channels.length;
}

describe("renderScene", () => {
  it.each(PLACES.map((place) => [place.slug, place] as const))(
    "%s moves, and repeats itself for the same time",
    (_, place) => {
      const noon = extreme(place, 1);
      const scene = renderScene(place, noon);
      expect(renderScene(place, noon) === scene).toBe(true);
      expect(renderScene(place, noon + 1000) === scene).toBe(false);
    },
  );

  it("is no function of what was drawn before", () => {
    const place = PLACES[9]!;
    const noon = extreme(place, 1);
    const before = renderScene(place, noon);
    for (let index = 0; index < 60; index += 1) renderScene(place, noon + index * 61 * MS_PER_MINUTE);
    expect(renderScene(place, noon) === before).toBe(true);
  });

  it("needs no font, no file and no number that is none", () => {
    for (const place of PLACES) {
      const svg = renderScene(place, extreme(place, -1)).replaceAll(/data:image\/png;base64,[^"]+/gu, "data:");
      expect(svg.match(/<text|NaN|undefined|Infinity|href="(?!#|data:")/u)).toBeNull();
    }
  });
});

describe("renderFrame", () => {
  it.each(KINDS.map((place) => [place.scene, place] as const))(
    "a %s is a whole JPEG, darker by night",
    async (_, place) => {
      const [noon, midnight] = [extreme(place, 1), extreme(place, -1)];
      const [day, night] = [await renderFrame(place, noon), await renderFrame(place, midnight)];
      for (const jpeg of [day, night]) {
        expect([...jpeg.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
        expect([...jpeg.subarray(-2)]).toEqual([0xff, 0xd9]);
        expect(await sharp(jpeg).metadata()).toMatchObject({ format: "jpeg", width: 640, height: 360 });
      }
      expect(await brightness(day)).toBeGreaterThan((await brightness(night)) + 20);
    },
  );

  it.each(KINDS.map((place) => [place.scene, place] as const))(
    "a %s flows: nothing jumps in a fifth of a second",
    async (_, place) => {
      const noon = extreme(place, 1);
      const pixels = async (time: number) =>
        sharp(await renderFrame(place, time))
          .greyscale()
          .raw()
          .toBuffer();
      const [before, after] = [await pixels(noon), await pixels(noon + 200)];
      const difference = before.reduce((sum, value, index) => sum + Math.abs(value - after[index]!), 0) / before.length;
      expect(difference).toBeGreaterThan(0);
      expect(difference).toBeLessThan(MAX_STEP);
    },
  );

  it("gives the same bytes for the same time", async () => {
    const place = PLACES[0]!;
    const hash = async () =>
      createHash("sha256")
        .update(await renderFrame(place, DAY))
        .digest("hex");
    expect(await hash()).toBe(await hash());
  });
});
