import { isArgusError } from "@argus/core/contract";
import * as robotsModule from "robots-parser";

import { decodeText } from "./charset.ts";
import { robotsDisallow } from "./errors.ts";
import type { TransportAnswer } from "./http-transport.ts";

// Its declarations say `export default` where it assigns module.exports.
const robotsParser = robotsModule.default as unknown as typeof robotsModule.default.default;

const MAX_CRAWL_DELAY_S = 60;
const MS_PER_S = 1000;
const TOO_MANY = 429;
// Errors after which a site counts as one that publishes no rules (RFC 9309, section 2.3.1.3).
const UNAVAILABLE: ReadonlySet<string> = new Set(["ARGUS_SOURCE_HOST_UNDECLARED", "ARGUS_SOURCE_REDIRECTS"]);

type Rules = { parsed: ReturnType<typeof robotsParser>; lines: readonly string[]; url: string } | null;

export type RobotsOptions = {
  userAgent: string;
  /** Reads a robots.txt; rejects with an ArgusError. */
  read: (url: string) => Promise<TransportAnswer>;
  /** Told once for each host that asks for more time between requests. */
  onCrawlDelay: (host: string, delayMs: number) => void;
};

/**
 * What origins ask of programs in their robots.txt (RFC 9309): each read once. Without one everything is allowed; when
 * it cannot be read, the request fails with what was wrong, for nobody knows what is allowed.
 */
export class Robots {
  readonly #options: RobotsOptions;
  readonly #product: string;
  readonly #rules = new Map<string, Promise<Rules>>();

  constructor(options: RobotsOptions) {
    this.#options = options;
    this.#product = /^[^\s/]*/u.exec(options.userAgent)?.[0] ?? "";
  }

  /** @throws ArgusError ARGUS_SOURCE_ROBOTS naming the address and the rule that forbids it. */
  async check(url: URL): Promise<void> {
    const known = this.#rules.get(url.origin);
    const reading = known ?? this.#read(url);
    if (known === undefined) this.#rules.set(url.origin, reading);
    const rules = await reading;
    if (rules === null || rules.parsed.isAllowed(url.href, this.#product) !== false) return;
    const line = rules.parsed.getMatchingLineNumber(url.href, this.#product);
    throw robotsDisallow(url, rules.url, rules.lines[line - 1]?.trim() ?? "Disallow");
  }

  async #read(page: URL): Promise<Rules> {
    const url = `${page.origin}/robots.txt`;
    const text = await this.#readText(url);
    if (text === null) return null;
    const parsed = robotsParser(url, text);
    const delay = Math.min(parsed.getCrawlDelay(this.#product) ?? 0, MAX_CRAWL_DELAY_S);
    if (delay > 0) this.#options.onCrawlDelay(page.host, delay * MS_PER_S);
    return { parsed, lines: text.split(/\r\n|\r|\n/u), url };
  }

  async #readText(url: string): Promise<string | null> {
    try {
      const { body, headers } = await this.#options.read(url);
      return decodeText(body, headers["content-type"]);
    } catch (error) {
      if (isArgusError(error) && (UNAVAILABLE.has(error.code) || isNotThere(error.details))) return null;
      throw error;
    }
  }
}

function isNotThere(details: unknown): boolean {
  const status = typeof details === "object" && details !== null && "status" in details ? Number(details.status) : 0;
  return status >= 400 && status < 500 && status !== TOO_MANY;
}
