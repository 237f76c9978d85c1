import { Favourite, FavouritePage } from "@argus/core";

import { FavouriteAnswer } from "../answers.ts";
import { ID_PARAMETER } from "../camera-parameters.ts";
import type { Api } from "../options.ts";
import { cameraIdOf, PART_PARAMETERS, readPart } from "../personal-params.ts";
import type { Route } from "../route.ts";

const TAG = "favourites";

/** The cameras somebody likes to find again. The cameras themselves are `GET /api/cameras?favourite=yes`. */
export function favouriteRoutes(api: Api): Route[] {
  return [listRoute(api), getRoute(api), addRoute(api), removeRoute(api)];
}

function listRoute(api: Api): Route {
  return {
    method: "get",
    path: "/api/favourites",
    operationId: "listFavourites",
    tag: TAG,
    summary: "Which cameras are favourites, in the order of their ids",
    parameters: PART_PARAMETERS,
    answers: { 200: { description: "A part of them.", content: { "application/json": FavouritePage } } },
    errors: ["ARGUS_QUERY_INVALID"],
    async handle(request, response) {
      const page: FavouritePage = await api.store.personal.favourites.list(readPart(request));
      response.json(page);
    },
  };
}

function getRoute(api: Api): Route {
  return {
    method: "get",
    path: "/api/favourites/:id",
    operationId: "getFavourite",
    tag: TAG,
    summary: "Since when a camera is a favourite; null when it is none",
    parameters: [ID_PARAMETER],
    answers: { 200: { description: "The favourite or null.", content: { "application/json": FavouriteAnswer } } },
    errors: ["ARGUS_CAMERA_UNKNOWN"],
    async handle(request, response) {
      const favourite: Favourite | null = await api.store.personal.favourites.get(cameraIdOf(request));
      response.json({ favourite });
    },
  };
}

function addRoute(api: Api): Route {
  return {
    method: "put",
    path: "/api/favourites/:id",
    operationId: "addFavourite",
    tag: TAG,
    summary: "Make a camera a favourite; one that is already stays as it is",
    parameters: [ID_PARAMETER],
    answers: { 200: { description: "The favourite.", content: { "application/json": Favourite } } },
    errors: ["ARGUS_CAMERA_UNKNOWN", "ARGUS_PERSONAL_FULL"],
    async handle(request, response) {
      const favourite: Favourite = await api.store.personal.favourites.add(cameraIdOf(request));
      response.json(favourite);
    },
  };
}

function removeRoute(api: Api): Route {
  return {
    method: "delete",
    path: "/api/favourites/:id",
    operationId: "removeFavourite",
    tag: TAG,
    summary: "Make a camera a favourite no more",
    parameters: [ID_PARAMETER],
    answers: { 204: { description: "It is none, whether it was or not." } },
    errors: ["ARGUS_CAMERA_UNKNOWN"],
    async handle(request, response) {
      await api.store.personal.favourites.remove(cameraIdOf(request));
      response.status(204).end();
    },
  };
}
