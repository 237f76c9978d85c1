import compression from "compression";
import type { RequestHandler } from "express";

const COMPRESSIBLE =
  /^(?:application\/(?:json|geo\+json|x-ndjson|javascript|manifest\+json|vnd\.google-earth\.kml\+xml|vnd\.oai\.openapi\+json|vnd\.mapbox-vector-tile)|text\/(?:csv|html|css|javascript|plain)|image\/svg\+xml)\b/u;

/** Compresses text and map tiles of 1 KB and more; pictures are compressed already, and event streams must not wait for a compressor's buffer. */
export const compressText: RequestHandler = compression({
  filter: (_request, response) => COMPRESSIBLE.test(String(response.getHeader("Content-Type") ?? "")),
});
