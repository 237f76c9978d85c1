import { relative } from "node:path";

import type { CreatedSource } from "./create-source.ts";
import type { Layout } from "./layout.ts";

const GUIDE = "docs/write-a-source.md in the repository of Argus";

/** What to print when a source was written: where it is, and what to do with it. */
export function nextSteps({ folder, files, plan }: CreatedSource, layout: Layout, from: string): string {
  const shown = relative(from, folder) || ".";
  const written = `Wrote ${plan.name} to ${shown}: ${files.join(", ")}\n`;
  return `${written}\n${layout === "package" ? ownSteps(shown) : workspaceSteps(plan.id, shown)}\nThe guide: ${GUIDE}\n`;
}

function ownSteps(folder: string): string {
  return `Next
${folder === "." ? "" : `  cd ${quotedPath(folder)}\n`}  npm install
  npm test                  # passes as it is
                            # edit src/index.ts: schema, mapping, credits; and fixtures/: rows in the origin's shape
  npm test
  npm run build
  argus sources install .   # into your Argus
`;
}

function workspaceSteps(id: string, folder: string): string {
  return `Next
  # edit ${folder}/src/index.ts: schema, mapping, credits; and its fixtures/: rows in the origin's shape
  pnpm test:unit ${folder}
  # add "argus-source-${id}": "workspace:^" to the dependencies of apps/server/package.json
  pnpm start
  pnpm check && pnpm changeset
`;
}

function quotedPath(path: string): string {
  return /\s/u.test(path) ? `"${path}"` : path;
}
