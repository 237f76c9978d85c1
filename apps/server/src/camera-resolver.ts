import type { SourceHost } from "@argus/source-host";
import type { CameraResolver } from "@argus/streams";

/** Asks the sources of cameras whose addresses rotate. One whose source is gone is opened where the registry says. */
export function cameraResolver(sources: Pick<SourceHost, "canResolve" | "resolve">): CameraResolver {
  return {
    rotates: ({ source_id: sourceId }) => sources.canResolve(sourceId),
    resolve: (camera, { signal, ...refusal }) => sources.resolve(camera.source_id, camera, signal, refusal),
  };
}
