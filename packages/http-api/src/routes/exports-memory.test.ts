import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { expect, it } from "vitest";

import { makeCamera } from "../testing/cameras.ts";
import { open, startApi } from "../testing/server.ts";

const MIB = 1_048_576;
const CAMERAS = 300_000;
const LOOKS = 20;
/** What lies between the store and a reader: a batch or two, the streams' and the sockets' buffers. */
const BETWEEN_BYTES = 24 * MIB;
const GROWTH_BYTES = 24 * MIB;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

it.each(["geojson", "csv", "kml", "ndjson"])(
  "%s of 300,000 cameras keeps memory flat, and waits for a slow reader",
  { timeout: 120_000 },
  async (format) => {
    await using api = await startApi();
    let produced = 0;
    api.store.source = function* () {
      const camera = makeCamera({ description: "d".repeat(100) });
      for (; produced < CAMERAS; produced += 1) yield { ...camera, id: `demo:${produced}` };
    };
    const response = await open(api, `/api/cameras.${format}`, { headers: { "accept-encoding": "identity" } });
    const looks: { produced: number; received: number; heap: number }[] = [];
    let received = 0;
    for await (const chunk of response) {
      received += (chunk as Buffer).length;
      // A turn of the event loop for each chunk, in which the server could go on if it did not wait.
      await turn();
      if (produced < (looks.length + 1) * (CAMERAS / LOOKS)) continue;
      collect();
      looks.push({ produced, received, heap: process.memoryUsage().heapUsed });
    }
    expect({ produced, looks: looks.length }).toEqual({ produced: CAMERAS, looks: LOOKS });
    const perCamera = received / CAMERAS;
    const [first] = looks;
    for (const look of looks) {
      expect(look.produced * perCamera - look.received).toBeLessThan(BETWEEN_BYTES);
      expect(look.heap - (first?.heap ?? 0)).toBeLessThan(GROWTH_BYTES);
    }
    // Else nothing was shown by the bounds.
    expect(received).toBeGreaterThan(4 * BETWEEN_BYTES);
  },
);
