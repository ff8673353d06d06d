import { defineConfig } from "vitest/config";

// Assets are hashed and listed in manifest.json; the pages look their entry points up there.
export default defineConfig({
  base: "/assets/",
  build: {
    outDir: "dist",
    assetsDir: "",
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ["src/app/play.ts", "src/app/landing.ts", "src/app/workshop.ts"] },
  },
  // no test is about time, and a machine that does other things is slow
  test: { include: ["src/**/*.test.ts", "dev/**/*.test.ts"], testTimeout: 120_000 },
});
