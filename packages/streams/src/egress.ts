import type { Clock, Log } from "@argus/core";

import { createAddressRule } from "./address.ts";
import type { Answer } from "./answer.ts";
import { badStatus, closed, timedOut, unreachable, urlBlocked } from "./errors.ts";
import { createGuardedAgents, systemResolve, type Agents, type Resolve } from "./guarded-agent.ts";
import type { StreamLimits } from "./limits.ts";
import { requestNetwork } from "./network-hop.ts";
import { requestOrigin, type OriginHandler } from "./origin-hop.ts";
import { Pace } from "./pace.ts";
import { race, type Timer } from "./timer.ts";

const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
// RFC 2606: such a name is never resolved; it belongs to a source's own origin or to nobody.
const NEVER_RESOLVED = ".invalid";

export type EgressOptions = {
  allow: readonly string[];
  origins: () => ReadonlyMap<string, OriginHandler>;
  userAgent: string;
  limits: Pick<StreamLimits, "connectMs" | "answerMs" | "idleMs" | "bytesPerSecond">;
  clock: Clock;
  timer: Timer;
  resolve?: Resolve;
  log?: Log;
};

export type OpenOptions = {
  /** Ends the exchange, its body included. */
  signal: AbortSignal;
  headers?: Readonly<Record<string, string>>;
};

/**
 * The one way out to a camera: GET only, public addresses only (and those the user allowed), every redirect judged
 * again, no cookies or credentials, every wait bounded.
 */
export class Egress implements AsyncDisposable {
  readonly #options: EgressOptions;
  readonly #agents: Agents;
  readonly #ended: AbortController = new AbortController();

  /** @throws ArgusError ARGUS_STREAM_ALLOW_INVALID */
  constructor(options: EgressOptions) {
    this.#options = options;
    this.#agents = createGuardedAgents(createAddressRule(options.allow), options.resolve ?? systemResolve);
  }

  /**
   * Opens a URL and follows its redirects. Any status below 300 or from 400 up is an answer; the body comes decoded.
   * @throws ArgusError ARGUS_STREAM_BLOCKED, ARGUS_STREAM_UNREACHABLE, ARGUS_STREAM_TIMEOUT, ARGUS_STREAM_STATUS
   *   (redirects without end or without a target); or the signal's reason.
   */
  async open(url: string, { signal, headers = {} }: OpenOptions): Promise<Answer> {
    const linked = AbortSignal.any([signal, this.#ended.signal]);
    let target = checked(URL.parse(url), "the camera's URL");
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const answer = await this.#request(target, headers, linked);
      if (!REDIRECTS.has(answer.status)) return this.#bounded(answer, linked);
      answer.close();
      target = redirectTarget(answer);
      this.#options.log?.debug("redirected", { from: answer.url.host, to: target.host });
    }
    throw badStatus(target.host, 302, `and more than ${MAX_REDIRECTS} redirects in a row lead nowhere`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort(closed());
    this.#agents.http.destroy();
    this.#agents.https.destroy();
  }

  async #request(url: URL, extra: Readonly<Record<string, string>>, outer: AbortSignal): Promise<Answer> {
    const { answerMs, connectMs } = this.#options.limits;
    const given = new AbortController();
    const signal = AbortSignal.any([outer, given.signal]);
    const headers = {
      "user-agent": this.#options.userAgent,
      accept: "image/jpeg, multipart/x-mixed-replace, */*;q=0.1",
      "accept-encoding": "identity",
      ...extra,
    };
    const handler = this.#handlerOf(url);
    const work =
      handler === null
        ? requestNetwork(url, { headers, signal }, { agents: this.#agents, connectMs })
        : requestOrigin(handler, url, { headers, signal });
    try {
      return await race(work, {
        signal: outer,
        deadline: {
          ms: answerMs,
          timer: this.#options.timer,
          late: () => timedOut(url.host, "did not answer", answerMs),
        },
      });
    } catch (error) {
      given.abort(error);
      // An answer that comes after all is not wanted.
      work.then(
        (late) => late.close(),
        () => undefined,
      );
      throw error;
    }
  }

  /** @throws when the host must not be resolved and nobody answers for it. */
  #handlerOf(url: URL): OriginHandler | null {
    const origins = this.#options.origins();
    const handler = origins.get(url.host) ?? origins.get(url.hostname);
    if (handler !== undefined) return handler;
    if (`.${url.hostname.replace(/\.$/u, "")}`.endsWith(NEVER_RESOLVED)) {
      throw unreachable(url.host, "belongs to no installed source", { retryable: false });
    }
    return null;
  }

  #bounded(answer: Answer, signal: AbortSignal): Answer {
    const { limits, clock, timer } = this.#options;
    const pace = new Pace({ bytesPerSecond: limits.bytesPerSecond, clock, timer, signal });
    const late = () => timedOut(answer.url.host, "sent nothing more", limits.idleMs);
    async function* body(): AsyncGenerator<Uint8Array, void, undefined> {
      const steps = answer.body[Symbol.asyncIterator]();
      try {
        for (;;) {
          const step = await race(steps.next(), { signal, deadline: { ms: limits.idleMs, timer, late } });
          if (step.done === true) return;
          yield step.value;
          await pace.take(step.value.length);
        }
      } finally {
        answer.close();
      }
    }
    return { ...answer, body: body() };
  }
}

function redirectTarget(answer: Answer): URL {
  const location = answer.header("location");
  if (location === null) throw badStatus(answer.url.host, answer.status, "a redirect that names no target");
  // Header bytes come as Latin-1; what is beyond ASCII is UTF-8 in practice.
  return checked(
    URL.parse(Buffer.from(location, "latin1").toString(), answer.url.href),
    `a redirect of ${answer.url.host}`,
  );
}

/** @param named what the message calls a URL that has no host. */
function checked(url: URL | null, named: string): URL {
  if (url === null) throw urlBlocked(named, "it is no URL");
  const host = `${named}${url.host === "" ? "" : ` (${url.host})`}`;
  if (url.protocol !== "http:" && url.protocol !== "https:") throw urlBlocked(host, `${url.protocol} is not opened`);
  if (url.username !== "" || url.password !== "") throw urlBlocked(host, "the URL carries a user name or password");
  return url;
}
