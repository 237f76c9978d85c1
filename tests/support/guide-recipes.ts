// What surrounds the recipes of docs/write-a-source.md, so that each is a whole source with a test of the contract.

type Recipe = {
  /** What it uses of the SDK besides what all do. */
  imports: string[];
  /** Options of testSource, as code. */
  kit: string;
  /** Tests besides the contract's, as code. */
  more?: string;
};

const ROW = (id: string): string =>
  `{ id: "${id}", title: "Camera ${id}", image: "https://cameras.example/${id}.jpg" }`;

/** Heading → what is around it. */
export const RECIPES: Readonly<Record<string, Recipe>> = {
  "Picture addresses that change": {
    imports: [],
    kit: `fixtures: [{ path: "/cameras", body: [${ROW("a")}] }],
  resolve: { id: "a", fixtures: [{ path: "/cameras/a", body: { image: "https://cameras.example/now/a.jpg", valid_s: 300 } }] },`,
  },
  "A key": {
    imports: [],
    kit: `env: { EXAMPLE_API_KEY: "abc" }, fixtures: [{ path: "/cameras", body: [${ROW("a")}] }],`,
  },
  "Several pages": {
    imports: ["pagesOf"],
    kit: `fixtures: [
    { path: "/cameras?page=1", body: { cameras: [${ROW("a")}, ${ROW("b")}], total: 3 } },
    { path: "/cameras?page=2", body: { cameras: [${ROW("c")}], total: 3 } },
  ],`,
  },
  "Parts that fail alone": {
    imports: ["eachPart"],
    kit: `fixtures: [{ path: "/north.json", body: [${ROW("a")}] }, { path: "/south.json", body: [${ROW("b")}] }],`,
    more: `it("keeps the north when the south fails", async () => {
  const fixtures = [{ path: "/north.json", body: [${ROW("a")}] }, { path: "/south.json", status: 404, body: "gone" }];
  await using origin = await serveFixtures(fixtures);
  const { cameras, partial } = await runSource(source, { rerouteTo: origin.url });
  expect(cameras).toHaveLength(1);
  expect(partial).toEqual([expect.stringMatching(/^district south: .* answered 404/u)]);
});`,
  },
  "Addresses that the user gives": {
    imports: ["eachPart"],
    kit: `options: { lists: [{ url: "https://lists.example.net/a.json" }] },
  fixtures: [{ path: "/a.json", host: "lists.example.net", body: [${ROW("a")}] }],`,
  },
};

/** The recipe as a source of its own. */
export function recipeSource(heading: string, members: string): string {
  const imports = [
    "baseUrl",
    "type CameraInput",
    "defineSource",
    "readRows",
    "type Source",
    ...(RECIPES[heading]?.imports ?? []),
  ];
  const requiresNothing = members.includes("required_env") ? "" : "required_env: [],";
  const options = members.includes("options:")
    ? ""
    : 'options: z.object({ base_url: baseUrl("https://data.example.org") }),';
  const toCamera = members.includes("toCamera(")
    ? `function toCamera({ id, title, image }: z.infer<typeof Row>): CameraInput {
  return { id, name: title, stream_url: image, stream_kind: "jpeg" };
}`
    : "export type Emitted = CameraInput;";
  return `import { ${imports.join(", ")} } from "@argus/source-sdk";
import { z } from "zod";

const Row = z.object({ id: z.string(), title: z.string(), image: z.string() });
const List = z.array(z.unknown());
const source: Source = defineSource({
  apiVersion: 1, id: "recipe", name: "Recipe", description: "A recipe of the guide.", enabled_by_default: false,
  hosts: ["data.example.org"], attribution: "Example County", licence: "unknown", ${requiresNothing}
${options}
${members}});
export default source;
${toCamera}
`;
}

/** Its test. */
export function recipeTest(heading: string, file: string): string {
  const { kit = "", more = "" } = RECIPES[heading] ?? {};
  const imports = more === "" ? "testSource" : "runSource, serveFixtures, testSource";
  return `import { ${imports} } from "@argus/source-sdk/testing";
import { describe, ${more === "" ? "it" : "expect, it"} } from "vitest";

import source from "${file}";

testSource(source, { describe, it, ${kit} });
${more}
`;
}
