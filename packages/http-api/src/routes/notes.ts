import { Note, NoteInput, NotePage, parseOrThrow } from "@argus/core";
import type { Request } from "express";

import { NoteAnswer } from "../answers.ts";
import { jsonBody } from "../bodies.ts";
import { ID_PARAMETER } from "../camera-parameters.ts";
import type { Api } from "../options.ts";
import { cameraIdOf, PART_PARAMETERS, readPart } from "../personal-params.ts";
import { IF_MATCH, IF_NONE_MATCH, readUnchanged, setTag } from "../preconditions.ts";
import type { Route } from "../route.ts";

const TAG = "notes";
/** Ten thousand characters of four bytes each, escaped. */
const MAX_BODY = "128kb";

/** What somebody wrote about cameras. */
export function noteRoutes(api: Api): Route[] {
  return [listRoute(api), getRoute(api), putRoute(api), removeRoute(api)];
}

function listRoute(api: Api): Route {
  return {
    method: "get",
    path: "/api/notes",
    operationId: "listNotes",
    tag: TAG,
    summary: "The notes, in the order of their cameras' ids",
    parameters: PART_PARAMETERS,
    answers: { 200: { description: "A part of them.", content: { "application/json": NotePage } } },
    errors: ["ARGUS_QUERY_INVALID"],
    async handle(request, response) {
      const page: NotePage = await api.store.personal.notes.list(readPart(request));
      response.json(page);
    },
  };
}

function getRoute(api: Api): Route {
  return {
    method: "get",
    path: "/api/notes/:id",
    operationId: "getNote",
    tag: TAG,
    summary: "The note on a camera; null when there is none",
    parameters: [ID_PARAMETER],
    answers: { 200: { description: "The note or null.", content: { "application/json": NoteAnswer } } },
    errors: ["ARGUS_CAMERA_UNKNOWN"],
    async handle(request, response) {
      const note: Note | null = await api.store.personal.notes.get(cameraIdOf(request));
      if (note !== null) setTag(response, note.updated_at);
      response.json({ note });
    },
  };
}

function putRoute(api: Api): Route {
  return {
    method: "put",
    path: "/api/notes/:id",
    operationId: "putNote",
    tag: TAG,
    summary: "Write the note on a camera",
    parameters: [ID_PARAMETER, IF_MATCH, IF_NONE_MATCH],
    body: NoteInput,
    answers: { 200: { description: "The note.", content: { "application/json": Note } } },
    errors: [
      "ARGUS_CAMERA_UNKNOWN",
      "ARGUS_PERSONAL_CONFLICT",
      "ARGUS_PERSONAL_FULL",
      "ARGUS_REQUEST_INVALID",
      "ARGUS_REQUEST_CONTENT_TYPE",
      "ARGUS_REQUEST_TOO_LARGE",
    ],
    before: jsonBody(MAX_BODY),
    async handle(request: Request, response) {
      const { text } = parseOrThrow(NoteInput, request.body, "the body", "ARGUS_REQUEST_INVALID");
      const { notes } = api.store.personal;
      const note: Note = await notes.put(cameraIdOf(request), text, readUnchanged(request));
      setTag(response, note.updated_at);
      response.json(note);
    },
  };
}

function removeRoute(api: Api): Route {
  return {
    method: "delete",
    path: "/api/notes/:id",
    operationId: "removeNote",
    tag: TAG,
    summary: "Remove the note on a camera",
    parameters: [ID_PARAMETER, IF_MATCH],
    answers: { 204: { description: "There is none, whether there was or not." } },
    errors: ["ARGUS_CAMERA_UNKNOWN", "ARGUS_PERSONAL_CONFLICT"],
    async handle(request, response) {
      await api.store.personal.notes.remove(cameraIdOf(request), readUnchanged(request));
      response.status(204).end();
    },
  };
}
