/** A package.json that installs, and what a test changes about it. */
export function installable(name: string, changes: object = {}): { name: string; version: string } {
  const manifest = {
    name,
    version: "1.0.0",
    type: "module",
    exports: "./index.js",
    keywords: ["argus-source"],
    argus: { apiVersion: 1 },
    peerDependencies: { "@argus/source-sdk": "^0.1.0", zod: "^4.0.0" },
    ...changes,
  };
  return manifest;
}

/** Code of a source with this id. */
export function installableCode(id: string, before = ""): string {
  return `${before}
import { defineSource } from "@argus/source-sdk";
import { z } from "zod";
export default defineSource({
  apiVersion: 1, id: "${id}", name: "${id}", description: "Made up for a test.", enabled_by_default: false,
  required_env: [], hosts: ["cameras.example"], attribution: "Example", licence: "CC0-1.0",
  options: z.object({ base_url: z.url().default("https://cameras.example") }),
  async scrape(ctx) {
    await ctx.emit({ id: "a", name: "A", stream_kind: "jpeg", stream_url: "https://cameras.example/a.jpg" });
  },
});
`;
}
