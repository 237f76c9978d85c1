import { RowText, RowTextOrNull } from "@argus/source-sdk";
import { z } from "zod";

const MAX_PERIOD_S = 86_400;

/** A camera as `GET /api/webcams/` lists it; only what is used of it. */
export const Webcam = z.object({
  /** The view's own; `group`, another view's id, is what several views of one site share. */
  id: z.int(),
  name: RowText,
  name_override: RowTextOrNull,
  caption: RowTextOrNull,
  caption_override: RowTextOrNull,
  /** `/images/929.jpg?t=<now>`. */
  links: z.object({ imageDisplay: z.string().min(1) }),
  /** Whose picture it is, or a note on how the camera works; empty for most. */
  credit: RowTextOrNull,
  region_name: RowTextOrNull,
  /** A GeoJSON Point, or null. */
  location: z.unknown(),
  /** `N`, `SW` …, or empty. */
  orientation: z.string().nullish(),
  is_on: z.boolean(),
  should_appear: z.boolean(),
  marked_stale: z.boolean(),
  /** Measured, in seconds; null when it is none that a refresh could have. */
  update_period_mean: z.number().positive().max(MAX_PERIOD_S).nullable().catch(null),
});
export type Webcam = z.infer<typeof Webcam>;
