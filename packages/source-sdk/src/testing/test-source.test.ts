import { describe, expect, it } from "vitest";
import { z } from "zod";

import { baseUrl } from "../base-url.ts";
import { readRows } from "../read-rows.ts";
import { defineSource, type ScrapeContext, type ServedOrigin, type Source } from "../source.ts";
import type { Fixture } from "./fixtures.ts";
import { testSource } from "./test-source.ts";

const Row = z.object({ id: z.string(), name: z.string(), image: z.string() });
const ROWS = [
  { id: "1", name: "One", image: "https://cameras.example/1.jpg" },
  { id: "2", name: "Two", image: "https://cameras.example/2.jpg" },
];
const FIXTURES: Fixture[] = [{ path: "/cameras", body: ROWS }];

async function scrapeWell(ctx: ScrapeContext): Promise<void> {
  const rows = await ctx.http.json(`${ctx.options.base_url}/cameras`, z.array(z.unknown()));
  for (const { id, name, image } of readRows(rows, Row, ctx))
    await ctx.emit({ id, name, stream_url: image, stream_kind: "jpeg" });
}

function sourceThat(
  scrape: Source["scrape"],
  change: { hosts?: string[]; openOrigin?: () => ServedOrigin } = {},
): Source {
  return defineSource({
    apiVersion: 1,
    id: "example",
    name: "Example",
    description: "Made up for this test.",
    enabled_by_default: false,
    required_env: ["EXAMPLE_KEY"],
    hosts: ["cameras.example"],
    attribution: "Example Agency",
    licence: "CC0-1.0",
    options: z.object({ base_url: baseUrl("https://cameras.example") }),
    scrape,
    ...change,
  });
}

/** Runs the kit with a runner of our own, and gives the tests that failed with their messages. */
async function failuresOf(source: Source, fixtures: readonly Fixture[] = FIXTURES): Promise<Map<string, string>> {
  const tests: [string, () => Promise<void>][] = [];
  testSource(source, { fixtures, describe: (_, body) => body(), it: (name, body) => void tests.push([name, body]) });
  const failures = new Map<string, string>();
  for (const [name, body] of tests) await body().catch((error: unknown) => failures.set(name, String(error)));
  return failures;
}

