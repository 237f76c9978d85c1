import type { Camera } from "@argus/core";

/** One camera a line, as JSON. */
export async function* writeNdjson(cameras: AsyncIterable<Camera>): AsyncGenerator<string, void, undefined> {
  for await (const camera of cameras) yield `${JSON.stringify(camera)}\n`;
}
