import { Camera, CameraExtent, CameraPage, DuplicatesAnswer, Facets, isOwnSource } from "@argus/core";

import { FILTER_PARAMETERS, ID_PARAMETER, QUERY_PARAMETERS } from "../camera-parameters.ts";
import { cameraNotOwn, cameraUnknown } from "../errors.ts";
import type { Api } from "../options.ts";
import { paramsOf, readFilter, readQuery } from "../params.ts";
import type { ApiStore } from "../ports.ts";
import type { Route } from "../route.ts";

/** Pages of cameras, one camera, how many have which value, and where they are. */
export function cameraRoutes({ store }: Api): Route[] {
  return [
    pageRoute(store),
    facetsRoute(store),
    extentRoute(store),
    cameraRoute(store),
    duplicatesRoute(store),
    removeRoute(store),
  ];
}

/** @throws ArgusError ARGUS_CAMERA_UNKNOWN */
export async function findCamera(store: ApiStore, id: unknown): Promise<Camera> {
  const camera = typeof id === "string" ? await store.get(id) : null;
  if (camera === null) throw cameraUnknown(String(id));
  return camera;
}

function pageRoute(store: ApiStore): Route {
  return {
    method: "get",
    path: "/api/cameras",
    operationId: "listCameras",
    tag: "cameras",
    summary: "A page of the cameras a filter selects",
    parameters: QUERY_PARAMETERS,
    answers: { 200: { description: "The page.", content: { "application/json": CameraPage } } },
    errors: ["ARGUS_QUERY_INVALID", "ARGUS_STORE_CURSOR_INVALID"],
    async handle(request, response) {
      const page: CameraPage = await store.page(readQuery(request));
      response.json(page);
    },
  };
}

function facetsRoute(store: ApiStore): Route {
  return {
    method: "get",
    path: "/api/facets",
    operationId: "countCameras",
    tag: "cameras",
    summary: "How many of the cameras a filter selects have which value",
    parameters: FILTER_PARAMETERS,
    answers: { 200: { description: "Counts, most first.", content: { "application/json": Facets } } },
    errors: ["ARGUS_QUERY_INVALID"],
    async handle(request, response) {
      const facets: Facets = await store.facets(readFilter(paramsOf(request)));
      response.json(facets);
    },
  };
}

function extentRoute(store: ApiStore): Route {
  return {
    method: "get",
    path: "/api/extent",
    operationId: "getExtent",
    tag: "map",
    summary: "The smallest box around the cameras a filter selects",
    parameters: FILTER_PARAMETERS,
    answers: { 200: { description: "The box.", content: { "application/json": CameraExtent } } },
    errors: ["ARGUS_QUERY_INVALID"],
    async handle(request, response) {
      const extent: CameraExtent = await store.extent(readFilter(paramsOf(request)));
      response.json(extent);
    },
  };
}

function cameraRoute(store: ApiStore): Route {
  return {
    method: "get",
    path: "/api/cameras/:id",
    operationId: "getCamera",
    tag: "cameras",
    summary: "One camera, gone ones included",
    parameters: [ID_PARAMETER],
    answers: { 200: { description: "The camera.", content: { "application/json": Camera } } },
    errors: ["ARGUS_CAMERA_UNKNOWN"],
    async handle(request, response) {
      const camera: Camera = await findCamera(store, request.params["id"]);
      response.json(camera);
    },
  };
}

function duplicatesRoute(store: ApiStore): Route {
  return {
    method: "get",
    path: "/api/cameras/:id/duplicates",
    operationId: "listDuplicates",
    tag: "cameras",
    summary: "The other cameras that show the same view as one, whichever of them is asked for",
    parameters: [ID_PARAMETER],
    answers: {
      200: {
        description: "The others, the one that stands for them first; none where there are none.",
        content: { "application/json": DuplicatesAnswer },
      },
    },
    errors: ["ARGUS_CAMERA_UNKNOWN"],
    async handle(request, response) {
      const { id } = await findCamera(store, request.params["id"]);
      const answer: DuplicatesAnswer = { cameras: await store.duplicatesOf(id) };
      response.json(answer);
    },
  };
}

function removeRoute(store: ApiStore): Route {
  return {
    method: "delete",
    path: "/api/cameras/:id",
    operationId: "removeCamera",
    tag: "cameras",
    summary: "Mark an imported camera gone; importing it again brings it back",
    parameters: [ID_PARAMETER],
    answers: { 204: { description: "It is gone, whether it was before or not." } },
    errors: ["ARGUS_CAMERA_UNKNOWN", "ARGUS_CAMERA_NOT_OWN"],
    async handle(request, response) {
      const { id, source_id } = await findCamera(store, request.params["id"]);
      if (!isOwnSource(source_id)) throw cameraNotOwn(id);
      await store.retire([id]);
      response.status(204).end();
    },
  };
}
