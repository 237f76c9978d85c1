import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { z } from "zod";

const manifestUrl = new URL("../package.json", import.meta.url);

/** The folder of this package, whose dependencies name the installed sources. */
export const packageFolder: string = fileURLToPath(new URL("..", import.meta.url));

/** This package's version. */
export const version: string = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(manifestUrl, "utf8"))).version;

/** How Argus calls itself to whoever it asks. */
export const USER_AGENT: string = `Argus/${version} (self-hosted camera registry)`;

/** The built page: inside the built package, or beside it in the repository. */
export function pageFolder(): string {
  const packed = fileURLToPath(new URL("./page/", import.meta.url));
  return existsSync(packed) ? packed : fileURLToPath(new URL("../../web/dist/", import.meta.url));
}
