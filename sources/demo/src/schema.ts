import { baseUrl } from "@argus/source-sdk";
import { z } from "zod";

/** The cameras' address; `.invalid` never resolves (RFC 2606), so that nobody else can answer in their place. */
const DEFAULT_BASE_URL = "http://demo.argus.invalid";

const DEFAULT_FRAMES_PER_SECOND = 5;
const MAX_FRAMES_PER_SECOND = 15;

export const DemoOptions = z.object({
  base_url: baseUrl(DEFAULT_BASE_URL),
  frames_per_second: z
    .number()
    .min(0.2)
    .max(MAX_FRAMES_PER_SECOND)
    .default(DEFAULT_FRAMES_PER_SECOND)
    .describe("Pictures a second of the moving cameras; each takes about 40 ms of one core"),
});
export type DemoOptions = z.infer<typeof DemoOptions>;
