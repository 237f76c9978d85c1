import type { Camera } from "@argus/core";
import type { Request, Response } from "express";
import { z } from "zod";

import { ID_PARAMETER } from "../camera-parameters.ts";
import { stopping, streamUrlUnknown } from "../errors.ts";
import type { Api } from "../options.ts";
import { readParams } from "../params.ts";
import type { Answer, Parameter, Route } from "../route.ts";
import { closeSignal, send } from "../sending.ts";
import type { MappedCode } from "../status-codes.ts";
import { findCamera } from "./cameras.ts";

const MAX_URL = 2048;
const SNAPSHOT_MAX_AGE_S = 2;
const StreamUrl = z.string().min(1).max(MAX_URL);
const ProxyParams = z.strictObject({ url: StreamUrl, at: z.string().optional() });

const AT_PARAMETER: Parameter = {
  name: "at",
  in: "query",
  schema: z.string(),
  description: "Anything; a new value makes a browser ask again.",
};
const MOVING: Answer = {
  description: "The moving picture, until either side ends it.",
  content: { "multipart/x-mixed-replace": null },
};
const STILL: Answer = { description: "One complete JPEG.", content: { "image/jpeg": null } };
const NOT_MODIFIED: Answer = { description: "It is the one the client has." };
const STREAM_ERRORS: readonly MappedCode[] = [
  "ARGUS_STREAM_BLOCKED",
  "ARGUS_STREAM_BUSY",
  "ARGUS_STREAM_NOT_JPEG",
  "ARGUS_STREAM_STATUS",
  "ARGUS_STREAM_TIMEOUT",
  "ARGUS_STREAM_TOO_LARGE",
  "ARGUS_STREAM_UNREACHABLE",
  "ARGUS_STREAM_UNRESOLVED",
  "ARGUS_STREAM_UNSUPPORTED",
  "ARGUS_SERVER_STOPPING",
];

/** The cameras' pictures. Nothing but what the registry holds is ever fetched. */
export function streamRoutes(api: Api): Route[] {
  return [streamRoute(api), snapshotRoute(api), proxyRoute(api)];
}

function streamRoute(api: Api): Route {
  return {
    method: "get",
    path: "/api/cameras/:id/stream",
    operationId: "streamCamera",
    tag: "pictures",
    summary: "A camera's moving picture, in a format browsers show",
    parameters: [ID_PARAMETER],
    answers: { 200: MOVING },
    errors: ["ARGUS_CAMERA_UNKNOWN", ...STREAM_ERRORS],
    handle: async (request, response) =>
      sendStream(api, await findCamera(api.store, request.params["id"]), request, response),
  };
}

function snapshotRoute(api: Api): Route {
  return {
    method: "get",
    path: "/api/cameras/:id/snapshot",
    operationId: "getSnapshot",
    tag: "pictures",
    summary: "A camera's picture now",
    parameters: [ID_PARAMETER, AT_PARAMETER],
    answers: { 200: STILL, 304: NOT_MODIFIED },
    errors: ["ARGUS_CAMERA_UNKNOWN", ...STREAM_ERRORS],
    handle: async (request, response) => sendSnapshot(api, await findCamera(api.store, request.params["id"]), response),
  };
}

function proxyRoute(api: Api): Route {
  return {
    method: "get",
    path: "/api/stream/proxy",
    operationId: "proxyStream",
    tag: "pictures",
    summary: "The picture at a URL that the registry holds",
    description: "A camera's `snapshot_url` answers one JPEG, its `stream_url` the moving picture.",
    parameters: [
      { name: "url", in: "query", required: true, schema: StreamUrl, description: "Exactly as the camera has it." },
      AT_PARAMETER,
    ],
    answers: {
      200: { description: "The picture.", content: { ...MOVING.content, ...STILL.content } },
      304: NOT_MODIFIED,
    },
    errors: ["ARGUS_QUERY_INVALID", "ARGUS_STREAM_URL_UNKNOWN", ...STREAM_ERRORS],
    handle: (request, response) => sendUrl(api, request, response),
  };
}

async function sendUrl(api: Api, request: Request, response: Response): Promise<void> {
  const { url } = readParams(request, ProxyParams);
  const camera = await api.store.findByUrl(url);
  if (camera === null) throw streamUrlUnknown(url);
  if (url === camera.snapshot_url && url !== camera.stream_url) await sendSnapshot(api, camera, response);
  else await sendStream(api, camera, request, response);
}

async function sendSnapshot(api: Api, camera: Camera, response: Response): Promise<void> {
  if (api.stop.aborted) throw stopping();
  const signal = AbortSignal.any([closeSignal(response), api.stop]);
  const { jpeg, taken_at } = await api.streams.snapshot(camera, { signal });
  response.setHeader("Content-Type", "image/jpeg");
  response.setHeader("Cache-Control", `private, max-age=${SNAPSHOT_MAX_AGE_S}`);
  response.setHeader("Last-Modified", new Date(taken_at).toUTCString());
  response.send(Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength));
}

async function sendStream(api: Api, camera: Camera, request: Request, response: Response): Promise<void> {
  if (api.stop.aborted) throw stopping();
  const done = new AbortController();
  const signal = AbortSignal.any([closeSignal(response), api.stop, done.signal]);
  try {
    const { content_type, body } = await api.streams.stream(camera, { signal });
    response.setHeader("Content-Type", content_type);
    response.setHeader("Cache-Control", "no-store, no-transform");
    response.setHeader("X-Accel-Buffering", "no");
    response.flushHeaders();
    if (request.method === "HEAD") response.end();
    else await send(response, body, api.stop);
  } finally {
    done.abort();
  }
}
