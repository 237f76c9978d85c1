import { z } from "zod";

/** An error as it crosses to the other process. */
export const WireError = z.object({
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
  details: z.unknown().optional(),
});
export type WireError = z.infer<typeof WireError>;

const code = { entry: z.string(), options: z.unknown().optional() };
const env = z.record(z.string(), z.string());

/** What a source's process is started for. */
export const Job = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("describe"), entries: z.array(z.string()) }),
  z.object({ kind: z.literal("check"), ...code }),
  z.object({ kind: z.literal("scrape"), ...code, env }),
  z.object({ kind: z.literal("resolve"), ...code, env, camera: z.unknown().optional() }),
]);
export type Job = z.infer<typeof Job>;

/** What the host says to a source's process. */
export const ToChild = z.discriminatedUnion("t", [
  z.object({ t: z.literal("start"), job: Job }),
  /** A message with rows has been taken: another may follow. */
  z.object({ t: z.literal("taken") }),
  z.object({ t: z.literal("abort"), reason: WireError }),
  /** The body comes with the message. */
  z.object({
    t: z.literal("answer"),
    id: z.int(),
    url: z.string(),
    status: z.int(),
    headers: z.record(z.string(), z.string()),
  }),
  z.object({ t: z.literal("refused"), id: z.int(), error: WireError }),
]);
export type ToChild = z.infer<typeof ToChild>;
