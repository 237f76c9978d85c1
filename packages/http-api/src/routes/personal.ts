import { isoNow, PersonalData, PersonalMerge } from "@argus/core";

import { fileBody, fileOf } from "../bodies.ts";
import type { Api } from "../options.ts";
import type { Route } from "../route.ts";
import { closeSignal, send } from "../sending.ts";

const TAG = "personal";
const ISO_DATE_CHARS = 10;
const DOCUMENT = { limit: "64mb", atOnce: 1 };

/** Favourites, notes, collections and walls as one document, to keep and to bring back. */
export function personalRoutes(api: Api): Route[] {
  return [exportRoute(api), mergeRoute(api)];
}

function exportRoute(api: Api): Route {
  return {
    method: "get",
    path: "/api/personal.json",
    operationId: "exportPersonal",
    tag: TAG,
    summary: "All favourites, notes, collections and walls",
    answers: { 200: { description: "The document.", content: { "application/json": PersonalData } } },
    async handle(request, response) {
      const personal = api.store.personal;
      const date = isoNow(api.clock).slice(0, ISO_DATE_CHARS);
      response.setHeader("Content-Type", "application/json; charset=utf-8");
      response.setHeader("Content-Disposition", `attachment; filename="argus-personal-${date}.json"`);
      if (request.method === "HEAD") response.end();
      else await send(response, personal.export());
    },
  };
}

function mergeRoute(api: Api): Route {
  return {
    method: "post",
    path: "/api/personal",
    operationId: "mergePersonal",
    tag: TAG,
    summary: "Merge such a document into what is here; nothing is lost on either side",
    description:
      "In one transaction. Two notes on one camera are joined, so are collections of one id or name; of two states of a " +
      "wall both stay. Doing it again changes nothing. Cameras need not be known yet.",
    body: PersonalData,
    answers: { 200: { description: "What it did.", content: { "application/json": PersonalMerge } } },
    errors: [
      "ARGUS_PERSONAL_INVALID",
      "ARGUS_PERSONAL_FULL",
      "ARGUS_REQUEST_CONTENT_TYPE",
      "ARGUS_REQUEST_TOO_LARGE",
      "ARGUS_UPLOADS_BUSY",
    ],
    before: fileBody(["application/json"], DOCUMENT),
    async handle(request, response) {
      const signal = closeSignal(response);
      const merge: PersonalMerge = await api.store.personal.merge(fileOf(request), { signal });
      response.json(merge);
    },
  };
}
