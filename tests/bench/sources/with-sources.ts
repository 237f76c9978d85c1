import { fileURLToPath } from "node:url";

import { type ArgusProcess, serve } from "../../support/argus-process.ts";
import { makeScratch } from "../../support/scratch.ts";
import { writeSettings } from "../../support/settings.ts";
import { type TestSource, writeSourceApp } from "../../support/source-package.ts";

const script = fileURLToPath(new URL("../../support/serve-sources.ts", import.meta.url));

/** A server, as it is built, with these sources and no others, whose origin is at `url`. */
export async function withSources(
  sources: readonly TestSource[],
  url: string,
  use: (argus: ArgusProcess) => Promise<void>,
): Promise<void> {
  await using scratch = await makeScratch("bench-sources");
  const app = await writeSourceApp(scratch.path, sources);
  await writeSettings(scratch.path, {
    sources: Object.fromEntries(sources.map(({ id }) => [id, { base_url: url }])),
  });
  await using argus = await serve({ home: scratch.path, script, env: { TEST_SOURCES_FROM: app } });
  await use(argus);
}
