import { join, sep } from "node:path";

import express, { type Response, type Router } from "express";

import { pageMissing } from "./errors.ts";
import { refuseMethod } from "./route.ts";

const FOREVER = "public, max-age=31536000, immutable";

/** The built page: hashed assets are kept for ever, everything else is asked for again by ETag. */
export function pageRouter(folder: string): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  const assets = join(folder, "assets") + sep;
  const setHeaders = (response: Response, path: string): void => {
    response.setHeader("Cache-Control", path.startsWith(assets) ? FOREVER : "no-cache");
  };
  router.use(express.static(folder, { cacheControl: false, dotfiles: "ignore", redirect: false, setHeaders }));
  router.get("/", (request, response) => {
    const error = pageMissing(folder);
    if (request.accepts(["json", "html"]) !== "html") throw error;
    response.status(503).type("html").send(missingPage(error.message));
  });
  router.all("/", refuseMethod(["get"]));
  return router;
}

function missingPage(message: string): string {
  const text = message.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Argus</title><h1>Argus</h1><p>${text}</p></html>\n`;
}
