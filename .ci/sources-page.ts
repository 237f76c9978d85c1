// docs/sources.md, made of the sources' manifests: `pnpm docs:sources` writes it, with `--check` it must be as written.
// Run with `--conditions=@argus/source`.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ROOT } from "./environment.ts";
import { listPackages, readJson } from "./workspace.ts";

const PAGE = "docs/sources.md";
/** What a source's package.json says beside its manifest. */
type Facts = { region?: string; seen?: { cameras: number; on: string } | null };
type Manifest = {
  id: string;
  name: string;
  description: string;
  enabled_by_default: boolean;
  required_env: string[];
  needs_notice: string | null;
  attribution: string;
  licence: string;
  terms_url: string | null;
};
type Origin = Manifest & Facts & { folder: string };

async function readOrigins(): Promise<Origin[]> {
  const folders = listPackages().filter(({ folder }) => folder.startsWith("sources/"));
  const origins = await Promise.all(
    folders.map(async ({ folder, directory }) => {
      const { default: manifest } = (await import(join(directory, "src/index.ts"))) as { default: Manifest };
      const { argus = {} } = readJson(join(directory, "package.json")) as { argus?: Facts };
      return { ...manifest, ...argus, folder };
    }),
  );
  return origins.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

const count = (cameras: number): string => cameras.toLocaleString("en");
const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

function seenIn({ seen }: Origin): string {
  if (seen === undefined) return "";
  return seen === null ? "not seen live" : `${count(seen.cameras)} on ${seen.on}`;
}

function keyOf({ required_env: names }: Origin): string {
  return names.length === 0 ? "none" : names.map((name) => `\`${name}\``).join(", ");
}

function chosen({ enabled_by_default: isChosen, needs_notice: notice }: Origin): string {
  if (isChosen) return "yes";
  return notice === null ? "no" : "no; after its notice is accepted";
}

function licenceOf({ licence, terms_url: terms }: Origin): string {
  return terms === null ? cell(licence) : `[${cell(licence)}](${terms})`;
}

function rowOf(origin: Origin): string {
  const name = `[${origin.id}](../${origin.folder}): ${cell(origin.name)}`;
  const cells = [name, cell(origin.region ?? ""), seenIn(origin), licenceOf(origin), keyOf(origin), chosen(origin)];
  return `| ${cells.join(" | ")} |`;
}

function pageOf(origins: readonly Origin[]): string {
  const sum = origins.reduce((total, { seen }) => total + (seen?.cameras ?? 0), 0);
  return `# Sources

The ${origins.length} sources that come with Argus. This page is made of their manifests by \`pnpm docs:sources\`; each source's
readme says more: where its list comes from, the terms, the key and how to get one, and what is left out.

"Seen" is how many cameras a recorded answer of the origin or a report of one had, and when: ${count(sum)} in all. Origins change,
so the number of today is what a scrape says. "Not seen live" is built from the origin's documentation alone.
"Preselected" sources are ticked when Argus is opened for the first time.

| source | region | seen | licence | key | preselected |
| --- | --- | --- | --- | --- | --- |
${origins.map(rowOf).join("\n")}

The credit that each origin asks for is shown with its cameras:

${origins.map(({ id, attribution }) => `- \`${id}\`: ${attribution}`).join("\n")}

An origin is missing? [Write a source](write-a-source.md): it can be published on npm, and is installed with
\`argus sources install\`.
`;
}

/** Blanks say nothing in a table, and the formatter sets them. */
const bare = (text: string): string => text.replaceAll(/-{3,}/gu, "---").replaceAll(/[ ]+/gu, " ");

const page = pageOf(await readOrigins());
const file = join(ROOT, PAGE);
if (!process.argv.includes("--check")) writeFileSync(file, page);
else if (bare(readFileSync(file, "utf8")) !== bare(page)) {
  console.error(`${PAGE} is not what the sources' manifests say; run pnpm docs:sources`);
  process.exitCode = 1;
}
