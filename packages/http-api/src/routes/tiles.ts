import type { Request, Response } from "express";
import { z } from "zod";

import { FILTER_PARAMETERS } from "../camera-parameters.ts";
import { changeTags, endWithoutBody } from "../change-tag.ts";
import { tileInvalid } from "../errors.ts";
import type { Api } from "../options.ts";
import { paramsOf, readFilter } from "../params.ts";
import type { TileAddress } from "../ports.ts";
import type { Parameter, Route } from "../route.ts";

const MEDIA_TYPE = "application/vnd.mapbox-vector-tile";
const MAX_ZOOM = 22;
const WHOLE = /^(?:0|[1-9]\d{0,9})$/u;

const ADDRESS_PARAMETERS: readonly Parameter[] = [
  addressParameter("z", `The zoom, 0 to ${MAX_ZOOM}.`),
  addressParameter("x", "The column from the west, 0 to 2^z - 1."),
  addressParameter("y", "The row from the north, 0 to 2^z - 1."),
];

/** The map: clusters, and close up the cameras. */
export function tileRoutes(api: Api): Route[] {
  const tagAnswer = changeTags(api.store);
  return [
    {
      method: "get",
      path: "/api/tiles/:z/:x/:y.mvt",
      operationId: "getTile",
      tag: "map",
      summary: "A map tile of the cameras a filter selects",
      description:
        "Mapbox Vector Tile 2.1 in web mercator, with the layers `clusters` and `cameras`. " +
        "Where there are no cameras it has no layers, and so not a byte.",
      parameters: [...ADDRESS_PARAMETERS, ...FILTER_PARAMETERS],
      answers: {
        200: { description: "The tile.", content: { [MEDIA_TYPE]: null } },
        304: { description: "Nothing changed since the tile the client has." },
      },
      errors: ["ARGUS_TILE_INVALID", "ARGUS_QUERY_INVALID"],
      async handle(request, response) {
        const { store } = api;
        const address = readAddress(request);
        const filter = readFilter(paramsOf(request));
        const tag = await tagAnswer(request, filter);
        response.setHeader("Content-Type", MEDIA_TYPE);
        // A map that is being moved gives most tiles up again before they are made.
        if (response.destroyed || endWithoutBody(request, response, tag)) return;
        sendTile(response, await store.tile(address, filter));
      },
    },
  ];
}

/**
 * An empty tile is sent as 200 with nothing in it, which is a valid tile without layers. Maps read that as they read a
 * 204; but 204 would have no media type, and HEAD could not tell which of the two it is without making the tile.
 */
function sendTile(response: Response, tile: Uint8Array): void {
  response.setHeader("Content-Length", tile.byteLength);
  response.end(tile);
}

/** @throws ArgusError ARGUS_TILE_INVALID naming the coordinate */
function readAddress(request: Request): TileAddress {
  const zoom = readWhole(request, "z", MAX_ZOOM);
  const last = 2 ** zoom - 1;
  return { z: zoom, x: readWhole(request, "x", last), y: readWhole(request, "y", last) };
}

function readWhole(request: Request, name: keyof TileAddress, max: number): number {
  const text = String(request.params[name]);
  if (!WHOLE.test(text) || Number(text) > max) throw tileInvalid(name, text, max);
  return Number(text);
}

function addressParameter(name: keyof TileAddress, description: string): Parameter {
  return { name, in: "path", required: true, schema: z.int().min(0), description };
}
