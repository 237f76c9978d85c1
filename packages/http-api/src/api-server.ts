import { createServer, maxHeaderSize, type Server, type ServerOptions, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

import type { ArgusError, ErrorAnswer } from "@argus/core";

import { headTooLarge, requestTimedOut, requestUnreadable } from "./errors.ts";
import { statusOf } from "./status-codes.ts";

/**
 * A Node server for the API: as `createServer` makes it, but what it refuses before any request reaches the API is
 * answered with JSON too. Listens to nothing yet; add what `createHttpApi` made as its `request` listener.
 */
export function createApiServer(options: Omit<ServerOptions, "requireHostHeader"> = {}): Server {
  // The API refuses a missing Host itself.
  const server = createServer({ ...options, requireHostHeader: false });
  const answering = new WeakSet<Duplex>();
  server.on("request", ({ socket }, response) => {
    answering.add(socket);
    response.once("close", () => answering.delete(socket));
  });
  // A server may pass over what a client expects, as RFC 9110 10.1.1 has it.
  server.on("checkExpectation", (request, response) => void server.emit("request", request, response));
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    // In the middle of another answer it would be taken for a part of that.
    if (socket.writable && !answering.has(socket)) {
      socket.write(rawAnswer(describe(error, options.maxHeaderSize ?? maxHeaderSize)));
    }
    socket.destroy();
  });
  return server;
}

function describe(error: NodeJS.ErrnoException, maxHeadBytes: number): ArgusError {
  if (error.code === "HPE_HEADER_OVERFLOW") return headTooLarge(maxHeadBytes);
  if (error.code === "ERR_HTTP_REQUEST_TIMEOUT") return requestTimedOut();
  return requestUnreadable(error);
}

function rawAnswer(error: ArgusError): string {
  const status = statusOf(error);
  const body = JSON.stringify({ error: { code: error.code, message: error.message } } satisfies ErrorAnswer);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    "Connection: close",
    "Cache-Control: no-store",
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "X-Content-Type-Options: nosniff",
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}
