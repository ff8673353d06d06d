// The pictures of the README, from the running product: node dev/pictures.mjs http://localhost:8080/ ../docs
// A screenshot of each theme, and a packet's way stage by stage as an animated PNG: its frames are put together here, for no tool is needed.
import { writeFileSync } from "node:fs";
import { deflateSync, inflateSync } from "node:zlib";
import { chromium } from "playwright-core";

const [url = "http://localhost:8080/", directory = "../docs"] = process.argv.slice(2);
const SIZE = { width: 1200, height: 750 };
const FRAME_MILLISECONDS = 600;
const LAST_FRAME_MILLISECONDS = 2500;
const MOST_STAGES = 60;
const COLOURS = 128;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
for (const theme of ["light", "dark"]) {
  const page = await browser.newPage({ viewport: SIZE, colorScheme: theme, reducedMotion: "reduce" });
  await page.goto(url);
  await page.locator("[data-start]").first().click();
  await page.waitForSelector(".xterm-rows", { state: "attached" });
  const type = async (node, line, shown) => {
    await page.getByRole("tab", { name: node, exact: true }).click();
    await page.locator(`.terminal:not([hidden]) .xterm-rows:has-text("root@${node}")`).waitFor();
    await page.keyboard.type(line);
    await page.keyboard.press("Enter");
    await page.locator(`.terminal:not([hidden]) .xterm-rows:has-text("${shown}")`).waitFor();
  };
  await type("host", "docker run -d --name cache redis", "root@host:~# docker run");
  await type("host", "docker run -d --name web -p 5001:5001 my-app; docker ps --format '{{.Names}} is up'", "web is up");
  await type("client", "curl 192.168.1.10:5001", "saw 192.168.1.20");
  await page.locator(".tick.plain").filter({ hasText: "SYN" }).first().click();
  await page.evaluate(() => document.activeElement?.blur());
  const settle = () => page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  await page.getByRole("button", { name: "To the packet’s first stage" }).click();
  await page.evaluate(() => document.activeElement?.blur());
  const frames = [];
  for (let stage = 0, arrived = false; !arrived && stage < MOST_STAGES; stage++) {
    await settle();
    arrived = (await page.locator(".hop.now .verdict.pass").count()) > 0;
    const dnat = await page.locator(".hop.now .diff.dnat").count();
    if (theme === "light") {
      frames.push(await page.screenshot());
    }
    if (dnat > 0) {
      await page.screenshot({ path: `${directory}/playground-${theme}.png` });
      if (theme === "dark") {
        break;
      }
    }
    await page.keyboard.press("ArrowRight");
  }
  if (theme === "light") {
    writeFileSync(`${directory}/packet.png`, animated(frames.map(pixels)));
  }
  await page.close();
}
await browser.close();

/** Chromium's screenshots: 8 bits a channel, RGB or RGBA, not interlaced. */
function pixels(png) {
  let at = 8;
  let header;
  const data = [];
  while (at < png.length) {
    const length = png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (type === "IHDR") {
      header = { width: body.readUInt32BE(0), height: body.readUInt32BE(4), channels: body[9] === 6 ? 4 : 3 };
    } else if (type === "IDAT") {
      data.push(body);
    }
    at += length + 12;
  }
  const { width, height, channels } = header;
  const raw = inflateSync(Buffer.concat(data));
  const stride = width * channels;
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const value = raw[y * (stride + 1) + 1 + x];
      const left = x >= channels ? out[y * stride + x - channels] : 0;
      const up = y > 0 ? out[(y - 1) * stride + x] : 0;
      const corner = y > 0 && x >= channels ? out[(y - 1) * stride + x - channels] : 0;
      out[y * stride + x] = value + [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
    }
  }
  return { width, height, channels, out };
}

function paeth(a, b, c) {
  const p = a + b - c;
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/** An animated PNG with one palette; of every frame but the first, only the rectangle that changed. */
function animated(frames) {
  const { width, height, channels } = frames[0];
  const colour = (f, i) => (f.out[i * channels] << 16) | (f.out[i * channels + 1] << 8) | f.out[i * channels + 2];
  const counts = new Map();
  for (const f of frames) {
    for (let i = 0; i < width * height; i++) {
      const c = colour(f, i);
      counts.set(c, (counts.get(c) ?? 0) + 1);
    }
  }
  const palette = [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, COLOURS)
    .map(([c]) => c);
  const nearest = new Map();
  const index = (c) => {
    let best = nearest.get(c);
    if (best === undefined) {
      best = 0;
      let least = Number.POSITIVE_INFINITY;
      palette.forEach((p, i) => {
        const d = ((p >> 16) - (c >> 16)) ** 2 + (((p >> 8) & 255) - ((c >> 8) & 255)) ** 2 + ((p & 255) - (c & 255)) ** 2;
        if (d < least) {
          least = d;
          best = i;
        }
      });
      nearest.set(c, best);
    }
    return best;
  };
  const images = frames.map((f) => Uint8Array.from({ length: width * height }, (_, i) => index(colour(f, i))));
  const chunks = [chunk("IHDR", u32(width), u32(height), [8, 3, 0, 0, 0]), chunk("acTL", u32(frames.length), u32(0))];
  chunks.push(
    chunk(
      "PLTE",
      palette.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]),
    ),
  );
  let sequence = 0;
  images.forEach((image, n) => {
    const { x, y, w, h } = n === 0 ? { x: 0, y: 0, w: width, h: height } : changed(images[n - 1], image, width, height);
    const milliseconds = n === images.length - 1 ? LAST_FRAME_MILLISECONDS : FRAME_MILLISECONDS;
    chunks.push(chunk("fcTL", u32(sequence++), u32(w), u32(h), u32(x), u32(y), u16(milliseconds), u16(1000), [0, 0]));
    const rows = [];
    for (let row = y; row < y + h; row++) {
      rows.push(Buffer.from([0]), image.subarray(row * width + x, row * width + x + w));
    }
    const data = deflateSync(Buffer.concat(rows), { level: 9 });
    chunks.push(n === 0 ? chunk("IDAT", data) : chunk("fdAT", u32(sequence++), data));
  });
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...chunks, chunk("IEND")]);
}

function changed(before, now, width, height) {
  let [left, top, right, bottom] = [width - 1, height - 1, 0, 0];
  for (let i = 0; i < now.length; i++) {
    if (now[i] !== before[i]) {
      const [x, y] = [i % width, Math.floor(i / width)];
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return right < left ? { x: 0, y: 0, w: 1, h: 1 } : { x: left, y: top, w: right - left + 1, h: bottom - top + 1 };
}

function chunk(type, ...parts) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), ...parts.map((p) => Buffer.from(p))]);
  return Buffer.concat([u32(body.length - 4), body, u32(crc(body))]);
}

function u32(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

function u16(value) {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function crc(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) {
    c ^= byte;
    for (let k = 0; k < 8; k++) {
      c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    }
  }
  return c ^ 0xffffffff;
}
