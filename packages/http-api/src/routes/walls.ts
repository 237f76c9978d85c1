import { parseOrThrow, Wall, WallInput } from "@argus/core";
import type { Request } from "express";

import { WallsAnswer } from "../answers.ts";
import { jsonBody } from "../bodies.ts";
import { wallUnknown } from "../errors.ts";
import type { Api } from "../options.ts";
import { WALL_ID_PARAMETER, wallIdOf } from "../personal-params.ts";
import { IF_MATCH, readUnchanged, setTag } from "../preconditions.ts";
import type { Route } from "../route.ts";
import type { MappedCode } from "../status-codes.ts";

const TAG = "walls";
/** 144 cells of the longest ids. */
const MAX_BODY = "256kb";
const BODY_ERRORS: readonly MappedCode[] = [
  "ARGUS_CAMERA_UNKNOWN",
  "ARGUS_REQUEST_INVALID",
  "ARGUS_REQUEST_CONTENT_TYPE",
  "ARGUS_REQUEST_TOO_LARGE",
];

/** Saved grids of cameras. */
export function wallRoutes(api: Api): Route[] {
  return [listRoute(api), createRoute(api), getRoute(api), putRoute(api), removeRoute(api)];
}

function listRoute(api: Api): Route {
  return {
    method: "get",
    path: "/api/walls",
    operationId: "listWalls",
    tag: TAG,
    summary: "All walls, by name",
    answers: { 200: { description: "The walls.", content: { "application/json": WallsAnswer } } },
    async handle(_request, response) {
      const walls: Wall[] = await api.store.personal.walls.list();
      response.json({ walls });
    },
  };
}

function createRoute(api: Api): Route {
  return {
    method: "post",
    path: "/api/walls",
    operationId: "createWall",
    tag: TAG,
    summary: "Save a new wall",
    body: WallInput,
    answers: { 201: { description: "The wall.", content: { "application/json": Wall } } },
    errors: ["ARGUS_PERSONAL_FULL", ...BODY_ERRORS],
    before: jsonBody(MAX_BODY),
    async handle(request: Request, response) {
      const input = parseOrThrow(WallInput, request.body, "the body", "ARGUS_REQUEST_INVALID");
      const wall: Wall = await api.store.personal.walls.create(input);
      setTag(response, wall.updated_at);
      response.status(201).location(`/api/walls/${wall.id}`).json(wall);
    },
  };
}

function getRoute(api: Api): Route {
  return {
    method: "get",
    path: "/api/walls/:id",
    operationId: "getWall",
    tag: TAG,
    summary: "One wall",
    parameters: [WALL_ID_PARAMETER],
    answers: { 200: { description: "The wall.", content: { "application/json": Wall } } },
    errors: ["ARGUS_WALL_UNKNOWN"],
    async handle(request, response) {
      const id = wallIdOf(request);
      const wall: Wall | null = await api.store.personal.walls.get(id);
      if (wall === null) throw wallUnknown(id);
      setTag(response, wall.updated_at);
      response.json(wall);
    },
  };
}

function putRoute(api: Api): Route {
  return {
    method: "put",
    path: "/api/walls/:id",
    operationId: "putWall",
    tag: TAG,
    summary: "Replace a wall",
    parameters: [WALL_ID_PARAMETER, IF_MATCH],
    body: WallInput,
    answers: { 200: { description: "The wall.", content: { "application/json": Wall } } },
    errors: ["ARGUS_WALL_UNKNOWN", "ARGUS_PERSONAL_CONFLICT", ...BODY_ERRORS],
    before: jsonBody(MAX_BODY),
    async handle(request: Request, response) {
      const input = parseOrThrow(WallInput, request.body, "the body", "ARGUS_REQUEST_INVALID");
      const { walls } = api.store.personal;
      const wall: Wall = await walls.put(wallIdOf(request), input, readUnchanged(request));
      setTag(response, wall.updated_at);
      response.json(wall);
    },
  };
}

function removeRoute(api: Api): Route {
  return {
    method: "delete",
    path: "/api/walls/:id",
    operationId: "removeWall",
    tag: TAG,
    summary: "Remove a wall; its cameras stay",
    parameters: [WALL_ID_PARAMETER, IF_MATCH],
    answers: { 204: { description: "It is removed." } },
    errors: ["ARGUS_WALL_UNKNOWN", "ARGUS_PERSONAL_CONFLICT"],
    async handle(request, response) {
      await api.store.personal.walls.remove(wallIdOf(request), readUnchanged(request));
      response.status(204).end();
    },
  };
}