describe("the contract kit", () => {
  it("passes a source that keeps the contract", async () => {
    expect(await failuresOf(sourceThat(scrapeWell))).toEqual(new Map());
  });

  it("passes a source that keeps it with several pages and rows it must turn away", async () => {
    const paged: Source["scrape"] = async (ctx) => {
      const Page = z.object({ rows: z.array(z.unknown()), next: z.number().nullable() });
      for (let page: number | null = 1; page !== null;) {
        const answer: z.output<typeof Page> = await ctx.http.json(`${ctx.options.base_url}/cameras`, Page, {
          search: { page },
        });
        for (const row of readRows(answer.rows, Row, ctx, { maxBadShare: 0.5 })) {
          await ctx.emit({ id: row.id, name: row.name, stream_url: row.image, stream_kind: "jpeg" });
        }
        page = answer.next;
      }
    };
    const pages: Fixture[] = [
      { path: "/cameras?page=1", body: { rows: ROWS, next: 2 } },
      { path: "/cameras?page=2", body: { rows: [{ ...ROWS[0], id: "3" }, { id: 4 }], next: null }, rejected: 1 },
    ];
    expect(await failuresOf(sourceThat(paged), pages)).toEqual(new Map());
  });

  const emits = "emits valid cameras with credits, and asks for every fixture and nothing else";

  it.each<[string, Source["scrape"], string, RegExp]>([
    [
      "an empty success",
      async (ctx) => {
        const rows = await ctx.http.json(`${ctx.options.base_url}/cameras`, z.array(Row));
        for (const { id, name, image } of rows) await ctx.emit({ id, name, stream_url: image, stream_kind: "jpeg" });
      },
      "does not call an empty list complete",
      /would mark every camera gone/u,
    ],
    [
      "swallowed errors",
      (ctx) => scrapeWell(ctx).catch(() => ctx.signal.throwIfAborted()),
      "fails when the origin answers 500 for ever",
      /must fail with an ArgusError/u,
    ],
    [
      "errors that tell nothing",
      (ctx) =>
        scrapeWell(ctx).catch((error: unknown) => {
          throw ctx.signal.aborted ? error : new TypeError("Cannot read properties of undefined");
        }),
      "fails when the origin's answers are malformed",
      /must fail with an ArgusError/u,
    ],
    [
      "a reason of its own for its end",
      (ctx) =>
        scrapeWell(ctx).catch((error: unknown) => {
          throw ctx.signal.aborted ? new Error("something else") : error;
        }),
      "ends promptly with the signal's reason when it is cancelled during a request",
      /did not end with the signal's reason/u,
    ],
    [
      "ids that differ from run to run",
      async (ctx) => {
        await ctx.http.text(`${ctx.options.base_url}/cameras`);
        await ctx.emit({
          id: crypto.randomUUID(),
          name: "One",
          stream_url: "https://cameras.example/1.jpg",
          stream_kind: "jpeg",
        });
      },
      "gives the same unique ids in a second run",
      /gave other ids/u,
    ],
    [
      "an id given twice",
      async (ctx) => {
        await scrapeWell(ctx);
        await scrapeWell(ctx);
      },
      emits,
      /its id was emitted before/u,
    ],
    [
      "an invalid camera",
      async (ctx) => {
        await scrapeWell(ctx);
        await ctx.emit({ id: "3", name: "", stream_kind: "page" });
      },
      emits,
      /state 0 rejected cameras/u,
    ],
    [
      "a request that no fixture answers",
      async (ctx) => {
        await scrapeWell(ctx);
        await ctx.http.text(`${ctx.options.base_url}/other`).catch(() => undefined);
      },
      emits,
      /no fixture answers these requests/u,
    ],
    [
      "no camera at all",
      async (ctx) => void (await ctx.http.text(`${ctx.options.base_url}/cameras`)),
      emits,
      /emitted no camera/u,
    ],
    [
      "a fixture nobody asks for",
      async (ctx) =>
        ctx.emit({ id: "1", name: "One", stream_url: "https://cameras.example/1.jpg", stream_kind: "jpeg" }),
      emits,
      /nothing asked for these fixtures/u,
    ],
  ])("catches %s", async (_, scrape, test, problem) => {
    const failures = await failuresOf(sourceThat(scrape));
    expect(failures.get(test)).toMatch(problem);
  });

  it("catches an origin whose host is not declared", async () => {
    const failures = await failuresOf(sourceThat(scrapeWell, { hosts: ["*.other.example"] }));
    expect([...failures.values()].join()).toContain('hosts lacks "cameras.example"');
  });
});

describe("the contract kit, for a source with its own origin", () => {
  const PICTURE = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0xff, 0xd9]);
  const draw: Source["scrape"] = async (ctx) =>
    ctx.emit({
      id: "1",
      name: "One",
      stream_url: "http://drawn.invalid/1.mjpg",
      stream_kind: "mjpeg",
      snapshot_url: "http://drawn.invalid/1.jpg",
    });

  function origin(change: Partial<ServedOrigin> = {}): () => ServedOrigin {
    return () => ({
      host: "drawn.invalid",
      handle: async ({ url }) =>
        url.endsWith(".jpg")
          ? new Response(PICTURE, { headers: { "content-type": "image/jpeg" } })
          : new Response(endless(PICTURE), { headers: { "content-type": "multipart/x-mixed-replace; boundary=x" } }),
      [Symbol.asyncDispose]: async () => undefined,
      ...change,
    });
  }

  function endless(part: Uint8Array): ReadableStream<Uint8Array> {
    return new ReadableStream({ pull: (controller) => controller.enqueue(part) });
  }

  it("passes one that shows pictures, and needs no fixtures", async () => {
    expect(await failuresOf(sourceThat(draw, { openOrigin: origin() }), [])).toEqual(new Map());
  });

  it.each<[string, Partial<ServedOrigin>, RegExp]>([
    ["no picture", { handle: async () => new Response("sorry") }, /sends no picture/u],
    [
      "half a picture",
      { handle: async () => new Response(PICTURE.subarray(0, 5), { headers: { "content-type": "image/jpeg" } }) },
      /sends no whole JPEG/u,
    ],
    ["an error", { handle: async () => new Response(null, { status: 404 }) }, /answers 404/u],
    ["another host than its cameras name", { host: "other.invalid" }, /no camera of its host "other.invalid"/u],
  ])("catches %s", async (_, change, problem) => {
    const failures = await failuresOf(sourceThat(draw, { openOrigin: origin(change) }), []);
    expect([...failures.values()].join()).toMatch(problem);
  });
});
