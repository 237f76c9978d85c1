import { z } from "zod";

const MAX_URL_LENGTH = 2048;
const WEB_PROTOCOLS: ReadonlySet<string> = new Set(["http:", "https:"]);

/** An absolute http or https URL of at most 2048 characters, without a user name or password. */
export const HttpUrl = z
  .string()
  .max(MAX_URL_LENGTH)
  .superRefine((text, context) => {
    const problem = problemOf(text);
    if (problem !== null) context.addIssue({ code: "custom", message: problem });
  });
export type HttpUrl = z.infer<typeof HttpUrl>;

function problemOf(text: string): string | null {
  // A longer text has been named by the length rule already; it is not worth parsing.
  if (text.length > MAX_URL_LENGTH) return null;
  const url = URL.parse(text);
  if (url === null) return "must be an absolute URL";
  if (!WEB_PROTOCOLS.has(url.protocol)) return `must be http or https, not ${url.protocol.slice(0, 20)}`;
  if (url.username !== "" || url.password !== "") return "must not carry a user name or password";
  return null;
}
