import { existsSync, readFileSync } from "node:fs";

import { type Fixture, runSource, serveFixtures, testSource } from "@argus/source-sdk/testing";
import { describe, expect, it } from "vitest";

import source from "./index.ts";
import { insecamSource } from "./insecam.ts";
import { pageDelayMs } from "./options.ts";

const COUNTRIES: Fixture = {
  path: "/en/jsoncountries/",
  bodyFile: new URL("../fixtures/countries.json", import.meta.url),
};
const LISTING: Fixture = {
  path: "/en/bycountry/BV/?page=1",
  bodyFile: new URL("../fixtures/listing.html", import.meta.url),
  rejected: 4,
};

testSource(source, { describe, it, fixtures: [COUNTRIES, LISTING] });

const thumbnail = (id: number, src = `http://c${id}.cameras.example/still.jpg`, title = "Live camera in A, B") =>
  `<a class="thumbnail-item__wrap" href="/en/view/${id}/" title="${title}"><img class="thumbnail-item__img" src="${src}"></a>`;
const page = (country: string, number: number, pages: number | null, ...thumbnails: string[]): Fixture => ({
  path: `/en/bycountry/${country}/?page=${number}`,
  body: thumbnails.join("") + (pages === null ? "" : `<script>pagenavigator("?page=", ${pages}, ${number});</script>`),
});

async function scrape(fixtures: readonly Fixture[], options: object = {}) {
  await using origin = await serveFixtures(fixtures);
  const pauses: number[] = [];
  const paced = insecamSource(async (ms) => void pauses.push(ms));
  const result = await runSource(paced, { rerouteTo: origin.url, options: { ...options } });
  expect(origin.unmatched).toEqual([]);
  expect(origin.unused()).toEqual([]);
  return { ...result, ids: result.cameras.map(({ id }) => id.replace("insecam:", "")), pauses };
}

describe("insecam's manifest", () => {
  it("is off, wants its notice accepted, and stays out of sweeps", () => {
    expect(source).toMatchObject({ enabled_by_default: false, bulk: false, licence: "unknown" });
  });

  it.each([/private devices/u, /owners did not publish/u, /bare IP address/u, /password/u, /risk is yours alone/u])(
    "says plainly %s",
    (words) => expect(source.needs_notice).toMatch(words),
  );
});

describe("insecam", () => {
  it("reads a row whole, with the country for its only place", async () => {
    const { cameras } = await scrape([COUNTRIES, LISTING]);
    expect(cameras[0]).toMatchObject({
      id: "insecam:100001",
      name: "Exampleland, Exampleville",
      lat: null,
      lon: null,
      country: "BV",
      region: null,
      city: null,
      stream_url: "http://garden.cameras.example:8080/mjpg/video.mjpg?timestamp=1",
      stream_kind: "mjpeg",
      page_url: "http://www.insecam.org/en/view/100001/",
      manufacturer: "Samplecam",
    });
    expect(cameras[1]).toMatchObject({
      stream_url: "http://yard.cameras.example/snapshot.jpg",
      stream_kind: "jpeg",
      manufacturer: null,
    });
  });

  it("loses the rows with bare addresses and credentials, like every source, and tells no secret", async () => {
    const { ids, rejected } = await scrape([COUNTRIES, LISTING]);
    expect(ids).toEqual(["100001", "100002"]);
    expect(rejected).toEqual([
      { raw_id: "100003", reason: expect.stringContaining("bare IP address") },
      { raw_id: "100004", reason: expect.stringContaining("credential") },
      { raw_id: "100005", reason: expect.stringContaining("user name or password") },
      { raw_id: "100006", reason: expect.stringContaining("bare IP address") },
    ]);
    expect(JSON.stringify(rejected)).not.toContain("invented");
  });

  it("reads as many pages as the listing has, with a pause between any two, and a row that moved once", async () => {
    const { ids, pauses, partial } = await scrape(
      [
        page("BV", 1, 2, thumbnail(1), thumbnail(2)),
        page("BV", 2, 2, thumbnail(2), thumbnail(3)),
        page("HM", 1, 1, thumbnail(4)),
      ],
      { countries: "bv HM" },
    );
    expect(ids).toEqual(["1", "2", "3", "4"]);
    expect(pauses).toEqual([2000, 2000]);
    expect(partial).toEqual([]);
  });

  it("reads on to the page that comes again where the listing does not say how many there are", async () => {
    const last = thumbnail(2);
    const pages = [page("BV", 1, null, thumbnail(1)), page("BV", 2, null, last), page("BV", 3, null, last)];
    expect((await scrape(pages, { countries: "BV" })).ids).toEqual(["1", "2"]);
  });

  it("stops at max_pages, and says what was not read", async () => {
    const { ids, partial } = await scrape([page("BV", 1, 9, thumbnail(1))], { countries: "BV, HM", max_pages: 1 });
    expect(ids).toEqual(["1"]);
    expect(partial).toEqual([
      "BV: only the first 1 pages were read",
      "max_pages was reached before 1 countries, from HM on, were read",
    ]);
  });

  it("keeps the other countries when one fails, and calls a listing without rows a failure", async () => {
    const { ids, partial } = await scrape([page("BV", 1, 1), page("HM", 1, 1, thumbnail(1))], { countries: "BV, HM" });
    expect(ids).toEqual(["1"]);
    expect(partial).toEqual([expect.stringMatching(/^country BV: /u)]);
  });

  it.each([
    ["none at all", {}],
    ["none with a camera", { BV: { country: "Exampleland", count: 0 } }],
  ])("calls a list of countries with %s a failure", async (_, countries) => {
    await expect(scrape([{ path: COUNTRIES.path, body: { countries } }])).rejects.toMatchObject({
      code: "ARGUS_SOURCE_EMPTY",
    });
  });

  it("calls changed markup a change of format", async () => {
    const changed = page("BV", 1, 1, thumbnail(1), '<a class="thumbnail-item__wrap" href="/camera/x">?</a>');
    await expect(scrape([changed], { countries: "BV" })).rejects.toMatchObject({
      code: "ARGUS_SOURCE_FORMAT_CHANGED",
    });
  });

  it("leaves the country open where the site has none", async () => {
    const { cameras } = await scrape([
      { path: COUNTRIES.path, body: { countries: { "-": { country: "-", count: 1 } } } },
      page("-", 1, 1, thumbnail(1)),
    ]);
    expect(cameras.map(({ country }) => country)).toEqual([null]);
  });
});

