import { CameraFeature, CameraFeatureCollection } from "@argus/core";
import { z } from "zod";

// Names of fields here are the standard's (OGC 17-069r4), not Argus' own.

/** A link as the standard has it (RFC 8288); `href` is absolute. */
export type OgcLink = { href: string; rel: string; type: string; title: string };
export const OgcLink: z.ZodType<OgcLink> = z.object({
  href: z.string(),
  rel: z.string(),
  type: z.string(),
  title: z.string(),
});

const Links = z.array(OgcLink);

export type OgcLandingPage = { title: string; description: string; links: OgcLink[] };
export const OgcLandingPage: z.ZodType<OgcLandingPage> = z.object({
  title: z.string(),
  description: z.string(),
  links: Links,
});

export type OgcConformance = { conformsTo: string[] };
export const OgcConformance: z.ZodType<OgcConformance> = z.object({ conformsTo: z.array(z.string()) });

export type OgcCollection = {
  id: string;
  title: string;
  description: string;
  links: OgcLink[];
  extent: { spatial: { bbox: number[][]; crs: string } };
  itemType: string;
  crs: string[];
};
export const OgcCollection: z.ZodType<OgcCollection> = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  links: Links,
  extent: z.object({ spatial: z.object({ bbox: z.array(z.array(z.number())), crs: z.string() }) }),
  itemType: z.string(),
  crs: z.array(z.string()),
});

export type OgcCollections = { links: OgcLink[]; collections: OgcCollection[] };
export const OgcCollections: z.ZodType<OgcCollections> = z.object({
  links: Links,
  collections: z.array(OgcCollection),
});

export type OgcFeatures = CameraFeatureCollection & {
  links: OgcLink[];
  /** Absent under `datetime`, for that is not counted. */
  numberMatched?: number | undefined;
  numberReturned: number;
};
export const OgcFeatures: z.ZodType<OgcFeatures> = z.object({
  ...CameraFeatureCollection.shape,
  links: Links,
  numberMatched: z.int().nonnegative().optional(),
  numberReturned: z.int().nonnegative(),
});

export type OgcFeature = CameraFeature & { links: OgcLink[] };
export const OgcFeature: z.ZodType<OgcFeature> = z.object({ ...CameraFeature.shape, links: Links });
