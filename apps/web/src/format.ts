import type { Camera, StreamKind } from "@argus/core";

import { utcParts } from "./models/clock.ts";

const NUMBER = new Intl.NumberFormat("en-GB");
const COUNTRY = new Intl.DisplayNames("en", { type: "region" });
const POINTS = [
  "N",
  "NNE",
  "NE",
  "ENE",
  "E",
  "ESE",
  "SE",
  "SSE",
  "S",
  "SSW",
  "SW",
  "WSW",
  "W",
  "WNW",
  "NW",
  "NNW",
] as const;
const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 86_400;

const KIND_NAMES: Record<StreamKind, string> = {
  mjpeg: "Motion JPEG",
  jpeg: "refreshed still",
  hls: "HLS video",
  mp4: "MP4 video",
  rtsp: "RTSP video",
  page: "web page",
};

/** `7,312`; an em dash while not known. */
export function count(value: number | null): string {
  return value === null ? "—" : NUMBER.format(value);
}

/** `1 camera`, `7,312 cameras`. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** `2026-11-21 14:03:27Z` */
export function utc(iso: string): string {
  const { date, time } = utcParts(Date.parse(iso));
  return `${date} ${time}Z`;
}

/** How long something has lasted, in its largest unit: `8 s`, `12 min`, `3 h`, `5 d`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < MINUTE_S) return `${seconds} s`;
  if (seconds < HOUR_S) return `${Math.floor(seconds / MINUTE_S)} min`;
  return seconds < DAY_S ? `${Math.floor(seconds / HOUR_S)} h` : `${Math.floor(seconds / DAY_S)} d`;
}

/** `51.50720° N 0.12760° W` */
export function position(lat: number, lon: number, decimals = 5): string {
  return `${Math.abs(lat).toFixed(decimals)}° ${lat < 0 ? "S" : "N"} ${Math.abs(lon).toFixed(decimals)}° ${lon < 0 ? "W" : "E"}`;
}

/** `045° NE` */
export function heading(degrees: number): string {
  const turned = ((degrees % 360) + 360) % 360;
  return `${String(Math.round(turned) % 360).padStart(3, "0")}° ${POINTS[Math.round(turned / 22.5) % 16] ?? ""}`;
}

/** A country's English name; the code itself when it has none. */
export function countryName(code: string): string {
  return COUNTRY.of(code) ?? code;
}

/** `Camden, GB`: as short as a list row needs. */
export function place({ city, region, country }: Pick<Camera, "city" | "region" | "country">): string {
  return [city ?? region, country].filter((part) => part !== null).join(", ");
}

/** `Camden, Greater London, United Kingdom` */
export function fullPlace({ city, region, country }: Pick<Camera, "city" | "region" | "country">): string | null {
  const parts = [city, region === city ? null : region, country === null ? null : countryName(country)].filter(
    (part) => part !== null,
  );
  return parts.length === 0 ? null : parts.join(", ");
}

export function kindName(kind: string): string {
  return kind in KIND_NAMES ? KIND_NAMES[kind as StreamKind] : kind;
}
