// Screenshots of the page's main states in both themes and four sizes, for looking at: node dev/shots.mjs URL DIRECTORY [THEME-WIDTH].
// URL is the page on the recorded server, or a running server's landing page, of which it then starts a lab.
import { mkdirSync } from "node:fs";
import { chromium } from "playwright-core";

const [url = "http://localhost:5173/dev/play.html", directory = "shots"] = process.argv.slice(2);
const only = process.argv[4];
const SIZES = [
  [1440, 900],
  [1024, 768],
  [390, 844],
  [844, 390],
];
const isNarrow = (width, height) => width < 760 || height <= 500;

// What is typed for the picture of a drop: the recorded server knows words of its own.
const RECORDED_DROP = [
  ["host", "docker network create app; docker run --network app db"],
  ["host", "docker run cache"],
];
const RECORDED_DROPPED = ["client", "blocked"];
const REAL_DROP = [
  ["host", "docker network create app; docker run -d --name db --network app my-app"],
  ["host", "docker run -d --name cache my-app; iptables -I DOCKER-USER -s 192.168.1.20 -j DROP"],
];
const REAL_DROPPED = ["client", "curl -m 2 192.168.1.10:5001"];

const showTab = async (page, name) => {
  const tab = page.locator(`.narrow-tabs [data-for=${name}]`);
  if (await tab.isVisible()) {
    await tab.click();
  }
};

const type = async (page, node, line) => {
  await page.getByRole("tab", { name: node, exact: true }).click();
  await page.waitForTimeout(150);
  await page.keyboard.type(line);
  await page.keyboard.press("Enter");
  await page.waitForTimeout(500);
};

/** Fifty containers on eight networks. */
async function crowd(page, session) {
  const exec = (command) => page.request.post(new URL(`/api/v1/sessions/${session}/exec`, url).href, { data: { node: "host", command } });
  await exec("for i in $(seq 8); do docker network create n$i; done");
  await exec("for i in $(seq 47); do docker run -d --name c$i --network n$(((i - 1) % 8 + 1)) my-app; done");
  await page.waitForTimeout(1500);
}

async function shoot(browser, theme, width, height) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: theme });
  page.on("console", (m) => m.type() === "error" && console.log("console:", m.text()));
  page.on("pageerror", (e) => console.log("error:", e.message));
  const narrow = isNarrow(width, height);
  const tab = (name) => showTab(page, name);
  const shot = async (name) => {
    await page.waitForTimeout(300);
    await page.screenshot({ path: `${directory}/${name}-${theme}-${width}.png` });
  };
  await page.goto(url);
  const start = page.locator("[data-start]").first();
  const real = (await start.count()) > 0;
  if (real) {
    await page.screenshot({ path: `${directory}/0-landing-${theme}-${width}.png`, fullPage: true });
    await start.click();
  }
  await page.waitForSelector(".scene");
  await tab("terminal");
  await page.waitForSelector(".xterm-rows", { state: "attached" });
  await page.waitForTimeout(600);
  await tab("topology");
  await shot("1-empty");
  await tab("terminal");
  await type(page, "host", "docker run -d --name web -p 5001:5001 my-app");
  await type(page, "client", "curl 192.168.1.10:5001");
  if (narrow) {
    await shot("2-terminal");
  }
  await tab("topology");
  await shot("2-flying");
  await page.waitForTimeout(5000);
  await shot("3-after-curl");
  await page.evaluate(() => document.activeElement?.blur());
  await page.locator(".tick.plain").first().click();
  await page.getByRole("button", { name: "To the packet’s first stage" }).click();
  for (let i = 0; i < 11; i++) {
    await page.evaluate(() => document.activeElement?.blur());
    await page.keyboard.press("ArrowRight");
  }
  await shot("4-stepped");
  await page.getByRole("button", { name: "Netfilter map" }).click();
  await page.waitForTimeout(600);
  await shot("4-netfilter-map");
  await page.keyboard.press("n");
  await tab("journey");
  if (narrow) {
    await shot("4-journey");
  }
  await tab("terminal");
  for (const line of real ? REAL_DROP : RECORDED_DROP) {
    await type(page, ...line);
  }
  if (!narrow) {
    await page.getByRole("button", { name: "Two terminals side by side" }).click();
  }
  await type(page, ...(real ? REAL_DROPPED : RECORDED_DROPPED));
  await tab("topology");
  await page.waitForTimeout(2500);
  await shot("5-drop");
  if (!narrow) {
    await page
      .locator(".box.bridge")
      .first()
      .click({ position: { x: 20, y: 20 } });
    await page.waitForTimeout(700);
    await shot("6-inspector");
  }
  await page.getByRole("button", { name: "Share" }).click();
  await page.waitForTimeout(500);
  await shot("7-share");
  const session = page.url().split("/").at(-1);
  const link = real ? await page.getByLabel("Link", { exact: true }).inputValue() : undefined;
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Keys and signs" }).click();
  await shot("8-help");
  await page.keyboard.press("Escape");
  if (real) {
    await crowd(page, session);
    await shot("11-fifty-containers");
    await page.getByRole("combobox", { name: "Find in the drawing" }).fill("c27");
    await page.keyboard.press("Enter");
    await shot("12-found");
  }
  if (link) {
    await page.goto(link.replace("/share/", "/embed/"));
    await page.waitForSelector(".scene");
    await page.waitForTimeout(1200);
    await shot("9-embed");
    await page.setViewportSize({ width: 640, height: 400 });
    await shot("9-embed-small");
    await page.setViewportSize({ width, height });
    await page.goto(new URL(`/s/${"0".repeat(32)}`, url).href);
    await shot("10-gone");
  }
  await page.close();
}

