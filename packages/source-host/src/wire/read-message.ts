import { describeIssues } from "@argus/core";

import { cutText } from "../bounded-text.ts";
import { protocolBroken } from "../errors.ts";
import { ToHost } from "./to-host.ts";

// As a name of a field it would be somebody's prototype after a careless copy; escaped, it could hide from a search.
const FORBIDDEN = "__proto__";
const ESCAPED = "\\u";

/** A message of a source. @throws ArgusError ARGUS_SOURCE_PROTOCOL for anything else. */
export function readMessage(text: string): ToHost {
  const value = parseJson(text);
  if ((text.includes(FORBIDDEN) || text.includes(ESCAPED)) && hasForbiddenKey(value))
    throw protocolBroken(`sent a message with a field called ${FORBIDDEN}`);
  const parsed = ToHost.safeParse(value);
  if (parsed.success) return parsed.data;
  throw protocolBroken(`sent a message that the host does not know: ${cutText(describeIssues(parsed.error))}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw protocolBroken(`sent a message that is no JSON, ${text.length} characters`);
  }
}

function hasForbiddenKey(value: unknown): boolean {
  const waiting = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== "object" || next === null) continue;
    if (Object.hasOwn(next, FORBIDDEN)) return true;
    // One by one: a list may be longer than a call may have arguments.
    for (const inner of Object.values(next)) waiting.push(inner);
  }
  return false;
}
