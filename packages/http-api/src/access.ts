import type { RequestHandler } from "express";

import { crossSiteRefused, hostMissing, hostRefused, originRefused } from "./errors.ts";

const FOREIGN_SITES: ReadonlySet<string> = new Set(["cross-site", "same-site"]);
const READING_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/**
 * Keeps other sites' pages out of a server that asks for no login. Host: a name that was made to point here (DNS
 * rebinding) is refused. Origin and Sec-Fetch-Site: a page of another origin, another port of this machine included,
 * may link here but not fetch, embed or post.
 */
export function checkAccess(hosts: readonly string[]): RequestHandler {
  const allowed = new Set(hosts.map((host) => host.toLowerCase()));
  return (request, _response, next) => {
    const { host, origin } = request.headers;
    if (host === undefined) throw hostMissing();
    if (!allowed.has(host.toLowerCase())) throw hostRefused(host);
    if (origin !== undefined && !allowed.has(hostOf(origin))) throw originRefused(origin);
    const site = request.get("sec-fetch-site");
    if (site !== undefined && FOREIGN_SITES.has(site) && !isNavigation(request)) throw crossSiteRefused(site);
    next();
  };
}

/** The host of a web origin as a Host header would name it; empty for `null` and for anything else. */
function hostOf(origin: string): string {
  const url = URL.parse(origin);
  return url !== null && (url.protocol === "http:" || url.protocol === "https:") ? url.host : "";
}

function isNavigation(request: { method: string; headers: NodeJS.Dict<string | string[]> }): boolean {
  return READING_METHODS.has(request.method) && request.headers["sec-fetch-mode"] === "navigate";
}
