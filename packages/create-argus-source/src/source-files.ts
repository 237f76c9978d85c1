import type { Layout } from "./layout.ts";
import { packageManifest, placeOf, tsconfig, tsconfigBuild } from "./manifests.ts";
import type { SourcePlan } from "./request.ts";
import { SHAPE_FACTS } from "./shape.ts";
import { readTemplate } from "./templates.ts";

const INDENT = 2;
const MAX_INLINE = 100;
// Lists and objects of a few short words stand on one line, as formatters leave them.
const SHORT_LIST = /\[\n\s+(?<items>"[^"\n]*"(?:,\n\s+"[^"\n]*")*)\n\s*\]/gu;

/** The files of a new source: path, with forward slashes → text. */
export async function sourceFiles(plan: SourcePlan, layout: Layout): Promise<Map<string, string>> {
  const { shape } = plan;
  const { file } = SHAPE_FACTS[shape];
  return new Map([
    ["package.json", json(packageManifest(plan, layout))],
    ["tsconfig.json", json(tsconfig(layout), true)],
    ["tsconfig.build.json", json(tsconfigBuild(layout), true)],
    ["README.md", await readme(plan, layout)],
    [`fixtures/${file}`, await readTemplate(`${shape}/${file}`)],
    ["src/index.ts", await sourceCode(plan)],
    ["src/index.test.ts", await testCode(plan)],
    ...(layout === "package" ? [[".gitignore", "node_modules/\ndist/\n"] as const] : []),
  ]);
}

async function sourceCode({ id, name, origin, hostname, path, shape }: SourcePlan): Promise<string> {
  const manifest = await readTemplate("manifest.ts.txt", {
    id: quoted(id),
    name: quoted(name),
    description: quoted(describe(name)),
    host: quoted(hostname),
    attribution: quoted(placeOf(name)),
    origin: quoted(origin),
  });
  return await readTemplate(`${shape}/source.ts.txt`, { path: quoted(path), manifest: manifest.trimEnd() });
}

async function testCode({ id, path, shape }: SourcePlan): Promise<string> {
  const { file, contentType, asked } = SHAPE_FACTS[shape];
  return await readTemplate("test.ts.txt", {
    id: quoted(id),
    camera: quoted(`${id}:mill-lane`),
    path: quoted(path + asked),
    file,
    type: contentType === null ? "" : `\n    contentType: ${quoted(contentType)},`,
  });
}

async function readme({ id, name, origin, path }: SourcePlan, layout: Layout): Promise<string> {
  return await readTemplate("readme.md.txt", {
    id,
    description: describe(name),
    list: origin + path,
    use: (await readTemplate(`readme-${layout}.md.txt`, { id })).trimEnd(),
  });
}

function describe(name: string): string {
  return `${name}: stills that are replaced every few minutes.`;
}

/** A TypeScript string literal. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

function json(value: unknown, shortLists = false): string {
  const text = JSON.stringify(value, null, INDENT);
  if (!shortLists) return `${text}\n`;
  const inline = text.replaceAll(SHORT_LIST, (list: string, items: string) => {
    const line = `[${items.replaceAll(/\s*\n\s*/gu, " ")}]`;
    return line.length > MAX_INLINE ? list : line;
  });
  return `${inline}\n`;
}