/** What a person is told when something is in the way: each state that has words of its own, by what the server says, or by its silence. */
async function shootStates(browser, theme, width, height) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: theme });
  page.on("pageerror", (e) => console.log("error:", e.message));
  const tab = (name) => showTab(page, name);
  const shot = async (name) => {
    await page.waitForTimeout(400);
    await page.screenshot({ path: `${directory}/${name}-${theme}-${width}.png` });
  };
  const open = [];
  let mode = "passes";
  await page.routeWebSocket(/\/ws\/v1\/sessions\//, (socket) => {
    if (mode === "down" || mode === "gone") {
      socket.close(mode === "gone" ? { code: 4404, reason: "gone" } : { code: 3000, reason: "cut" });
      return;
    }
    if (mode === "asleep") {
      socket.onMessage(() => socket.send(JSON.stringify({ v: 1, type: "replaying", commands: 37 })));
      return;
    }
    open.push(socket, socket.connectToServer());
  });
  const cut = (now) => {
    mode = now;
    for (const socket of open.splice(0)) {
      socket.close({ code: 3000, reason: "cut" });
    }
  };
  const made = await (await page.request.post(new URL("/api/v1/sessions", url).href, { data: { world: "lab" } })).json();
  const exec = (command) => page.request.post(new URL(`/api/v1/sessions/${made.id}/exec`, url).href, { data: { node: "host", command } });
  mode = "asleep";
  await page.goto(new URL(`/s/${made.id}`, url).href);
  await page.waitForSelector(".status p");
  await shot("13-asleep");
  mode = "passes";
  await page.reload();
  await page.waitForSelector(".scene");
  await page.locator(".begin button.icon").click();
  await shot("14-nothing-has-moved");
  await exec("docker run -d --name web -p 5001:5001 my-app; for i in $(seq 63); do docker create my-app > /dev/null; done");
  await tab("terminal");
  await type(page, "host", "docker run -d my-app");
  await shot("15-limit");
  open[0]?.send(JSON.stringify({ v: 1, type: "events", seq: 9e15, events: [], dropped: 1234 }));
  await shot("16-left-behind");
  await page.reload();
  await page.waitForSelector(".scene");
  await page.getByRole("button", { name: "Step", exact: true }).click();
  await page.locator(".status p").waitFor();
  await tab("terminal");
  await type(page, "client", "curl 192.168.1.10:5001");
  await shot("17-held");
  cut("down");
  await shot("18-reconnecting");
  mode = "gone";
  await page.waitForSelector(".status .gone", { timeout: 20000 });
  await shot("19-gone");
  await page.close();
}

mkdirSync(directory, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const [width, height] of SIZES) {
  for (const theme of ["light", "dark"]) {
    if (!only || `${theme}-${width}`.includes(only)) {
      await shoot(browser, theme, width, height);
      if (!url.includes("/dev/play")) {
        await shootStates(browser, theme, width, height);
      }
    }
  }
}
await browser.close();
