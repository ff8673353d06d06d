// How long the page's frames take with 50 containers on 8 networks and 200 packets a second: node dev/frames.mjs URL [SECONDS].
// URL is a running server's landing page. Frames are counted by requestAnimationFrame; a frame over 16.7 ms missed a beat of 60 Hz.
import { chromium } from "playwright-core";

const [url = "http://localhost:8080", seconds = "10"] = process.argv.slice(2);
const CONTAINERS = 50;
const NETWORKS = 8;
const BEAT = 1000 / 60;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(url);
await page.locator("[data-start]").first().click();
await page.waitForSelector(".scene");
const session = page.url().split("/").at(-1);
const exec = async (command) => {
  const answer = await page.request.post(new URL(`/api/v1/sessions/${session}/exec`, url).href, { data: { node: "host", command } });
  if (!answer.ok()) {
    throw new Error(`${command}: ${await answer.text()}`);
  }
};
await exec(Array.from({ length: NETWORKS }, (_, i) => `docker network create n${i}`).join("; "));
for (let i = 0; i < CONTAINERS; i++) {
  await exec(`docker run -d --name c${i} --network n${i % NETWORKS} my-app`);
}
await page.getByRole("tab", { name: "client", exact: true }).click();
await page.waitForTimeout(300);
await page.keyboard.type("ping -q -i 0.01 192.168.1.10");
await page.keyboard.press("Enter");
await page.waitForTimeout(2000);
const frames = await page.evaluate(
  (milliseconds) =>
    new Promise((done) => {
      const lengths = [];
      const begun = performance.now();
      let before = begun;
      const frame = () => {
        const now = performance.now();
        lengths.push(now - before);
        before = now;
        now - begun < milliseconds ? requestAnimationFrame(frame) : done(lengths);
      };
      requestAnimationFrame(frame);
    }),
  Number(seconds) * 1000,
);
await browser.close();
frames.sort((a, b) => a - b);
const at = (share) => frames[Math.min(frames.length - 1, Math.floor(frames.length * share))].toFixed(1);
const late = frames.filter((length) => length > BEAT * 1.05).length;
console.log(`${frames.length} frames in ${seconds} s: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, 99 % ${at(0.99)} ms, longest ${at(1)} ms`);
console.log(`over 16 ms: ${late} (${((100 * late) / frames.length).toFixed(1)} %)`);
