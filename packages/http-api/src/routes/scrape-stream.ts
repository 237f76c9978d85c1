import type { Request, Response } from "express";
import { z } from "zod";

import { eventsBusy, stopping } from "../errors.ts";
import { openEventStream, startHeartbeat, writeProgress } from "../event-stream.ts";
import type { Api } from "../options.ts";
import type { Route } from "../route.ts";
import { closeSignal, send } from "../sending.ts";

/** The progress of scrapes as server-sent events, to a bounded number of listeners. */
export function scrapeStreamRoutes(api: Api): Route[] {
  let open = 0;
  const listen = async (request: Request, response: Response): Promise<void> => {
    if (api.stop.aborted) throw stopping();
    if (open >= api.limits.maxEventStreams) throw eventsBusy(api.limits.maxEventStreams);
    open += 1;
    try {
      await sendProgress(api, request, response);
    } finally {
      open -= 1;
    }
  };
  return [{ ...DESCRIPTION, handle: listen }];
}

async function sendProgress(api: Api, request: Request, response: Response): Promise<void> {
  const signal = AbortSignal.any([closeSignal(response), api.stop]);
  const after = request.get("last-event-id");
  openEventStream(response);
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  using _heartbeat = startHeartbeat(response, api.limits.heartbeatMs);
  const events = api.sources.subscribe({ ...(after === undefined ? {} : { after }), signal });
  // `signal` ends the events and thereby the answer, in good order.
  await send(response, writeProgress(events));
}

const DESCRIPTION: Omit<Route, "handle"> = {
  method: "get",
  path: "/api/scrapes/stream",
  operationId: "streamScrapeProgress",
  tag: "scrapes",
  summary: "The progress of scrapes as server-sent events",
  description:
    "Each `progress` event's data is a whole Scrape: what runs, as GET /api/scrapes/current has it, and the end of every " +
    "scrape under its own id. A comment every 15 s says that the connection lives. Coming back " +
    "with Last-Event-ID continues where the connection was lost.",
  parameters: [
    {
      name: "Last-Event-ID",
      in: "header",
      schema: z.string(),
      description: "The id of the last event received; browsers send it by themselves.",
    },
  ],
  answers: { 200: { description: "Events until either side ends it.", content: { "text/event-stream": null } } },
  errors: ["ARGUS_EVENTS_BUSY", "ARGUS_SERVER_STOPPING"],
};
