import { z } from "zod";

const Schema = z.object({ properties: z.record(z.string(), z.object({ format: z.unknown() })) });

/** The values of options that the schema (JSON Schema) marks as passwords. */
export function secretsIn(optionsSchema: unknown, options: unknown): string[] {
  const schema = Schema.safeParse(optionsSchema);
  if (!schema.success || typeof options !== "object" || options === null) return [];
  return Object.entries(options).flatMap(([name, value]) =>
    schema.data.properties[name]?.format === "password" && typeof value === "string" ? [value] : [],
  );
}
