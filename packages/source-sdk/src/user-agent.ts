import { userAgentInvalid } from "./errors.ts";

const MAX_CHARACTERS = 300;
/** Printable ASCII, as a header may hold. */
const HEADER_TEXT = /^[\x20-\x7e]*$/u;

/**
 * What a source's requests call this program: what the user wrote into its option `user_agent`, for a source that has one,
 * else the host's own name. Reads options as they were configured: no default of a source counts.
 * @throws ArgusError ARGUS_SOURCE_UNCONFIGURED for what no header can hold.
 */
export function userAgentOf(configured: unknown, own: string): string {
  const written =
    typeof configured === "object" && configured !== null && Object.hasOwn(configured, "user_agent")
      ? (configured as { user_agent: unknown }).user_agent
      : "";
  const name = typeof written === "string" ? written.trim() : "";
  if (name === "") return own;
  if (name.length > MAX_CHARACTERS || !HEADER_TEXT.test(name)) throw userAgentInvalid(MAX_CHARACTERS);
  return name;
}
