import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { describe, expect, it } from "vitest";
import { z } from "zod";

import { httpFrom } from "./http-from.ts";
import type { TransportRequest } from "./http-transport.ts";

/** HTTP that answers everything with one body, and keeps what it was asked. */
function answering(body: string | Buffer, headers: Record<string, string> = {}) {
  const asked: TransportRequest[] = [];
  const http = httpFrom({
    fetch: async (request) => {
      asked.push(request);
      return { url: request.url, status: 200, headers, body: Buffer.from(body) };
    },
  });
  return { http, asked };
}

const LIST = "https://cameras.example/list";

describe("httpFrom", () => {
  it("asks for what it reads, and for robots.txt only where it reads pages", async () => {
    const { http, asked } = answering("<list><camera/></list>");
    await http.text(LIST);
    await http.bytes(LIST);
    await http.xml(LIST, z.unknown());
    await http.html(LIST);
    expect(asked.map(({ headers, robots }) => [headers["accept"]?.split(",")[0], robots])).toEqual([
      ["*/*", false],
      ["*/*", false],
      ["application/xml", false],
      ["text/html", true],
    ]);
    expect(asked[0]).toEqual({
      url: LIST,
      method: "GET",
      headers: { accept: "*/*" },
      body: null,
      robots: false,
    });
  });

  it("lets a source choose what it accepts, its limits and its query", async () => {
    const { http, asked } = answering("{}");
    await http.json(`${LIST}?a=1`, z.object({}), {
      headers: { Accept: "application/vnd.geo+json" },
      search: { page: 2, all: true },
      maxBytes: 5,
      timeoutMs: 6,
    });
    expect(asked).toMatchObject([
      {
        url: `${LIST}?a=1&page=2&all=true`,
        headers: { accept: "application/vnd.geo+json" },
        maxBytes: 5,
        timeoutMs: 6,
      },
    ]);
  });

  it.each<[string, object, string, string]>([
    ["JSON", { body: { json: { query: "{ cameras }" } } }, "application/json", '{"query":"{ cameras }"}'],
    ["a form", { body: { form: { page: 2, q: "a b&c" } } }, "application/x-www-form-urlencoded", "page=2&q=a+b%26c"],
    ["text", { body: "[out:json];" }, "text/plain; charset=utf-8", "[out:json];"],
    ["XML that says so", { body: "<a/>", headers: { "Content-Type": "text/xml" } }, "text/xml", "<a/>"],
  ])("posts %s", async (_, request, contentType, body) => {
    const { http, asked } = answering("{}");
    await http.json(LIST, z.object({}), request);
    expect(asked[0]?.method).toBe("POST");
    expect(asked[0]?.headers["content-type"]).toBe(contentType);
    expect(Buffer.from(asked[0]?.body ?? []).toString()).toBe(body);
  });

  it("reads XML, CSV and bytes", async () => {
    const { http } = answering('<list><camera id="1"/></list>');
    const Schema = z.object({ list: z.object({ camera: z.array(z.object({ "@id": z.string() })) }) });
    expect(await http.xml(LIST, Schema, { arrays: ["camera"] })).toEqual({ list: { camera: [{ "@id": "1" }] } });
    expect(await answering("id;name\n1;A").http.csv(LIST)).toEqual([{ id: "1", name: "A" }]);
    expect(await answering(Buffer.from([1, 2, 255])).http.bytes(LIST)).toEqual(Buffer.from([1, 2, 255]));
  });

  it("reads a CSV file in UTF-16 with two byte order marks and tabs", async () => {
    const { http } = answering(Buffer.from("\uFEFF\uFEFFkey\tname\r\nH1\t台北\r\n", "utf16le"));
    expect(await http.csv(LIST)).toEqual([{ key: "H1", name: "台北" }]);
  });

  it("reads in the charset it is told", async () => {
    const { http } = answering(Buffer.from("id;name\n1;Zürich", "latin1"), { "content-type": "text/csv" });
    expect(await http.csv(LIST, { charset: "latin1" })).toEqual([{ id: "1", name: "Zürich" }]);
    expect(await http.text(LIST, { charset: "latin1" })).toContain("Zürich");
  });

  it("says so when XML is other XML than the source reads, without the address's secrets", async () => {
    const { http } = answering("<list><kamera/></list>");
    await expect(
      http.xml(`${LIST}?key=hunter2`, z.object({ list: z.object({ camera: z.unknown().array() }) })),
    ).rejects.toMatchObject({
      code: "ARGUS_SOURCE_FORMAT_CHANGED",
      message: expect.stringContaining(
        "the answer of https://cameras.example/list?key=*** is not what this source reads: list.camera",
      ),
    });
  });

  it("asks nothing at an address that is none", async () => {
    const { http, asked } = answering("");
    await expect(http.text("/list")).rejects.toMatchObject({ code: "ARGUS_SOURCE_URL_INVALID" });
    expect(asked).toEqual([]);
  });
});

it("a source's process loads no HTTP client, and no parser before it is used", async () => {
  const script = `
    import { registerHooks } from "node:module";
    const loaded = new Set();
    registerHooks({ load: (url, context, next) => { loaded.add(url); return next(url, context); } });
    await import("@argus/source-sdk");
    const { httpFrom } = await import("@argus/source-sdk/transport");
    const heavy = () => ["got", "node-html-parser", "fast-xml-parser", "csv-parse", "robots-parser"].filter((name) =>
      [...loaded].some((url) => url.includes("/node_modules/" + name + "/")));
    const before = heavy();
    const http = httpFrom({ fetch: async ({ url }) => ({ url, status: 200, headers: {}, body: Buffer.from("a,b\\n1,2") }) });
    await http.csv("https://cameras.example/");
    console.log(JSON.stringify([before, heavy()]));
  `;
  const cwd = fileURLToPath(new URL("../../source-host", import.meta.url));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--conditions=@argus/source", "--input-type=module", "--eval", script],
    { cwd },
  );
  expect(JSON.parse(stdout)).toEqual([[], ["csv-parse"]]);
});
