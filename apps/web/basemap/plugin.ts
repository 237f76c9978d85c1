import type { Plugin } from "vite";

import { basemapAssets } from "./assets.ts";

const MODULE = "virtual:basemap";
const RESOLVED = `\0${MODULE}`;
const DEV_FOLDER = "/@basemap/";

/** `import { outlinesUrl, placesUrl } from "virtual:basemap"`: the basemap's files, made at build time. */
export function basemap(): Plugin {
  let building = false;
  return {
    name: "argus-basemap",
    configResolved(config) {
      building = config.command === "build";
    },
    resolveId: (id) => (id === MODULE ? RESOLVED : null),
    load(id) {
      if (id !== RESOLVED) return null;
      const urlOf = (name: string, source: string): string => {
        if (!building) return JSON.stringify(`${DEV_FOLDER}${name}.json`);
        return `import.meta.ROLLUP_FILE_URL_${this.emitFile({ type: "asset", name: `${name}.json`, source })}`;
      };
      return Object.entries(basemapAssets())
        .map(([name, source]) => `export const ${name}Url = ${urlOf(name, source)};`)
        .join("\n");
    },
    configureServer(server) {
      server.middlewares.use(DEV_FOLDER, (request, response, next) => {
        const source = Object.entries(basemapAssets()).find(([name]) => request.url === `/${name}.json`)?.[1];
        if (source === undefined) return next();
        response.setHeader("content-type", "application/json").end(source);
      });
    },
  };
}
