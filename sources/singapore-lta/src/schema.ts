import { RowId } from "@argus/source-sdk";
import { z } from "zod";

/** A camera of `GET /v1/transport/traffic-images`; only what is used of it. */
export const LtaCamera = z.object({
  /** Text as sent, a number as documented. */
  camera_id: RowId,
  /** Another address for every picture. */
  image: z.string(),
  location: z.object({ latitude: z.number(), longitude: z.number() }),
});
export type LtaCamera = z.infer<typeof LtaCamera>;

/** A row's camera; null when it names none. */
export function idOf(row: unknown): string | null {
  return LtaCamera.pick({ camera_id: true }).safeParse(row).data?.camera_id ?? null;
}
