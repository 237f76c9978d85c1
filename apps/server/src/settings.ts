import { z } from "zod";

const MAX_PORT = 65_535;

/** Every setting of `argus.toml`, with its default. The keys here are the keys of the file. */
export const Settings = z.strictObject({
  server: z
    .strictObject({
      host: z.string().min(1).default("127.0.0.1").describe("Address to listen on; only loopback addresses for now."),
      port: z.int().min(0).max(MAX_PORT).default(8765).describe("Port to listen on; 0 takes any free one."),
      allowed_hosts: z
        .array(z.string().min(1))
        .default([])
        .describe("Further Host headers to answer, such as argus.example.org behind a reverse proxy."),
    })
    .prefault({}),
  store: z
    .strictObject({
      database_url: z
        .string()
        .min(1)
        .optional()
        .describe(
          "sqlite:<path> or postgres://<user>:<password>@<host>/<database>; without it argus.db in the data folder.",
        ),
    })
    .prefault({}),
  data: z
    .strictObject({
      dir: z.string().min(1).optional().describe("The data folder; without it argus in the XDG data folder."),
    })
    .prefault({}),
  sources: z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .default({})
    .describe("[sources.<id>]: a source's options, always with base_url; its own schema checks them."),
  egress: z
    .strictObject({
      allow: z
        .array(z.union([z.cidrv4(), z.cidrv6()], { error: "must be a network like 192.168.1.0/24" }))
        .default([])
        .describe("Private networks that camera URLs may point into."),
    })
    .prefault({}),
  scrape: z
    .strictObject({
      when_empty: z
        .array(z.string())
        .default([])
        .describe("Sources to scrape at start while the registry holds no camera."),
    })
    .prefault({}),
  log: z
    .strictObject({
      level: z.enum(["debug", "info", "warn", "error"]).default("info").describe("The least that is logged."),
    })
    .prefault({}),
});
export type Settings = z.output<typeof Settings>;
