import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { Camera, CameraInput, type ListedCamera, StreamKind, toListedCamera } from "@argus/core";
import { type ApiStore, createHttpApi } from "@argus/http-api";
import { CameraImports, previewImport } from "@argus/store";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const AT = "2026-11-21T08:00:00.000Z";
const UNKNOWN = {
  health_reason: null,
  health_checked_at: null,
  health_ok_at: null,
  frame_changed_at: null,
  scene_description: null,
  scene_analyzed_at: null,
  intel_brief: null,
  intel_brief_generated_at: null,
  duplicate_of: null,
};

let cameras: Camera[] = [];
const server = createServer();
let exportUrl = "";

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  exportUrl = `http://127.0.0.1:${port}/api/cameras.`;
  const store = {
    currentSequence: async () => 0,
    each: async function* () {
      yield* cameras;
    },
  };
  const unused = {} as never;
  const access = { hosts: [`127.0.0.1:${port}`] };
  server.on(
    "request",
    createHttpApi({ store: store as unknown as ApiStore, sources: unused, streams: unused, version: "1", access }),
  );
});

afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, "close");
});

async function exported(format: "csv" | "geojson"): Promise<string> {
  return (await fetch(exportUrl + format)).text();
}

const word = fc.string({ unit: fc.constantFrom(..."aZ0 '\"=+-@,\t\r\n|:;東é😀＝".split(/(?:)/u)), maxLength: 12 });
const filled = word.map((value) => `x${value}`.trim());
const risky = fc.oneof(
  filled,
  word.map((value) => `${value}x`.trim()),
);
const orNull = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(value, { nil: null });
const url = fc.webUrl({ withQueryParameters: true, validSchemes: ["http", "https"] });
const position = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }).map((value) => value + 0),
  lon: fc.double({ min: -180, max: 180, noNaN: true }).map((value) => value + 0),
});

/** Cameras as a store holds them: all that `CameraInput` takes, tags apart, in which our CSV's separator may not be. */
const listed: fc.Arbitrary<ListedCamera> = fc
  .record({
    id: fc.stringMatching(/^[!-~東é]{1,20}$/u),
    name: risky,
    description: orNull(risky),
    place: orNull(position),
    country: orNull(fc.constantFrom("GB", "JP")),
    region: orNull(risky),
    city: orNull(risky),
    heading_deg: orNull(fc.double({ min: 0, max: 359.9, noNaN: true }).map((value) => value + 0)),
    stream_kind: fc.constantFrom(...StreamKind.options),
    stream_url: url,
    snapshot_url: orNull(url),
    page_url: url,
    refresh_s: orNull(fc.integer({ min: 1, max: 86_400 })),
    tags: fc.uniqueArray(
      risky.filter((tag) => !tag.includes(";")),
      { maxLength: 4 },
    ),
    manufacturer: orNull(risky),
    attribution: risky,
    licence: risky,
    terms_url: orNull(url),
  })
  .map(({ place, ...fields }) => {
    const input = CameraInput.safeParse({ ...fields, lat: place?.lat ?? null, lon: place?.lon ?? null });
    const credits = { attribution: "unused", licence: "unused", terms_url: null };
    return input.success ? toListedCamera("own", input.data, credits) : null;
  })
  .filter((camera) => camera !== null);

function asCamera(camera: ListedCamera): Camera {
  const times = { first_seen_at: AT, last_seen_at: AT, gone_at: null };
  return Camera.parse({ ...camera, ...times, health_status: "unknown", ...UNKNOWN });
}

describe.each(["csv", "geojson"] as const)("our own export as %s", (format) => {
  it("is imported as the same cameras, whatever their texts hold", async () => {
    const lists = fc.uniqueArray(listed, { selector: ({ id }) => id, minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(lists, async (list) => {
        cameras = list.map(asCamera);
        const preview = await previewImport(await exported(format), { format });
        expect(preview.bad).toEqual([]);
        expect(preview.sample).toEqual(list);
      }),
      { numRuns: 150 },
    );
  });

  it("is stored as it was", async () => {
    const [camera] = fc.sample(listed, { numRuns: 1, seed: 1 });
    cameras = [asCamera(camera!)];
    const stored: ListedCamera[] = [];
    const imports = new CameraImports({
      compare: async (found) => ({ new: found.length, changed: 0, unchanged: 0 }),
      async upsert(found) {
        stored.push(...found);
        return { new: found.length, changed: 0, unchanged: 0 };
      },
    });
    const file = await exported(format);
    const { digest } = await imports.preview(file);
    expect(await imports.store(file, {}, { digest })).toEqual({ new: 1, changed: 0, unchanged: 0, skipped: 0 });
    expect(stored).toEqual([camera]);
  });
});

it("a camera of another source keeps its whole id behind the own one's", async () => {
  const [camera] = fc.sample(listed, { numRuns: 1, seed: 2 });
  cameras = [asCamera({ ...camera!, id: "tfl:1", source_id: "tfl" })];
  expect((await previewImport(await exported("csv"))).sample).toMatchObject([{ id: "own:tfl:1", source_id: "own" }]);
});
