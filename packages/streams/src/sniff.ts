const SHOWN = 40;

// The first bytes of what cameras send in place of a picture; https://mimesniff.spec.whatwg.org/#image-type-pattern-matching-algorithm
const SIGNATURES: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^\u0089PNG\r\n/u, "a PNG image"],
  [/^GIF8[79]a/u, "a GIF image"],
  [/^RIFF.{4}WEBP/su, "a WebP image"],
  [/^BM.{4}\0{4}/su, "a BMP image"],
  [/^.{4}ftyp/su, "an MP4, AVIF or HEIC file"],
  [/^%PDF-/u, "a PDF file"],
  [/^FLV/u, "Flash video"],
  [/^\s*#EXTM3U/u, "an HLS playlist"],
  [/^(?:\u00ef\u00bb\u00bf)?\s*(?:<!--|<!doctype html|<html|<head|<body|<script|<meta|<title)/iu, "an HTML page"],
  [/^(?:\u00ef\u00bb\u00bf)?\s*<(?:\?xml|svg)/iu, "an XML or SVG file"],
  [/^\s*[{[]\s*["{[\]}]/u, "JSON"],
];

/** How many bytes `sniff` wants to see, if there are so many. */
export const SNIFF_BYTES = 64;

/** What a body that is no JPEG is, told by its first bytes; null when they say nothing. */
export function sniff(head: Uint8Array): string | null {
  const text = Buffer.from(head).toString("latin1");
  return SIGNATURES.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/** The same for a whole body that ended without a picture: never null. */
export function describeBody(head: Uint8Array, bytes: number, contentType: string | null): string {
  if (bytes === 0) return "nothing (an empty body)";
  const known = sniff(head);
  if (known !== null) return known;
  const type = contentType === null ? "" : ` said to be ${contentType.slice(0, SHOWN)}`;
  return `${bytes} bytes${type}`;
}
