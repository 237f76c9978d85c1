import type { ServerResponse } from "node:http";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

/** What a source asked of its origin, and when; whoever is told answers. */
export type Told = { path: string; at: number; answer: () => void };

/** An origin that sources tell where they are: `next` waits for what is asked. */
export type ToldOrigin = AsyncDisposable & { url: string; next: () => Promise<Told> };

export async function openToldOrigin(): Promise<ToldOrigin> {
  const heard: Told[] = [];
  const waiting: ((told: Told) => void)[] = [];
  const hear = (path: string, response: ServerResponse): void => {
    const told = { path, at: performance.now(), answer: () => void response.end("heard") };
    const next = waiting.shift();
    if (next === undefined) heard.push(told);
    else next(told);
  };
  const server = createServer((request, response) => hear(request.url ?? "/", response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: async () => heard.shift() ?? (await new Promise<Told>((resolve) => void waiting.push(resolve))),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
