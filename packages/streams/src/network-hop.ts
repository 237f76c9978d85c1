import got from "got";

import type { Answer, HopRequest } from "./answer.ts";
import type { Agents } from "./guarded-agent.ts";
import { describeNetworkError } from "./network-error.ts";

export type NetworkOptions = { agents: Agents; connectMs: number };

type Exchange = ReturnType<typeof got.stream>;

/**
 * One GET over the network: no redirect followed, no retry, no cookie, no credentials.
 * @throws ArgusError ARGUS_STREAM_BLOCKED, ARGUS_STREAM_UNREACHABLE, ARGUS_STREAM_TIMEOUT; or the signal's reason.
 */
export async function requestNetwork(
  url: URL,
  { headers, signal }: HopRequest,
  options: NetworkOptions,
): Promise<Answer> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const exchange = startExchange(url, headers, options);
  const onAbort = () => {
    reject(signal.reason as Error);
    exchange.destroy();
  };
  signal.addEventListener("abort", onAbort, { once: true });
  exchange.once("close", () => signal.removeEventListener("abort", onAbort));
  // Stays for as long as the exchange lives: an error that nobody listens to would end the process.
  exchange.on("error", (error: unknown) => reject(describeNetworkError(url.host, error, options.connectMs)));
  exchange.once(
    "response",
    (response: { statusCode: number; headers: Record<string, string | string[] | undefined> }) =>
      resolve({
        url,
        status: response.statusCode,
        header: (name) => [response.headers[name]].flat()[0] ?? null,
        body: readExchange(exchange, url.host, signal, options.connectMs),
        close: () => void exchange.destroy(),
      }),
  );
  return await promise;
}

function startExchange(url: URL, headers: HopRequest["headers"], { agents, connectMs }: NetworkOptions): Exchange {
  return got.stream(url, {
    agent: agents,
    headers,
    followRedirect: false,
    throwHttpErrors: false,
    retry: { limit: 0 },
    // What a camera claims about its length is often wrong; the picture's own end is what counts.
    strictContentLength: false,
    timeout: { lookup: connectMs, connect: connectMs, secureConnect: connectMs },
  });
}

async function* readExchange(
  exchange: Exchange,
  host: string,
  signal: AbortSignal,
  connectMs: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const chunk of exchange as AsyncIterable<Uint8Array>) yield chunk;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw describeNetworkError(host, error, connectMs);
  }
}
