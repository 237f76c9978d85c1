import type { Camera, CameraFeature } from "@argus/core";

/** A camera as GeoJSON (RFC 7946), longitude first; the geometry is null while the position is unknown. */
export function featureOf(camera: Camera, properties: Partial<Camera> = camera): CameraFeature {
  const { id, lat, lon } = camera;
  const geometry =
    lat === null || lon === null ? null : { type: "Point" as const, coordinates: [lon, lat] as [number, number] };
  return { type: "Feature", id, geometry, properties };
}
