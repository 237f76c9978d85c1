import type { Camera, CameraPage, CameraQuery } from "@argus/core";
import { describe, expect, it } from "vitest";

import { OgcCollections, OgcFeature, OgcFeatures, OgcLandingPage, type OgcLink } from "../ogc/answers.ts";
import type { OpenApiDocument } from "../openapi.ts";
import { makeCamera } from "../testing/cameras.ts";
import type { FakeStore } from "../testing/fakes.ts";
import { ask, refusal, startApi, type TestApi } from "../testing/server.ts";

const ITEMS = "/ogc/collections/cameras/items";
const DAY_MS = 86_400_000;

async function read(api: TestApi, path: string): Promise<{ type: string; body: unknown }> {
  const { status, headers, body } = await ask(api, path);
  expect({ path, status }).toEqual({ path, status: 200 });
  return { type: String(headers["content-type"]), body: JSON.parse(body) as unknown };
}

function hrefOf(links: readonly OgcLink[], rel: string): string {
  return String(links.find((link) => link.rel === rel)?.href);
}

/** Pages of the store's array as a real store makes them, in the order of ids or of `last_seen_at`. */
function givePages(store: FakeStore): void {
  store.page = async (query: CameraQuery): Promise<CameraPage> => {
    store.queries.push(query);
    const from = Number(query.cursor ?? 0);
    const end = from + (query.limit ?? 100);
    const key = (camera: Camera) => (query.sort === undefined ? "" : camera.last_seen_at) + camera.id;
    const sorted = store.cameras.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
    if (query.sort === "-last_seen_at") sorted.reverse();
    const next_cursor = end < sorted.length ? String(end) : null;
    return { cameras: sorted.slice(from, end), total: sorted.length, next_cursor };
  };
}

/** The ids of all pages, following `next` to the end, and how many pages there were. */
async function readAll(api: TestApi, path: string): Promise<{ ids: string[]; pages: number }> {
  const ids: string[] = [];
  let pages = 0;
  for (let next: string | undefined = path; next !== undefined; pages += 1) {
    const page = OgcFeatures.parse((await read(api, next)).body);
    expect(page.numberReturned).toBe(page.features.length);
    ids.push(...page.features.map(({ id }) => id));
    next = page.links.find(({ rel }) => rel === "next")?.href.slice(api.url.length);
  }
  return { ids, pages };
}

