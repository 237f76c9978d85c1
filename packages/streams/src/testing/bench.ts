import type { StreamsOptions } from "../streams.ts";

import { Streams } from "../streams.ts";
import { CameraServer, type Route } from "./camera-server.ts";
import { ManualTime } from "./manual-time.ts";

/** A camera server, streams that may reach it, and the clock of both; everything closed at the end. */
export class Bench implements AsyncDisposable {
  readonly time: ManualTime = new ManualTime();
  readonly camera: CameraServer;
  readonly streams: Streams;

  private constructor(camera: CameraServer, options: StreamsOptions) {
    this.camera = camera;
    this.streams = new Streams({
      allow: ["127.0.0.1/32"],
      clock: this.time.clock,
      timer: this.time.timer,
      random: () => 1,
      ...options,
    });
  }

  static async start(routes: Readonly<Record<string, Route>> = {}, options: StreamsOptions = {}): Promise<Bench> {
    return new Bench(await CameraServer.start(routes), options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.streams[Symbol.asyncDispose]();
    await this.camera[Symbol.asyncDispose]();
  }
}
