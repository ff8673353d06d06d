import type { Server } from "node:http";
import { resolve } from "node:path";
import { defineConfig } from "vite";
import { serveFixture } from "./server";

/** `npm run dev`: the page on http://localhost:5173/dev/play.html against the recorded server. */
export default defineConfig({
  root: resolve(import.meta.dirname, ".."),
  server: { hmr: false },
  plugins: [
    {
      name: "fixture",
      configureServer: (server) => serveFixture(server.httpServer as Server),
    },
  ],
});