describe("the OGC API", () => {
  it("is found from its landing page, by absolute links with the Host that was asked", async () => {
    await using api = await startApi();
    const host = `localhost:${api.port}`;
    const { body } = await ask(api, "/ogc", { headers: { host } });
    const { links } = OgcLandingPage.parse(JSON.parse(body));
    expect(links.map(({ rel }) => rel)).toEqual(
      expect.arrayContaining(["self", "service-desc", "conformance", "data"]),
    );
    for (const { href, type } of links) {
      expect(href).toMatch(new RegExp(`^http://${host}/ogc`, "u"));
      expect((await read(api, href.slice(`http://${host}`.length))).type).toBe(type);
    }
  });

  it.each(["/ogc", "/ogc/conformance", "/ogc/collections", "/ogc/collections/cameras", ITEMS, `${ITEMS}/demo%3A1`])(
    "answers %s with a slash at the end and f=json alike, and refuses what it does not know",
    async (path) => {
      await using api = await startApi();
      await read(api, path);
      await read(api, `${path}/`);
      await read(api, `${path}/?f=json`);
      for (const query of ["f=html", "colour=red"]) {
        expect(await refusal(api, `${path}?${query}`)).toMatchObject({ status: 400, code: "ARGUS_QUERY_INVALID" });
      }
    },
  );

  it.each(["/ogc/collections/others", "/ogc/nothing", "/ogcx"])("is not the page at %s", async (path) => {
    await using api = await startApi({ page: import.meta.dirname });
    expect(await refusal(api, path, { headers: { accept: "text/html" } })).toMatchObject({
      status: 404,
      code: "ARGUS_ROUTE_UNKNOWN",
    });
  });

  it("takes nothing but GET, and no other site's page", async () => {
    await using api = await startApi();
    expect((await refusal(api, "/ogc", { method: "POST" })).status).toBe(405);
    expect((await refusal(api, "/ogc", { headers: { host: "evil.example" } })).code).toBe("ARGUS_ACCESS_HOST");
  });

  it("says where the cameras are, and leads to them and to the exports", async () => {
    await using api = await startApi();
    api.store.bbox = [170, -50, -170, -30];
    const { collections } = OgcCollections.parse((await read(api, "/ogc/collections")).body);
    const [collection] = collections;
    expect(collection).toMatchObject({
      id: "cameras",
      itemType: "feature",
      extent: { spatial: { bbox: [[170, -50, -170, -30]] } },
    });
    expect((await read(api, "/ogc/collections/cameras")).body).toEqual(collection);
    expect(hrefOf(collection?.links ?? [], "items")).toBe(api.url + ITEMS);
    for (const { href, rel, type } of collection?.links ?? []) {
      if (rel === "enclosure")
        expect((await ask(api, href.slice(api.url.length))).headers["content-type"]).toContain(type);
    }
  });

  it("has the whole world for its box while no camera has a place", async () => {
    await using api = await startApi();
    expect((await read(api, "/ogc/collections/cameras")).body).toMatchObject({
      extent: { spatial: { bbox: [[-180, -90, 180, 90]] } },
    });
  });

  it("is confirmed by ETag", async () => {
    await using api = await startApi();
    const { headers } = await ask(api, ITEMS);
    expect(headers["cache-control"]).toBe("no-cache");
    const again = await ask(api, ITEMS, { headers: { "if-none-match": String(headers.etag) } });
    expect(again).toMatchObject({ status: 304, body: "" });
  });
});

describe("its description", () => {
  it("is OpenAPI 3.0 of the OGC calls alone, with paths below /ogc and the largest page", async () => {
    await using api = await startApi();
    const { type, body } = await read(api, "/ogc/api");
    const document = body as OpenApiDocument;
    expect(type).toBe("application/vnd.oai.openapi+json;version=3.0");
    expect(document).toMatchObject({ openapi: "3.0.3", servers: [{ url: `${api.url}/ogc` }] });
    expect(Object.keys(document.paths).toSorted()).toEqual([
      "/",
      "/api",
      "/collections",
      "/collections/cameras",
      "/collections/cameras/items",
      "/collections/cameras/items/{id}",
      "/conformance",
    ]);
    const items = document.paths["/collections/cameras/items"]!["get"];
    const { parameters } = items as { parameters: { name: string }[] };
    expect(parameters.find(({ name }) => name === "limit")).toEqual({
      name: "limit",
      in: "query",
      required: false,
      description: expect.any(String),
      style: "form",
      explode: false,
      schema: expect.objectContaining({ type: "integer", minimum: 1, maximum: 1000, default: 100 }),
    });
    expect(parameters.find(({ name }) => name === "bbox")).toMatchObject({
      style: "form",
      explode: false,
      schema: { type: "array", items: { type: "number" }, oneOf: [{ minItems: 4 }, { minItems: 6 }] },
    });
  });

  it("holds nothing that only OpenAPI 3.1 knows, and every schema that it points at", async () => {
    await using api = await startApi();
    const document = (await read(api, "/ogc/api")).body as OpenApiDocument;
    const text = JSON.stringify(document);
    for (const word of ['"null"', '"const"', '"$schema"', '"$id"', '"prefixItems"', '"summary":"A registry']) {
      expect(text).not.toContain(word);
    }
    expect(text).not.toMatch(/"exclusive(?:Minimum|Maximum)":\d/u);
    const names = Object.keys(document.components.schemas);
    const pointed = new Set([...text.matchAll(/"#\/components\/schemas\/(\w+)"/gu)].map(([, name]) => String(name)));
    expect(names.toSorted()).toEqual([...pointed].toSorted());
  });
});

