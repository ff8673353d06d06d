// How soon the landing page can be used with an empty cache: node dev/landing.mjs URL [TIMES]. Milliseconds from the request until its
// scripts have run, so that its buttons answer, and until all is loaded.
import { chromium } from "playwright-core";

const [url = "http://localhost:8080", times = "7"] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const taken = [];
for (let i = 0; i < Number(times); i++) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: "load" });
  taken.push(
    await page.evaluate(() => {
      const [navigation] = performance.getEntriesByType("navigation");
      return { interactive: navigation.domContentLoadedEventEnd, load: navigation.loadEventEnd };
    }),
  );
  await context.close();
}
await browser.close();
for (const what of ["interactive", "load"]) {
  const sorted = taken.map((t) => t[what]).sort((a, b) => a - b);
  console.log(`${what}: median ${sorted[sorted.length >> 1].toFixed(0)} ms, longest ${sorted.at(-1).toFixed(0)} ms`);
}
