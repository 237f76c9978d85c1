import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A loopback stand-in for an origin on the internet. */
export type Origin = AsyncDisposable & { url: string; requests: string[] };

type Answer = Buffer | string | ((request: IncomingMessage, response: ServerResponse) => void);

/** Answers the given paths, and 404 for any other; remembers what was asked. */
export async function openOrigin(answers: Readonly<Record<string, Answer>>): Promise<Origin> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = URL.parse(request.url ?? "/", "http://origin")?.pathname ?? "/";
    requests.push(path);
    const answer = answers[path];
    if (answer === undefined) response.writeHead(404).end();
    else if (typeof answer === "function") answer(request, response);
    else response.writeHead(200, { "content-type": "application/json" }).end(answer);
  });
  // Whoever takes it for a proxy is remembered too, and gets nowhere.
  server.on("connect", (request, socket) => {
    requests.push(`CONNECT ${request.url ?? ""}`);
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
