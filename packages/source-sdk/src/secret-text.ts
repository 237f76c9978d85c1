import { z } from "zod";

const MAX_LENGTH = 1000;

/** An option that holds a key or password, none by default: forms hide it (`format: "password"` of JSON Schema). */
export function secretText(description: string): z.ZodDefault<z.ZodString> {
  return z.string().trim().max(MAX_LENGTH).default("").meta({ description, format: "password" });
}
