import type { Source } from "@argus/source-sdk";
import { z } from "zod";

import { readOptions, toOptionsRead } from "../read-options.ts";
import { WIRE } from "../wire/bounds.ts";

/** What the host is told of a source: all it knows of it before it is run. */
export function describeSource(source: Source): unknown {
  const { options, scrape: _scrape, resolve, openOrigin, ...manifest } = source;
  const defaults = readOptions(source, {});
  const description = {
    manifest,
    options_schema: schemaOf(options),
    has_resolve: resolve !== undefined,
    has_origin: openOrigin !== undefined,
    defaults: toOptionsRead(defaults),
  };
  const { length } = JSON.stringify(description);
  if (length > WIRE.maxDescription)
    throw new Error(`its manifest and options take ${length} characters, more than ${WIRE.maxDescription}`);
  return description;
}

/** JSON Schema of the options as they are written in the settings; null for a schema that cannot be told. */
export function schemaOf(options: Source["options"]): Record<string, unknown> | null {
  try {
    const own = options as { toJSONSchema?: (parameters: object) => unknown };
    const parameters = { io: "input", unrepresentable: "any" } as const;
    // A package's own zod knows its own schemas best.
    const schema =
      typeof own.toJSONSchema === "function" ? own.toJSONSchema(parameters) : z.toJSONSchema(options, parameters);
    return schema as Record<string, unknown>;
  } catch {
    return null;
  }
}
