import compression from "compression";
import type { RequestHandler } from "express";

const TEXT =
  /^(?:application\/(?:json|geo\+json|x-ndjson|javascript|manifest\+json|vnd\.google-earth\.kml\+xml)|text\/(?:csv|html|css|javascript|plain)|image\/svg\+xml)\b/u;

/** Compresses text; pictures are compressed already, and event streams must not wait for a compressor's buffer. */
export const compressText: RequestHandler = compression({
  filter: (_request, response) => TEXT.test(String(response.getHeader("Content-Type") ?? "")),
});
