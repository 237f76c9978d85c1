import type { Express } from "express";
import { describe, expect, it } from "vitest";

import { createHttpApi } from "./app.ts";
import type { OpenApiDocument } from "./openapi.ts";
import { FakeSources, FakeStore, FakeStreams } from "./testing/fakes.ts";
import { ask, startApi } from "./testing/server.ts";

type Layer = { route?: { path: string; methods: Record<string, boolean> }; handle: { stack?: Layer[] } };
type Operation = {
  operationId: string;
  summary: string;
  parameters?: { name: string; in: string; required: boolean; description: string; schema: object }[];
  responses: Record<string, { description: string; content?: Record<string, { schema?: object }> }>;
};

async function readDocument(): Promise<OpenApiDocument> {
  await using api = await startApi();
  return JSON.parse((await ask(api, "/api/openapi.json")).body) as OpenApiDocument;
}

/** `get /api/cameras/{id}` of every operation, with the operation. */
function operationsOf(document: OpenApiDocument): [string, Operation][] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): [string, Operation] => [
      `${method} ${path}`,
      operation as Operation,
    ]),
  );
}

/** The same of what Express really answers, found by walking its routers. */
function routesOf(app: Express): string[] {
  const walk = (layers: Layer[]): string[] =>
    layers.flatMap(({ route, handle }) => {
      if (route === undefined) return walk(handle.stack ?? []);
      // `_all` is what refuses other methods.
      const methods = Object.keys(route.methods).filter((method) => method !== "_all");
      return methods.map((method) => `${method} ${route.path.replaceAll(/:(\w+)/gu, "{$1}")}`);
    });
  return walk(app.router.stack as unknown as Layer[]);
}

function refsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === "$ref" ? [String(inner)] : refsIn(inner)));
}

describe("the OpenAPI document", () => {
  it("describes every route of the app, and no other", async () => {
    const app = createHttpApi({
      store: new FakeStore(),
      sources: new FakeSources(),
      streams: new FakeStreams(),
      version: "1",
      access: { hosts: [] },
    });
    const routes = routesOf(app);
    expect(routes.length).toBeGreaterThan(15);
    expect(
      operationsOf(await readDocument())
        .map(([name]) => name)
        .toSorted(),
    ).toEqual(routes.toSorted());
  });

  it("gives each operation an id of its own, a summary and described answers, one of them good", async () => {
    const operations = operationsOf(await readDocument());
    expect(new Set(operations.map(([, { operationId }]) => operationId)).size).toBe(operations.length);
    for (const [name, { summary, responses }] of operations) {
      expect({ name, summary }).toEqual({ name, summary: expect.stringMatching(/./u) });
      expect({ name, good: Object.keys(responses).filter((status) => status.startsWith("2")).length }).toEqual({
        name,
        good: 1,
      });
      for (const [status, { description, content }] of Object.entries(responses)) {
        expect({ name, status, description }).toEqual({
          name,
          status: expect.stringMatching(/^[2345]\d\d$/u),
          description: expect.stringMatching(/./u),
        });
        if (Number(status) >= 400)
          expect({ name, refs: refsIn(content) }).toEqual({ name, refs: ["#/components/schemas/ErrorAnswer"] });
      }
    }
  });

  it("declares each parameter once, and those of the path as required", async () => {
    for (const [name, { parameters = [] }] of operationsOf(await readDocument())) {
      const inPath = [...name.matchAll(/\{(\w+)\}/gu)].map((match) => match[1]);
      const required = parameters.filter((parameter) => parameter.in === "path" && parameter.required);
      expect({ name, inPath: required.map((parameter) => parameter.name) }).toEqual({ name, inPath });
      const distinct = new Set(parameters.map((parameter) => parameter.in + parameter.name));
      expect({ name, distinct: distinct.size }).toEqual({ name, distinct: parameters.length });
      const undescribed = parameters.filter(
        ({ description, schema }) => description === "" || Object.keys(schema).length === 0,
      );
      expect({ name, undescribed }).toEqual({ name, undescribed: [] });
    }
  });

  it("points at nothing that is not there, and names no schema that nothing uses", async () => {
    const document = await readDocument();
    const names = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    const refs = new Set(refsIn(document));
    expect([...refs].filter((ref) => !names.includes(ref))).toEqual([]);
    expect(names.filter((name) => !refs.has(name))).toEqual([]);
    expect(JSON.stringify(document)).not.toContain("$schema");
  });

  it("is OpenAPI 3.1 of this version, with a camera's fields, and takes additions", async () => {
    const document = await readDocument();
    expect(document).toMatchObject({ openapi: "3.1.1", info: { title: "Argus", version: "1.2.3" } });
    const schemas = document.components.schemas;
    expect(schemas["Camera"]).toMatchObject({
      type: "object",
      properties: {
        lat: { anyOf: [{ type: "number", minimum: -90, maximum: 90 }, { type: "null" }] },
        stream_kind: { $ref: "#/components/schemas/StreamKind" },
      },
    });
    expect(schemas["Camera"]).not.toHaveProperty("additionalProperties");
  });
});
