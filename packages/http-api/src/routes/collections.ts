import {
  CameraId,
  CameraIdPage,
  Collection,
  CollectionCamerasAnswer,
  CollectionCamerasChange,
  CollectionInput,
  parseOrThrow,
} from "@argus/core";
import type { Request } from "express";
import { z } from "zod";

import { CollectionsAnswer } from "../answers.ts";
import { jsonBody } from "../bodies.ts";
import { collectionUnknown } from "../errors.ts";
import type { Api } from "../options.ts";
import { readParams } from "../params.ts";
import { COLLECTION_ID_PARAMETER, collectionIdOf, PART_PARAMETERS, readPart } from "../personal-params.ts";
import type { Route } from "../route.ts";
import type { MappedCode } from "../status-codes.ts";

const TAG = "collections";
const MAX_BODY = "64kb";
/** Two thousand ids of the longest kind. */
const MAX_CAMERAS_BODY = "2mb";
const BODY_ERRORS: readonly MappedCode[] = [
  "ARGUS_REQUEST_INVALID",
  "ARGUS_REQUEST_CONTENT_TYPE",
  "ARGUS_REQUEST_TOO_LARGE",
];

const ListParams = z.strictObject({ camera: CameraId.optional() });

/** Cameras under names. The cameras themselves are `GET /api/cameras?collection=<id>`. */
export function collectionRoutes(api: Api): Route[] {
  return [
    listRoute(api),
    createRoute(api),
    getRoute(api),
    renameRoute(api),
    removeRoute(api),
    camerasRoute(api),
    changeCamerasRoute(api),
  ];
}

function listRoute(api: Api): Route {
  return {
    method: "get",
    path: "/api/collections",
    operationId: "listCollections",
    tag: TAG,
    summary: "All collections, by name",
    parameters: [{ name: "camera", in: "query", schema: CameraId, description: "Only those that this camera is in." }],
    answers: { 200: { description: "The collections.", content: { "application/json": CollectionsAnswer } } },
    errors: ["ARGUS_QUERY_INVALID"],
    async handle(request, response) {
      const { camera } = readParams(request, ListParams);
      const { collections: kept } = api.store.personal;
      const collections: Collection[] = await (camera === undefined ? kept.list() : kept.of(camera));
      response.json({ collections });
    },
  };
}

function createRoute(api: Api): Route {
  return {
    method: "post",
    path: "/api/collections",
    operationId: "createCollection",
    tag: TAG,
    summary: "Make a collection",
    body: CollectionInput,
    answers: { 201: { description: "The collection.", content: { "application/json": Collection } } },
    errors: ["ARGUS_COLLECTION_NAME_TAKEN", "ARGUS_PERSONAL_FULL", ...BODY_ERRORS],
    before: jsonBody(MAX_BODY),
    async handle(request: Request, response) {
      const input = parseOrThrow(CollectionInput, request.body, "the body", "ARGUS_REQUEST_INVALID");
      const collection: Collection = await api.store.personal.collections.create(input);
      response.status(201).location(`/api/collections/${collection.id}`).json(collection);
    },
  };
}

function getRoute(api: Api): Route {
  return {
    method: "get",
    path: "/api/collections/:id",
    operationId: "getCollection",
    tag: TAG,
    summary: "One collection",
    parameters: [COLLECTION_ID_PARAMETER],
    answers: { 200: { description: "The collection.", content: { "application/json": Collection } } },
    errors: ["ARGUS_COLLECTION_UNKNOWN"],
    async handle(request, response) {
      const id = collectionIdOf(request);
      const collection: Collection | null = await api.store.personal.collections.get(id);
      if (collection === null) throw collectionUnknown(id);
      response.json(collection);
    },
  };
}

function renameRoute(api: Api): Route {
  return {
    method: "put",
    path: "/api/collections/:id",
    operationId: "renameCollection",
    tag: TAG,
    summary: "Give a collection another name and description",
    parameters: [COLLECTION_ID_PARAMETER],
    body: CollectionInput,
    answers: { 200: { description: "The collection.", content: { "application/json": Collection } } },
    errors: ["ARGUS_COLLECTION_UNKNOWN", "ARGUS_COLLECTION_NAME_TAKEN", ...BODY_ERRORS],
    before: jsonBody(MAX_BODY),
    async handle(request: Request, response) {
      const input = parseOrThrow(CollectionInput, request.body, "the body", "ARGUS_REQUEST_INVALID");
      const collection: Collection = await api.store.personal.collections.rename(collectionIdOf(request), input);
      response.json(collection);
    },
  };
}

function removeRoute(api: Api): Route {
  return {
    method: "delete",
    path: "/api/collections/:id",
    operationId: "removeCollection",
    tag: TAG,
    summary: "Remove a collection; its cameras stay",
    parameters: [COLLECTION_ID_PARAMETER],
    answers: { 204: { description: "It is removed." } },
    errors: ["ARGUS_COLLECTION_UNKNOWN"],
    async handle(request, response) {
      await api.store.personal.collections.remove(collectionIdOf(request));
      response.status(204).end();
    },
  };
}

function camerasRoute(api: Api): Route {
  return {
    method: "get",
    path: "/api/collections/:id/cameras",
    operationId: "listCollectionCameras",
    tag: TAG,
    summary: "The ids of a collection's cameras, in their order, gone ones included",
    parameters: [COLLECTION_ID_PARAMETER, ...PART_PARAMETERS],
    answers: { 200: { description: "A part of them.", content: { "application/json": CameraIdPage } } },
    errors: ["ARGUS_COLLECTION_UNKNOWN", "ARGUS_QUERY_INVALID"],
    async handle(request, response) {
      const { collections } = api.store.personal;
      const page: CameraIdPage = await collections.cameraIds(collectionIdOf(request), readPart(request));
      response.json(page);
    },
  };
}

function changeCamerasRoute(api: Api): Route {
  return {
    method: "post",
    path: "/api/collections/:id/cameras",
    operationId: "changeCollectionCameras",
    tag: TAG,
    summary: "Put cameras into a collection, and take cameras out of it",
    description: "All of it or, where one camera is unknown, nothing. First `add`, then `remove`.",
    parameters: [COLLECTION_ID_PARAMETER],
    body: CollectionCamerasChange,
    answers: { 200: { description: "What it did.", content: { "application/json": CollectionCamerasAnswer } } },
    errors: ["ARGUS_COLLECTION_UNKNOWN", "ARGUS_CAMERA_UNKNOWN", "ARGUS_PERSONAL_FULL", ...BODY_ERRORS],
    before: jsonBody(MAX_CAMERAS_BODY),
    async handle(request: Request, response) {
      const change = parseOrThrow(CollectionCamerasChange, request.body, "the body", "ARGUS_REQUEST_INVALID");
      const { collections } = api.store.personal;
      const answer: CollectionCamerasAnswer = await collections.change(collectionIdOf(request), change);
      response.json(answer);
    },
  };
}
