import { showValue } from "@argus/core/contract";

import { invalidUrl } from "./errors.ts";
import type { HttpRequest } from "./http.ts";

const WEB_PROTOCOLS: ReadonlySet<string> = new Set(["http:", "https:"]);

/**
 * The address of a request, its query completed.
 * @throws ArgusError ARGUS_SOURCE_URL_INVALID for what is no http(s) URL, or carries a user name or password.
 */
export function requestUrl(address: string, search: HttpRequest["search"] = {}): URL {
  const url = URL.parse(address);
  if (url === null) throw invalidUrl(address, `${showValue(address)} is not an absolute URL`);
  if (!WEB_PROTOCOLS.has(url.protocol)) throw invalidUrl(address, "only http and https are spoken");
  if (url.username !== "" || url.password !== "") throw invalidUrl(address, "it carries a user name or password");
  for (const [name, value] of Object.entries(search)) url.searchParams.append(name, String(value));
  return url;
}
