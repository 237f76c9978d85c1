import type { Bbox, CameraInput } from "@argus/core";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import { baseUrl } from "../base-url.ts";
import { readRows } from "../read-rows.ts";
import type { ResolvedUrls } from "../resolve.ts";
import { defineSource, type ScrapeContext, type ServedOrigin, type Source } from "../source.ts";
import type { Fixture } from "./fixtures.ts";
import { testSource } from "./test-source.ts";
import type { TestSourceOptions } from "./with-fixtures.ts";

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
  change: {
    hosts?: string[];
    areas?: Bbox[];
    attribution?: string;
    openOrigin?: () => ServedOrigin;
    resolve?: NonNullable<Source["resolve"]>;
  } = {},
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
async function failuresOf(
  source: Source,
  fixtures: readonly Fixture[] = FIXTURES,
  more: Partial<TestSourceOptions> = {},
): Promise<Map<string, string>> {
  const tests: [string, () => Promise<void>][] = [];
  testSource(source, {
    ...more,
    fixtures,
    describe: (_, body) => body(),
    it: (name, body) => void tests.push([name, body]),
  });
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
      "an emit that is not awaited",
      async (ctx) => {
        await scrapeWell({ ...ctx, emit: async (camera) => void ctx.emit(camera) });
      },
      emits,
      /did not wait for 2 of its calls of ctx.emit: write await ctx.emit/u,
    ],
    [
      "requests that go past ctx.http",
      async (ctx) => {
        const rows = Row.array().parse(await (await fetch(`${ctx.options.base_url}/cameras`, ctx)).json());
        for (const { id, name, image } of rows) await ctx.emit({ id, name, stream_url: image, stream_kind: "jpeg" });
      },
      emits,
      /did not come from ctx\.http.*\/cameras/su,
    ],
    [
      "an id given twice",
      async (ctx) => {
        await scrapeWell(ctx);
        await scrapeWell(ctx);
      },
      emits,
      /duplicate id/u,
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

  it.each<[string, Partial<CameraInput>, RegExp]>([
    ["an id with the source's prefix", { id: "example:3" }, /carries the source's own prefix/u],
    ["a camera behind a key", { stream_url: "https://cameras.example/3.jpg?apikey=k" }, /credential/u],
    ["a camera inside a network", { stream_url: "http://192.168.0.3/3.jpg" }, /bare IP address/u],
    ["a camera under a name for an address", { page_url: "http://10.0.0.3.nip.io/" }, /stands for an IP address/u],
  ])("catches %s", async (_, change, problem) => {
    const scrape: Source["scrape"] = async (ctx) => {
      await scrapeWell(ctx);
      await ctx.emit({
        id: "3",
        name: "Three",
        stream_url: "https://cameras.example/3.jpg",
        stream_kind: "jpeg",
        ...change,
      });
    };
    expect((await failuresOf(sourceThat(scrape))).get(emits)).toMatch(problem);
  });

  it("catches a camera outside the declared areas, and one whose place is unknown passes", async () => {
    const at =
      (lat: number | null, lon: number | null): Source["scrape"] =>
      async (ctx) => {
        await scrapeWell(ctx);
        await ctx.emit({
          id: "3",
          name: "Three",
          lat,
          lon,
          stream_url: "https://cameras.example/3.jpg",
          stream_kind: "jpeg",
        });
      };
    const areas: Bbox[] = [[-10, 40, 5, 60]];
    const outside = await failuresOf(sourceThat(at(-33, 151), { areas }));
    expect([...outside.keys()]).toEqual(["places its cameras inside its areas"]);
    expect([...outside.values()].join()).toMatch(/these lie outside the manifest's areas/u);
    for (const scrape of [at(51, 0), at(null, null)])
      expect(await failuresOf(sourceThat(scrape, { areas }))).toEqual(new Map());
  });

  it.each([" ", "...", "unknown", "todo: ask them"])("catches the attribution %j", async (attribution) => {
    const failures = await failuresOf(sourceThat(scrapeWell, { attribution }));
    expect([...failures.keys()]).toEqual(["has a complete manifest, and declares its origin's host"]);
    expect([...failures.values()].join()).toContain("attribution");
  });

  it("says which fixture is missing when a source fails for want of it", async () => {
    const failures = await failuresOf(sourceThat(scrapeWell), [{ path: "/other", body: ROWS }]);
    expect(failures.get(emits)).toMatch(/no fixture answers these requests, and it failed: .*404/su);
    expect(failures.get(emits)).toContain("/cameras");
  });

  it("passes a source that reads pages for people, several hosts, CSV, XML and queries by POST", async () => {
    const Found = z.object({ list: z.object({ camera: z.array(z.object({ "@id": z.string() })) }) });
    const scrape: Source["scrape"] = async (ctx) => {
      const { base_url } = ctx.options;
      const page = await ctx.http.html(`${base_url}/page`);
      const csv = await ctx.http.csv("https://one.cameras.example/list.csv");
      const xml = await ctx.http.xml("https://two.cameras.example/list.xml", Found, { arrays: ["camera"] });
      const json = await ctx.http.json(`${base_url}/query`, z.array(z.unknown()), { body: { json: { q: "cameras" } } });
      const ids = [
        ...page.querySelectorAll("li").map((item) => item.text),
        ...csv.map(({ id }) => id),
        ...xml.list.camera.map((camera) => camera["@id"]),
        ...json,
      ];
      for (const { id } of readRows(
        ids.map((one) => ({ id: one })),
        z.object({ id: z.string() }),
        ctx,
      ))
        await ctx.emit({ id, name: id, stream_url: `${base_url}/${id}.jpg`, stream_kind: "jpeg" });
    };
    const fixtures: Fixture[] = [
      { path: "/page", body: "<ul><li>p1</li></ul>" },
      { path: "/list.csv", host: "one.cameras.example", body: "id;name\nc1;One\nc2;Two", contentType: "text/csv" },
      {
        path: "/list.xml",
        host: "two.cameras.example",
        body: '<?xml version="1.0"?><list><camera id="x1"/></list>',
        empty: "<list/>",
      },
      { path: "/query", method: "POST", requestBody: /"q":"cameras"/u, body: ["j1"] },
    ];
    const source = sourceThat(scrape, { hosts: ["cameras.example", "*.cameras.example"] });
    expect(await failuresOf(source, fixtures)).toEqual(new Map());
  });

  it("catches an origin whose host is not declared", async () => {
    const failures = await failuresOf(sourceThat(scrapeWell, { hosts: ["*.other.example"] }));
    expect([...failures.values()].join()).toContain('hosts lacks "cameras.example"');
  });
});

describe("the contract kit, for a source whose pictures are found when they are viewed", () => {
  const resolving =
    (answer: (url: string) => object): NonNullable<Source["resolve"]> =>
    async (camera, ctx) => {
      const { url } = await ctx.http.json(`${ctx.options.base_url}/now/${camera.id}`, z.object({ url: z.string() }));
      return answer(url) as ResolvedUrls;
    };
  const resolve = { id: "2", fixtures: [{ path: "/now/2", body: { url: "https://cameras.example/now/2.jpg" } }] };
  const NAME = "tells where a camera's pictures are when it is viewed";

  it("passes one that tells where they are, and for how long", async () => {
    const source = sourceThat(scrapeWell, { resolve: resolving((stream_url) => ({ stream_url, expires_in_s: 60 })) });
    expect(await failuresOf(source, FIXTURES, { resolve })).toEqual(new Map());
  });

  it.each<[string, NonNullable<Source["resolve"]>, RegExp]>([
    ["no address", resolving(() => ({ expires_in_s: 60 })), /give stream_url, snapshot_url or both/u],
    ["no end", resolving((stream_url) => ({ stream_url })), /expires_in_s/u],
    [
      "a private address",
      resolving(() => ({ stream_url: "http://10.0.0.1/", expires_in_s: 60 })),
      /no camera may have/u,
    ],
    [
      "an answer when the origin fails",
      async () => ({ stream_url: "https://cameras.example/", expires_in_s: 60 }),
      /nothing asked for these fixtures/u,
    ],
  ])("catches %s", async (_, change, problem) => {
    const failures = await failuresOf(sourceThat(scrapeWell, { resolve: change }), FIXTURES, { resolve });
    expect(failures.get(NAME)).toMatch(problem);
  });

  it("wants it tested, and with a camera that there is", async () => {
    const source = sourceThat(scrapeWell, { resolve: resolving((stream_url) => ({ stream_url, expires_in_s: 60 })) });
    expect((await failuresOf(source)).get(NAME)).toMatch(/is to be tested too/u);
    const other = await failuresOf(source, FIXTURES, { resolve: { ...resolve, id: "9" } });
    expect(other.get(NAME)).toMatch(/it emitted no camera "9"/u);
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
