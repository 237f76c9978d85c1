import { describe, expect, it } from "vitest";

import { isDrawable } from "./font.ts";
import { localTime } from "./local-time.ts";
import { PLACES } from "./places.ts";

describe("PLACES", () => {
  it("gives every place its own slug, fit for a URL", () => {
    expect(new Set(PLACES.map(({ slug }) => slug)).size).toBe(PLACES.length);
    for (const { slug } of PLACES) expect(slug).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u);
  });

  it.each(PLACES.map((place) => [place.slug, place] as const))(
    "%s keeps a time that fits its longitude",
    (_, place) => {
      const { offset } = localTime(place.zone, Date.UTC(2026, 6, 1));
      const [hours = 0, minutes = 0] = offset.slice(4).split(":").map(Number);
      const zoneHours = (offset[3] === "-" ? -1 : 1) * (hours + minutes / 60);
      const apart = Math.abs(((zoneHours - place.lon / 15 + 36) % 24) - 12);
      // Near a pole every zone is as true as another.
      expect(Math.abs(place.lat) > 75 ? 0 : apart).toBeLessThan(3.3);
    },
  );

  it("names every place in letters the overlay has", () => {
    expect(PLACES.filter(({ name }) => !isDrawable(name)).map(({ name }) => name)).toEqual([]);
  });
});
