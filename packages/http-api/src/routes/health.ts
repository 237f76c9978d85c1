import { type ErrorAnswer, Health } from "@argus/core";

import type { Api } from "../options.ts";
import type { Route } from "../route.ts";

/** Whether the server can do its work; the one error answer that says more than its error. */
export function healthRoutes(api: Api): Route[] {
  return [
    {
      method: "get",
      path: "/api/health",
      operationId: "getHealth",
      tag: "server",
      summary: "Whether the server is ready",
      description: "While it is not ready the answer is 503: the same fields, and `error` with the reason.",
      answers: { 200: { description: "Ready.", content: { "application/json": Health } } },
      errors: ["ARGUS_HEALTH_NOT_READY"],
      handle(_request, response) {
        const reason = reasonNotReady(api);
        response.setHeader("Cache-Control", "no-store");
        if (reason === null) response.json(healthOf(api, "ready"));
        else response.status(503).setHeader("Retry-After", 1).json(notReady(api, reason));
      },
    },
  ];
}

function reasonNotReady(api: Api): string | null {
  if (api.stop.aborted) return "the server is stopping";
  return api.store.connected ? api.ready() : "the store is not connected yet";
}

function healthOf({ store, version, clock, startedAt }: Api, status: Health["status"]): Health {
  const uptime_s = Math.max(0, Math.round((clock() - startedAt) / 1000));
  return { status, version, uptime_s, store: { engine: store.engine, cameras: store.size } };
}

function notReady(api: Api, reason: string): Health & ErrorAnswer {
  return { ...healthOf(api, "not_ready"), error: { code: "ARGUS_HEALTH_NOT_READY", message: reason } };
}