describe("insecam's pause between pages", () => {
  it("may be longer and not shorter, whatever the options say", async () => {
    expect(source.options.safeParse({ page_delay_s: 1.9 }).success).toBe(false);
    expect(source.options.safeParse({ page_delay_s: 0 }).success).toBe(false);
    expect([0, -1, Number.NaN, 2, 7.5].map((page_delay_s) => pageDelayMs({ page_delay_s }))).toEqual([
      2000, 2000, 2000, 2000, 7500,
    ]);
    const pages = [page("BV", 1, 2, thumbnail(1)), page("BV", 2, 2, thumbnail(2))];
    expect((await scrape(pages, { countries: "BV", page_delay_s: 7.5 })).pauses).toEqual([7500]);
  });

  it("ends with the signal's reason when it is cancelled", async () => {
    const controller = new AbortController();
    const reason = new Error("cancelled by the test");
    await using origin = await serveFixtures([page("BV", 1, 2, thumbnail(1))]);
    const options = { countries: "BV", page_delay_s: 60 };
    const scraping = runSource(
      {
        ...source,
        scrape: async (ctx) =>
          await source.scrape({
            ...ctx,
            // The first page was read: what follows is the pause.
            emit: async () => void setImmediate(() => controller.abort(reason)),
          }),
      },
      { rerouteTo: origin.url, options, signal: controller.signal },
    );
    await expect(scraping).rejects.toBe(reason);
    expect(origin.requests).toHaveLength(1);
  });
});

describe("insecam's user agent", () => {
  it("is the program's own unless the user gave another", async () => {
    const agentWith = async (options: { user_agent?: string }) => {
      await using origin = await serveFixtures([COUNTRIES, LISTING]);
      const arrived = origin.nextRequest();
      await runSource(source, { rerouteTo: origin.url, options });
      return (await arrived).headers["user-agent"];
    };
    expect(await agentWith({})).toBe("argus-source-test");
    expect(await agentWith({ user_agent: " example/1.0 " })).toBe("example/1.0");
  });

  it("takes no text that is no header", () => {
    expect(source.options.safeParse({ user_agent: "a\r\nx: y" }).success).toBe(false);
  });
});

describe("insecam, as its markup was described", () => {
  const described = (name: string) => new URL(`../../../../shared/camdata/insecam/${name}`, import.meta.url);
  const files = { countries: described("jsoncountries.synthetic.json"), listing: described("listing.synthetic.html") };
  const missing = !existsSync(files.countries) || !existsSync(files.listing);
  if (missing)
    process.stderr.write(
      `SKIPPED: ${source.id} is not tested on the described markup, for ${files.listing.pathname} is not here\n`,
    );
  it.skipIf(missing)("reads the row, and loses it for its bare address", async () => {
    // Its script tells of 96 pages, which are not there.
    const body = readFileSync(files.listing, "utf8").replace('"?page=", 96', '"?page=", 1');
    const listing = (code: string): Fixture => ({ path: `/en/bycountry/${code}/`, body });
    const { cameras, rejected } = await scrape([
      { path: COUNTRIES.path, bodyFile: files.countries },
      ...["XX", "YY", "-"].map(listing),
    ]);
    expect(cameras).toEqual([]);
    // The same row in three countries.
    expect(rejected.map(({ raw_id }) => raw_id)).toEqual(["100001"]);
  });
});
