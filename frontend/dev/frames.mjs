// What a frame costs with 50 containers on 8 networks and 200 packets a second, by Chromium's tracing: node dev/frames.mjs URL [SECONDS].
// URL is a running server's landing page. Says how many frames the screen got, how many of them came late, and what the page's main
// thread worked meanwhile, in milliseconds of processor, which other work on the machine changes less than the time that passes.
import { chromium } from "playwright-core";

const [url = "http://localhost:8080", seconds = "10"] = process.argv.slice(2);
const CONTAINERS = 50;
const NETWORKS = 8;
const BEAT = 1000 / 60;
const CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline.frame", "toplevel", "benchmark", "blink", "cc", "v8"];
/** What belongs to what, by the names of Chromium's trace events; none of these lies within another of its line. */
const WORK = {
  script: ["FireAnimationFrame", "TimerFire", "EventDispatch", "WebSocketReceive", "FunctionCall"],
  "garbage collection": ["MinorGC", "MajorGC"],
  style: ["UpdateLayoutTree"],
  layout: ["Layout"],
  paint: ["PrePaint", "LocalFrameView::RunPaintLifecyclePhase", "Commit"],
  "all tasks": ["ThreadControllerImpl::RunTask"],
};

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
await page.waitForTimeout(3000);

const events = await trace(Number(seconds) * 1000);
await browser.close();

const main = busiest(events, "CrRendererMain");
const done = events.filter((e) => e.ph === "X" && of(e) === main);
const cost = (e) => (e.tdur ?? e.dur) / 1000;
const line = (words, numbers) => console.log(`${words.padEnd(24)}${numbers}`);
const drawn = events.filter((e) => e.name === "Display::FrameDisplayed" || e.name === "DrawFrame");
const shown = drawn.filter((e) => e.name === drawn[0].name).map((e) => e.ts / 1000);
const gaps = shown.sort((a, b) => a - b).flatMap((at, i) => (i === 0 ? [] : [at - shown[i - 1]]));
line("frames on the screen", `${shown.length} in ${seconds} s; ${share(gaps, BEAT * 1.5)} came a beat late or more`);
const frames = done.filter((e) => e.name === "ProxyMain::BeginMainFrame").map(cost);
line(
  "main thread's frames",
  `${frames.length}: median ${at(frames, 0.5)} ms, 95 % ${at(frames, 0.95)} ms, longest ${at(frames, 1)} ms; over 16 ms: ${share(frames, 16)}`,
);
for (const [kind, names] of Object.entries(WORK)) {
  const sum = outermost(done.filter((e) => names.includes(e.name))).reduce((total, e) => total + cost(e), 0);
  line(kind, `${(sum / Number(seconds)).toFixed(0)} ms of a second`);
}

/** All that Chromium noted meanwhile. */
async function trace(milliseconds) {
  const chromium = await browser.newBrowserCDPSession();
  const collected = [];
  chromium.on("Tracing.dataCollected", ({ value }) => collected.push(...value));
  const complete = new Promise((resolve) => chromium.once("Tracing.tracingComplete", resolve));
  await chromium.send("Tracing.start", { traceConfig: { includedCategories: CATEGORIES }, transferMode: "ReportEvents" });
  await page.waitForTimeout(milliseconds);
  await chromium.send("Tracing.end");
  await complete;
  return collected;
}

function of({ pid, tid }) {
  return `${pid}/${tid}`;
}

/** Of the threads of a name, the one that did most: Chromium has a renderer in store. */
function busiest(all, name) {
  const threads = all.filter((e) => e.name === "thread_name" && e.args.name === name).map(of);
  const counts = threads.map((thread) => [all.filter((e) => of(e) === thread).length, thread]);
  return counts.sort(([a], [b]) => b - a)[0][1];
}

/** Without those that lie within another one. */
function outermost(some) {
  let end = 0;
  return some
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur)
    .filter((e) => {
      const outer = e.ts >= end;
      end = outer ? e.ts + e.dur : end;
      return outer;
    });
}

function at(numbers, part) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(1);
}

function share(numbers, limit) {
  const over = numbers.filter((n) => n > limit).length;
  return `${over} (${((100 * over) / numbers.length).toFixed(1)} %)`;
}
