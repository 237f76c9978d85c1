import type { SourceInfo } from "@argus/core";

import { SourcesAnswer } from "../answers.ts";
import type { Api } from "../options.ts";
import type { Route } from "../route.ts";

/** The installed sources, broken ones included. */
export function sourceRoutes({ sources }: Api): Route[] {
  return [
    {
      method: "get",
      path: "/api/sources",
      operationId: "listSources",
      tag: "scrapes",
      summary: "The installed sources, with their state and last scrape",
      answers: { 200: { description: "All sources.", content: { "application/json": SourcesAnswer } } },
      handle(_request, response) {
        response.json({ sources: sources.list() } satisfies { sources: SourceInfo[] });
      },
    },
  ];
}
