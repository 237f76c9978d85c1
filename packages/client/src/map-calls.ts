import type { CameraChanges, CameraExtent, CameraFilter } from "@argus/core";

import { writeCameraParams } from "./camera-params.ts";
import { callJson, type CallOptions, type Http, search } from "./http.ts";

export type ChangesOptions = CallOptions & {
  /** The most cameras one answer holds, 1 to 1000, which is also the default. */
  limit?: number;
};

/** Calls for maps, and for programs that keep a copy. */
export type MapCalls = {
  /** The smallest box around the cameras of a filter, and how many of them have a position. */
  extent(filter?: CameraFilter, options?: CallOptions): Promise<CameraExtent>;
  /** Cameras written since a former answer's `next`; left out: from the beginning. @throws ARGUS_STORE_CURSOR_INVALID */
  changes(since?: string, options?: ChangesOptions): Promise<CameraChanges>;
  /** For a vector source's `tiles`: a URL with `{z}`, `{x}` and `{y}`. Layers `clusters` and `cameras`. */
  tileUrlTemplate(filter?: CameraFilter): string;
};

export function mapCalls(http: Http): MapCalls {
  return {
    extent: (filter = {}, options) => callJson(http, `/api/extent${search(writeCameraParams(filter))}`, options),
    changes: (since, { limit, signal } = {}) => {
      const params = new URLSearchParams();
      if (since !== undefined) params.set("since", since);
      if (limit !== undefined) params.set("limit", String(limit));
      return callJson(http, `/api/changes${search(params)}`, { signal });
    },
    // The braces of a filter's own text are percent-encoded, so that only these three are filled in.
    tileUrlTemplate: (filter = {}) => `${http.baseUrl}/api/tiles/{z}/{x}/{y}.mvt${search(writeCameraParams(filter))}`,
  };
}
