import { once } from "node:events";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

export type Route = (request: IncomingMessage, response: ServerResponse) => void;

/** A camera on a loopback port, which counts what it was asked and tells when the other side leaves. */
export class CameraServer implements AsyncDisposable {
  readonly requests: IncomingMessage[] = [];
  readonly sockets: Set<Socket> = new Set();
  readonly #server: http.Server;
  readonly #routes: Map<string, Route> = new Map();

  private constructor() {
    this.#server = http.createServer((request, response) => {
      this.requests.push(request);
      const route = this.#routes.get(new URL(request.url ?? "/", "http://camera").pathname);
      if (route === undefined) response.writeHead(404).end("no such camera");
      else route(request, response);
      this.#server.emit("asked", request, response);
    });
    this.#server.on("connection", (socket) => {
      this.sockets.add(socket);
      socket.once("close", () => {
        this.sockets.delete(socket);
        this.#server.emit("left");
      });
    });
  }

  static async start(routes: Readonly<Record<string, Route>> = {}): Promise<CameraServer> {
    const camera = new CameraServer();
    for (const [path, route] of Object.entries(routes)) camera.route(path, route);
    camera.#server.listen(0, "127.0.0.1");
    await once(camera.#server, "listening");
    return camera;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  route(path: string, route: Route): this {
    this.#routes.set(path, route);
    return this;
  }

  url(path: string, host = "127.0.0.1"): string {
    return `http://${host}:${this.port}${path}`;
  }

  /** Resolves when the next request has come in. */
  async asked(): Promise<ServerResponse> {
    const [, response] = (await once(this.#server, "asked")) as [IncomingMessage, ServerResponse];
    return response;
  }

  /** Resolves when the next connection is closed. */
  async left(): Promise<void> {
    await once(this.#server, "left");
  }

  /** Resolves when nobody is connected any more. */
  async deserted(): Promise<void> {
    while (this.sockets.size > 0) await this.left();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const stopped = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await stopped;
  }
}
