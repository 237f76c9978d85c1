/**
 * The versions that a third party's source asks for. A unit test holds them against the workspace: when the SDK leaves its
 * range, the line here is what to change.
 */
export const PEER_RANGES: Readonly<Record<string, string>> = {
  "@argus/source-sdk": "^0.1.0",
  zod: "^4.6.0",
};

/** What a source of one's own is built and tested with. */
export const TOOL_RANGES: Readonly<Record<string, string>> = {
  "@types/node": "^24.19.0",
  typescript: "^7.0.0",
  vitest: "^5.1.0",
};
