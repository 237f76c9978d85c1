import { describe, expect, it } from "vitest";

import { ImportOptions } from "./camera-import.ts";
import { isOwnSource } from "./own-source.ts";
import { SOURCE_API_VERSION, SourceManifest } from "./source-manifest.ts";

const manifest = (id: string): object => ({
  apiVersion: SOURCE_API_VERSION,
  id,
  name: "x",
  description: "x",
  enabled_by_default: false,
  required_env: [],
  hosts: [],
  attribution: "x",
  licence: "unknown",
  terms_url: null,
});

describe("a source of imported cameras", () => {
  it.each(["own", "own-harbour"])("may be called %s, and no plugin may", (id) => {
    expect(isOwnSource(id)).toBe(true);
    expect(ImportOptions.parse({ source_id: id }).source_id).toBe(id);
    expect(SourceManifest.safeParse(manifest(id)).success).toBe(false);
  });

  it.each(["ownership", "demo", "my-own"])("may not be called %s, but a plugin may", (id) => {
    expect(isOwnSource(id)).toBe(false);
    expect(ImportOptions.safeParse({ source_id: id }).success).toBe(false);
    expect(SourceManifest.safeParse(manifest(id)).success).toBe(true);
  });
});
