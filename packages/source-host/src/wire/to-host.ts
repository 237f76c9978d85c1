import { z } from "zod";

import { WIRE } from "./bounds.ts";

const MAX_TEXT = 2000;
const MAX_URL = 16_384;
const MAX_HEADERS = 50;
const MAX_HEADER = 8192;
const MAX_CODE = 100;

const text = z.string().max(MAX_TEXT);
const count = z.number().int().nonnegative();
const failure = { message: text, code: z.string().max(MAX_CODE).nullable(), retryable: z.boolean() };

/** A request that a source wants made; the body comes with the message. */
export const HttpAsked = z.strictObject({
  t: z.literal("http"),
  id: z.int().positive(),
  url: z.string().max(MAX_URL),
  method: z.enum(["GET", "POST"]),
  headers: z
    .record(z.string().max(MAX_HEADER), z.string().max(MAX_HEADER))
    .refine((headers) => Object.keys(headers).length <= MAX_HEADERS, `at most ${MAX_HEADERS} headers`),
  has_body: z.boolean(),
  max_bytes: count.optional(),
  timeout_ms: count.optional(),
  robots: z.boolean(),
});
export type HttpAsked = z.infer<typeof HttpAsked>;

/** What a source lists, as it came: nothing in it has been checked. */
export const Rows = z.strictObject({
  t: z.literal("rows"),
  cameras: z.array(z.unknown()).max(WIRE.rowsPerMessage),
  rejected: z.array(z.strictObject({ id: text, reason: text })).max(WIRE.rowsPerMessage),
});
export type Rows = z.infer<typeof Rows>;

/** What is wrong with one option: its path, like `layers.0.url`, and why. */
export const OptionIssue = z.strictObject({ path: text, message: text });
export type OptionIssue = z.infer<typeof OptionIssue>;

/** Whether options are valid, and the `base_url` among them. */
export const OptionsRead = z.strictObject({
  problem: text.nullable(),
  base_url: text.nullable(),
  /** What the problem is made of, where it can be told. */
  issues: z.array(OptionIssue).max(WIRE.maxIssues).optional(),
});
export type OptionsRead = z.infer<typeof OptionsRead>;

/** What a source's process says. Strict: an unknown field is a forged or broken message. */
export const ToHost = z.discriminatedUnion("t", [
  Rows,
  HttpAsked,
  z.strictObject({ t: z.literal("ping"), rss: count }),
  z.strictObject({
    t: z.literal("progress"),
    done: count.optional(),
    total: count.optional(),
    message: text.optional(),
  }),
  z.strictObject({ t: z.literal("partial"), reason: text }),
  z.strictObject({
    t: z.literal("log"),
    level: z.enum(["debug", "info", "warn", "error"]),
    message: text,
    fields: z.record(z.string(), z.union([text, z.number(), z.boolean(), z.null()])),
  }),
  z.strictObject({ t: z.literal("loaded") }),
  z.strictObject({
    t: z.literal("described"),
    packages: z.array(z.strictObject({ description: z.unknown().optional(), error: text.nullable() })),
  }),
  z.strictObject({ t: z.literal("checked"), ...OptionsRead.shape }),
  z.strictObject({ t: z.literal("resolved"), id: z.int(), urls: z.unknown().optional() }),
  z.strictObject({ t: z.literal("unresolved"), id: z.int(), ...failure }),
  z.strictObject({ t: z.literal("done") }),
  z.strictObject({ t: z.literal("failed"), ...failure }),
]);
export type ToHost = z.infer<typeof ToHost>;
