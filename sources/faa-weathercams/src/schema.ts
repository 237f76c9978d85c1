import { RowId } from "@argus/source-sdk";
import { z } from "zod";

const Degrees = z.union([z.number(), z.string()]).nullish();
const Text = z.string().nullish();
const Flag = z.boolean().nullish();

/** A site with its cameras, as `GET /api/redistributable/sites` lists it; only what is used of it. */
export const Site = z.object({
  siteId: RowId,
  siteName: z.string().trim().min(1),
  siteIdentifier: Text,
  icao: Text,
  latitude: Degrees,
  longitude: Degrees,
  state: Text,
  country: Text,
  operatedBy: Text,
  attribution: Text,
  siteActive: Flag,
  siteInMaintenance: Flag,
  thirdParty: Flag,
  cameras: z.array(z.unknown()).nullish(),
});
export type Site = z.infer<typeof Site>;

/** One of a site's cameras. The address of its picture is another one every ten minutes. */
export const Camera = z.object({
  cameraId: RowId,
  cameraName: Text,
  cameraDirection: Text,
  cameraBearing: Degrees,
  latitude: Degrees,
  longitude: Degrees,
  currentImageUri: Text,
});
export type Camera = z.infer<typeof Camera>;

const CameraFlags = z.object({ cameraOutOfOrder: Flag, cameraInMaintenance: Flag, currentImageUri: Text });

/** Whether the site's owner has taken it out of service. */
export function isClosed({ siteActive, siteInMaintenance }: Site): boolean {
  return siteActive === false || siteInMaintenance === true;
}

/** Whether the camera is out of service or has no picture; one that cannot be read is for `readRows` to turn away. */
export function isOff(camera: unknown): boolean {
  const flags = CameraFlags.safeParse(camera).data;
  if (flags === undefined) return false;
  return flags.cameraOutOfOrder === true || flags.cameraInMaintenance === true || !flags.currentImageUri;
}