describe("items", () => {
  it("are features with their fields, and the numbers of the standard", async () => {
    await using api = await startApi();
    api.store.cameras = [makeCamera(), makeCamera({ id: "demo:2", lat: null, lon: null })];
    const { type, body } = await read(api, ITEMS);
    expect(type).toBe("application/geo+json");
    const page = OgcFeatures.parse(body);
    expect(page).toMatchObject({ type: "FeatureCollection", numberMatched: 2, numberReturned: 2 });
    expect(page.features.map(({ geometry }) => geometry)).toEqual([
      { type: "Point", coordinates: [-0.12, 51.55] },
      null,
    ]);
    expect(page.features[0]?.properties).toEqual(api.store.cameras[0]);
    expect(page.links.map(({ rel }) => rel)).toEqual(["self", "alternate", "collection"]);
  });

  it("select by the names of properties", async () => {
    await using api = await startApi();
    await read(
      api,
      `${ITEMS}?q=bridge&source_id=demo&country=GB&country=FR&region=x&city=y&stream_kind=hls&tags=t&health_status=live&gone=any&limit=7&cursor=c`,
    );
    expect(api.store.queries).toEqual([
      {
        q: "bridge",
        source: ["demo"],
        country: ["GB", "FR"],
        region: ["x"],
        city: ["y"],
        kind: ["hls"],
        tag: ["t"],
        health: ["live"],
        gone: "any",
        limit: 7,
        cursor: "c",
      },
    ]);
  });

  it.each([
    ["170,-50,-170,-30", [170, -50, -170, -30]],
    ["-1,50,-100,2,53,9000", [-1, 50, 2, 53]],
    ["-1.5, 5e1, 2, 53", [-1.5, 50, 2, 53]],
  ])("take the box %s", async (text, bbox) => {
    await using api = await startApi();
    await read(api, `${ITEMS}?bbox=${encodeURIComponent(text)}`);
    expect(api.store.queries).toMatchObject([{ bbox }]);
  });

  it.each([
    "bbox=1,2,3",
    "bbox=1,2,3,4,5",
    "bbox=",
    "bbox=a,b,c,d",
    "bbox=1,53,2,50",
    "bbox=-181,0,0,0",
    "bbox=1,2,3,4&bbox=1,2,3,4",
    "bbox-crs=x",
    "limit=0",
    "limit=-1",
    "limit=x",
    "datetime=yesterday",
    "datetime=2026-11-21&datetime=2026-11-22",
    "stream_kind=film",
    "source=demo",
    "sort=name",
    "f=geojson",
  ])("refuse %s by name", async (query) => {
    await using api = await startApi();
    expect(await refusal(api, `${ITEMS}?${query}`)).toMatchObject({
      status: 400,
      code: "ARGUS_QUERY_INVALID",
      message: expect.stringContaining(String(query.split("=")[0])),
    });
    expect(api.store.queries).toEqual([]);
  });

  it("answer a page for a limit beyond the largest", async () => {
    await using api = await startApi();
    await read(api, `${ITEMS}?limit=100000`);
    expect(api.store.queries).toMatchObject([{ limit: 1000 }]);
  });

  it("answer a cursor that the store does not take with 400", async () => {
    await using api = await startApi();
    expect((await refusal(api, `${ITEMS}?cursor=bad`)).code).toBe("ARGUS_STORE_CURSOR_INVALID");
  });

  it("are all met once by the next links, under the same parameters", async () => {
    await using api = await startApi();
    api.store.cameras = Array.from({ length: 25 }, (_, at) => makeCamera({ id: `demo:${at}` }));
    givePages(api.store);
    const { ids, pages } = await readAll(api, `${ITEMS}?limit=10&country=GB&q=a%26b`);
    expect(pages).toBe(3);
    expect(ids.toSorted()).toEqual(api.store.cameras.map(({ id }) => id).toSorted());
    expect(api.store.queries.every(({ q, country }) => q === "a&b" && country?.[0] === "GB")).toBe(true);
  });

  it("have the same page under Argus' own address", async () => {
    await using api = await startApi();
    const page = OgcFeatures.parse((await read(api, `${ITEMS}?source_id=demo&limit=5`)).body);
    expect(hrefOf(page.links, "alternate")).toBe(`${api.url}/api/cameras?source=demo&limit=5`);
  });
});

