import { HttpUrl, type ListedCamera } from "@argus/core/contract";
import { z } from "zod";

const MAX_EXPIRES_S = 86_400;

/** A camera as the registry holds it, but with the origin's own id. */
export type ResolvableCamera = Omit<ListedCamera, "source_id">;

/** Where a camera's pictures are just now, for an origin whose addresses rotate; at least one address. */
export type ResolvedUrls = {
  stream_url?: string | undefined;
  snapshot_url?: string | undefined;
  /** Seconds from now that they may be used; up to a day. */
  expires_in_s: number;
};
export const ResolvedUrls: z.ZodType<ResolvedUrls> = z
  .object({
    stream_url: HttpUrl.optional(),
    snapshot_url: HttpUrl.optional(),
    expires_in_s: z.number().positive().max(MAX_EXPIRES_S),
  })
  .refine(({ stream_url, snapshot_url }) => stream_url !== undefined || snapshot_url !== undefined, {
    message: "give stream_url, snapshot_url or both",
  });
