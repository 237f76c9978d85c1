import { z } from "zod";

import { imageUrl } from "./image-url.ts";
import { plainText } from "./plain-text.ts";

// What the rows of most origins are made of, for the schema of one.

/** The origin's own id, a number or text, as text. */
export const RowId: z.ZodType<string, string | number> = z
  .union([z.number(), z.string().trim().min(1)])
  .transform(String);

/** Text as people are to read it, by `plainText`; a row where it says nothing is bad. */
export const RowText: z.ZodType<string, string> = z.string().transform(plainText).pipe(z.string("says nothing"));

/** The same; null where it is missing, null or says nothing. */
export const RowTextOrNull: z.ZodType<string | null, string | null | undefined> = z
  .string()
  .nullish()
  .transform(plainText);

/** A picture's address by `imageUrl`; a row where it is none is bad, and one without any. */
export const PictureUrl: z.ZodType<string, string | null | undefined> = z
  .string()
  .nullish()
  .transform((text) => imageUrl(text))
  .pipe(z.string("must be an http or https URL"));

/** The same; null where it is missing, null or says nothing. */
export const PictureUrlOrNull: z.ZodType<string | null, string | null | undefined> = z
  .string()
  .nullish()
  .transform((text): string | null | undefined => text?.trim() || null)
  .pipe(PictureUrl.nullable());
