import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type ArgusProcess, serve } from "../support/argus-process.ts";
import { makeScratch, type Scratch } from "../support/scratch.ts";
import { scrapeToEnd } from "../support/scrape-end.ts";

const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);

describe("pictures of demo cameras", () => {
  let scratch: Scratch;
  let argus: ArgusProcess;

  beforeAll(async () => {
    scratch = await makeScratch("pictures");
    argus = await serve({ home: scratch.path });
    await scrapeToEnd(argus.client, ["demo"]);
  });

  afterAll(async () => {
    await argus?.[Symbol.asyncDispose]();
    await scratch?.[Symbol.asyncDispose]();
  });

  it.each(["mjpeg", "jpeg"] as const)("move: a %s camera's stream brings different frames", async (kind) => {
    const { cameras } = await argus.client.cameras({ kind: [kind] });
    const [fastest] = cameras.toSorted((a, b) => (a.refresh_s ?? 0) - (b.refresh_s ?? 0));
    expect(await readFrames(new URL(argus.client.streamUrl(fastest?.id ?? ""), argus.url), 3)).toHaveLength(3);
  });

  it("come by URL too, for URLs of the store and no others", async () => {
    const [camera] = (await argus.client.cameras({ kind: ["mjpeg"], limit: 1 })).cameras;
    const proxied = (url: string) => fetch(new URL(`/api/stream/proxy?url=${encodeURIComponent(url)}`, argus.url));
    expect(
      await readFrames(new URL(`/api/stream/proxy?url=${encodeURIComponent(camera?.stream_url ?? "")}`, argus.url), 1),
    ).toHaveLength(1);
    expect((await proxied(`${camera?.stream_url}?x=1`)).status).toBe(403);
    expect((await proxied("file:///etc/passwd")).status).toBe(403);
  });

  it("end when the server stops, and it does not wait for the viewer", async () => {
    const [camera] = (await argus.client.cameras({ kind: ["mjpeg"], limit: 1 })).cameras;
    const answer = await fetch(new URL(argus.client.streamUrl(camera?.id ?? ""), argus.url));
    const reader = answer.body?.getReader();
    await reader?.read();
    expect(await argus.stop()).toBe(0);
    await expect(drain(reader)).resolves.toBeUndefined();
  });
});

/** The first frames of a multipart stream that differ from the one before; a picture may be sent again. */
async function readFrames(url: URL, count: number): Promise<Buffer[]> {
  const leave = new AbortController();
  const answer = await fetch(url, { signal: AbortSignal.any([leave.signal, AbortSignal.timeout(30_000)]) });
  expect(answer.headers.get("content-type")).toMatch(/^multipart\/x-mixed-replace/u);
  const frames: Buffer[] = [];
  let pending = Buffer.alloc(0);
  for await (const chunk of answer.body ?? []) {
    pending = Buffer.concat([pending, chunk]);
    for (let frame = takeFrame(pending); frame !== null; frame = takeFrame(pending)) {
      if (frames.at(-1)?.equals(frame.jpeg) !== true) frames.push(frame.jpeg);
      pending = frame.rest;
    }
    if (frames.length >= count) break;
  }
  leave.abort();
  return frames.slice(0, count);
}

function takeFrame(bytes: Buffer<ArrayBuffer>): { jpeg: Buffer; rest: Buffer<ArrayBuffer> } | null {
  const head = /content-length: *(\d+)\r\n(?:[^\r\n]+\r\n)*\r\n/iu.exec(bytes.toString("latin1"));
  if (head === null) return null;
  const start = head.index + head[0].length;
  const end = start + Number(head[1]);
  if (bytes.length < end) return null;
  const jpeg = bytes.subarray(start, end);
  expect(jpeg.subarray(-2).equals(END_OF_IMAGE)).toBe(true);
  return { jpeg, rest: bytes.subarray(end) };
}

async function drain(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<void> {
  try {
    while (reader !== undefined && !(await reader.read()).done);
  } catch {
    // A stream that the server closes ends in the middle of a part; that it ends is what matters.
  }
}
