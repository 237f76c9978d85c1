import { CameraChanges, MAX_PAGE_SIZE } from "@argus/core";
import { z } from "zod";

import type { Api } from "../options.ts";
import { readParams } from "../params.ts";
import type { Route } from "../route.ts";

const BEGINNING = "0";
const MAX_SINCE = 40;

const Since = z.string().min(1).max(MAX_SINCE);
const Limit = z
  .string()
  .regex(/^\d{1,9}$/u, "must be a whole number")
  .transform(Number)
  .pipe(z.int().min(1).max(MAX_PAGE_SIZE));
const ChangesParams = z.strictObject({ since: Since.optional(), limit: Limit.optional() });

/** What changed since a program last asked: how others keep a copy of the registry. */
export function changeRoutes({ store }: Api): Route[] {
  return [
    {
      method: "get",
      path: "/api/changes",
      operationId: "listChanges",
      tag: "cameras",
      summary: "The cameras written since a place in the registry's history, oldest change first",
      description:
        "For programs that keep a copy: begin without `since`, ask with each answer's `next`, and at once while there " +
        "is `more`. A camera that changed twice comes once, as it is now; one that is no longer listed comes with " +
        "`gone_at`. Being seen again unchanged is no change, so `last_seen_at` of a copy may be older than here.",
      parameters: [
        {
          name: "since",
          in: "query",
          schema: Since,
          description: "A former answer's `next`; every camera when nothing is said.",
        },
        {
          name: "limit",
          in: "query",
          schema: Limit,
          description: `The most cameras one answer holds, ${MAX_PAGE_SIZE} when nothing is said.`,
        },
      ],
      answers: { 200: { description: "The changes.", content: { "application/json": CameraChanges } } },
      errors: ["ARGUS_QUERY_INVALID", "ARGUS_STORE_CURSOR_INVALID"],
      async handle(request, response) {
        const { since = BEGINNING, limit = MAX_PAGE_SIZE } = readParams(request, ChangesParams);
        const changes: CameraChanges = await store.changesSince(since, limit);
        response.json(changes);
      },
    },
  ];
}
