import { describe, expect, it } from "vitest";

import { isDrawable, textPath, textWidth, transliterate } from "./font.ts";

describe("textPath", () => {
  it("draws letters without any font, as rectangles that hold their pixels", () => {
    expect(textPath("I", 0, 0, 1)).toBe(
      "M1 0h3v1h-3zM2 1h1v1h-1zM2 2h1v1h-1zM2 3h1v1h-1zM2 4h1v1h-1zM2 5h1v1h-1zM1 6h3v1h-3z",
    );
  });

  it("writes names of every alphabet's diacritics in plain capitals", () => {
    expect(transliterate("Hạ Long, Reykjavík, Kraków, Łódź, Ærø, Straße")).toBe(
      "HA LONG, REYKJAVIK, KRAKOW, LODZ, AERO, STRASSE",
    );
  });

  it("shows what it lacks as a question mark", () => {
    expect(isDrawable("東京")).toBe(false);
    expect(textPath("東", 0, 0, 1)).toBe(textPath("?", 0, 0, 1));
  });

  it("tells how wide a text is", () => {
    expect(textWidth("AB", 2)).toBe(22);
    expect(textWidth("", 2)).toBe(0);
  });
});
