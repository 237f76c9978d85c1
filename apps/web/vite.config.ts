import { defineConfig } from "vite";

import { basemap } from "./basemap/plugin.ts";

/** Where the development server finds the API; `pnpm dev` in the root starts that server beside it. */
const API = "http://127.0.0.1:8765";

export default defineConfig({
  plugins: [basemap()],
  resolve: { conditions: ["@argus/source", "module", "browser", "development|production"] },
  build: {
    target: "es2022",
    // The page's content security policy takes neither inline scripts nor data: URLs for anything but pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // MapLibre is one chunk, loaded after the first paint.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: "maplibre", test: /node_modules.maplibre-gl/u }] } },
    },
  },
  server: {
    // The API refuses foreign origins; the proxy speaks as the server's own page.
    proxy: { "/api": { target: API, changeOrigin: true, headers: { origin: API } } },
  },
});