describe("items by datetime", () => {
  const at = (day: number) => new Date(Date.parse("2026-01-01T12:00:00Z") + day * DAY_MS).toISOString();
  const cameras = Array.from({ length: 100 }, (_, day) => makeCamera({ id: `demo:${day}`, last_seen_at: at(day) }));

  it.each([
    [at(40), 40, 40],
    [`${at(40)}/${at(60)}`, 40, 60],
    [`${at(90)}/..`, 90, 99],
    [`../${at(10)}`, 0, 10],
    ["../..", 0, 99],
    ["2026-01-01/2026-01-03", 0, 2],
    ["2030-01-01/..", 1, 0],
    ["../2020-01-01", 1, 0],
  ])("%s are those last seen then, over all pages", async (datetime, first, last) => {
    await using api = await startApi();
    api.store.cameras = cameras;
    givePages(api.store);
    const { ids } = await readAll(api, `${ITEMS}?limit=7&datetime=${encodeURIComponent(datetime)}`);
    const days = ids.map((id) => Number(id.slice(5))).toSorted((a, b) => a - b);
    expect(days).toEqual(Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => first + n));
  });

  it("are not counted, and a request looks through a few pages only", async () => {
    await using api = await startApi();
    api.store.cameras = cameras;
    givePages(api.store);
    const page = OgcFeatures.parse((await read(api, `${ITEMS}?limit=1&datetime=2026-01-01/2026-01-01`)).body);
    expect(page).not.toHaveProperty("numberMatched");
    expect(page.features).toEqual([]);
    expect(page.links.map(({ rel }) => rel)).toEqual(["self", "next", "collection"]);
    expect(api.store.queries).toHaveLength(20);
  });

  it("are asked for no further than the interval reaches", async () => {
    await using api = await startApi();
    api.store.cameras = cameras;
    givePages(api.store);
    await readAll(api, `${ITEMS}?limit=10&datetime=${encodeURIComponent(`${at(85)}/..`)}`);
    expect(api.store.queries).toHaveLength(2);
  });
});

describe("an item", () => {
  it.each(["demo:1", "tfl:a/b", "demo:東京", "demo:50%25"])("%s is found by its id, gone or not", async (id) => {
    await using api = await startApi();
    api.store.cameras = [makeCamera({ id, gone_at: "2026-11-21T08:00:00.000Z" })];
    const { type, body } = await read(api, `${ITEMS}/${encodeURIComponent(id)}`);
    expect(type).toBe("application/geo+json");
    const item = OgcFeature.parse(body);
    expect(item).toMatchObject({ type: "Feature", id, properties: api.store.cameras[0] });
    expect((await read(api, hrefOf(item.links, "self").slice(api.url.length))).body).toEqual(body);
    expect((await read(api, hrefOf(item.links, "alternate").slice(api.url.length))).body).toEqual(api.store.cameras[0]);
    expect(hrefOf(item.links, "collection")).toBe(`${api.url}/ogc/collections/cameras`);
  });

  it("that is not there is 404", async () => {
    await using api = await startApi();
    expect(await refusal(api, `${ITEMS}/demo:9`)).toMatchObject({ status: 404, code: "ARGUS_CAMERA_UNKNOWN" });
  });
});
