import { type CameraInput, imageUrl, plainText, type PoliteHttp } from "@argus/source-sdk";
import { z } from "zod";

type Page = Awaited<ReturnType<PoliteHttp["html"]>>;

const VIEW = /\/view\/(?<id>\d+)\/?$/u;
const PAGES = /pagenavigator\(\s*["'][^"']*["']\s*,\s*(?<pages>\d+)/u;
/** Stands where a script of the site puts a number, so that a still is asked for again. */
const COUNTER = /[?&]COUNTER$/u;
const PREFIX = /^live camera\s+(?:in\s+)?/iu;
/** `Live camera Panasonic in Exampleville, Exampleland`. */
const MAKER = /^live camera\s+(?!in\s)(?<maker>.+?)\s+in\s/iu;
const MOVING = /mjpe?g|motionjpeg|faststream|videostream|video\.cgi/iu;
const COUNTRY_CODE = /^[A-Z]{2}$/u;
const MAX_NAME = 300;
const MAX_MAKER = 120;

/** `GET /en/jsoncountries/`; under `-` stands what has no country. */
export const Countries = z.object({ countries: z.record(z.string(), z.object({ count: z.number() })) });

/** A thumbnail of a listing page. */
export const Thumbnail = z.object({
  href: z.string().regex(VIEW),
  title: z.string().min(1),
  image: z.object({ src: z.string().min(1), title: z.string().optional() }),
});
export type Thumbnail = z.infer<typeof Thumbnail>;

/** The thumbnails of a listing page, not checked yet. */
export function thumbnailsOf(page: Page): unknown[] {
  return page.querySelectorAll("a.thumbnail-item__wrap").map((link) => ({
    ...link.attributes,
    image: link.querySelector("img.thumbnail-item__img")?.attributes,
  }));
}

/** How many pages the listing has; null when its script does not say. */
export function pageCount(page: Page): number | null {
  const scripts = page.querySelectorAll("script").map((script) => script.textContent);
  const pages = PAGES.exec(scripts.join("\n"))?.groups?.["pages"];
  return pages === undefined ? null : Number(pages);
}

/** The site's number of the camera that a row links to; null when it links to none. */
export function idOf(row: unknown): string | null {
  const { data } = Thumbnail.pick({ href: true }).safeParse(row);
  return VIEW.exec(data?.href ?? "")?.groups?.["id"] ?? null;
}

/** The camera, its place as the country alone: the site guesses positions from addresses. Null without an address. */
export function toCamera({ href, title, image }: Thumbnail, country: string, baseUrl: string): CameraInput | null {
  const id = VIEW.exec(href)?.groups?.["id"] ?? "";
  const stream = imageUrl(image.src.trim().replace(COUNTER, ""));
  if (stream === null) return null;
  return {
    id,
    name: plainText(title)?.replace(PREFIX, "").slice(0, MAX_NAME) || `Camera ${id}`,
    country: COUNTRY_CODE.test(country) ? country : null,
    stream_url: stream,
    stream_kind: MOVING.test(new URL(stream).pathname) ? "mjpeg" : "jpeg",
    page_url: `${baseUrl}/en/view/${id}/`,
    manufacturer: MAKER.exec(image.title ?? "")?.groups?.["maker"]?.slice(0, MAX_MAKER) ?? null,
    tags: ["unsecured"],
  };
}
