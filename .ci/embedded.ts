// The store as somebody else's program has it: installed alone from its tarball, with nothing of the rest of Argus.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { packedIn, writeInstallation } from "./packed.ts";
import { type Outcome, runCommand } from "./run-command.ts";

const EMBEDDED: ReadonlySet<string> = new Set(["@argus/core", "@argus/store"]);
/** No web server, source or AI may come with the store; pnpm writes `@` and `/` of a name as `@` and `+`. */
const STRANGERS =
  /^(?:express|got|openai|node-html-parser|preact|maplibre-gl|ws|argus-source-.*|@argus\+(?!core@|store@).*)@/u;

const PROGRAM = `import { openStore } from "@argus/store";

await using store = await openStore({ url: "sqlite:embedded.db" });
const listed = { id: "own:1", source_id: "own", name: "São Paulo, ponte", stream_kind: "jpeg", lat: -23.5, lon: -46.6 };
const unknown = ["description", "country", "region", "city", "heading_deg", "snapshot_url", "page_url", "refresh_s", "manufacturer", "terms_url"];
const rest = Object.fromEntries(unknown.map((field) => [field, null]));
await store.upsert([{ ...rest, ...listed, tags: [], stream_url: "https://example.org/1.jpg", attribution: "me", licence: "CC0-1.0" }]);
const { cameras } = await store.page({ q: "sao paulo" });
const tile = await store.tile({ z: 0, x: 0, y: 0 }, {});
if (cameras[0]?.id !== "own:1" || tile.length === 0) throw new Error("the embedded store does not find its camera");
`;

/** Installs the store alone in an empty folder, looks at what came with it, and runs a ten-line program there. */
export async function runEmbedded(scratch: string): Promise<Outcome> {
  const folder = join(scratch, "embedded");
  mkdirSync(folder);
  writeInstallation(
    folder,
    packedIn(scratch).filter(({ name }) => EMBEDDED.has(name)),
  );
  const install = await runCommand("pnpm", ["install", "--prefer-offline", "--no-frozen-lockfile"], folder);
  if (!install.ok) return install;
  const strangers = readdirSync(join(folder, "node_modules", ".pnpm")).filter((name) => STRANGERS.test(name));
  if (strangers.length > 0) return { ok: false, output: `@argus/store brings along ${strangers.join(", ")}` };
  writeFileSync(join(folder, "embed.mjs"), PROGRAM);
  return runCommand(process.execPath, ["embed.mjs"], folder);
}
