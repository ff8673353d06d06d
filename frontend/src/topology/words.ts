import { nothing, type SVGTemplateResult, svg } from "lit";
import type { Box } from "./scene";
import type { Letters } from "./viewport";
import type { Lit } from "./way";

/** Widths of letters, in their size. */
const MONO = 0.61;
const SANS = 0.56;
const BOLD = 0.61;
/** By so much m and w are wider than other bold letters. */
const WIDE = 0.4;
const CAPITAL = { I: 0.34, W: 1 } as Record<string, number>;
const OTHER_CAPITAL = 0.73;
/** Sizes of letters, as the style sheet has them, unless they would be too small to read. */
const NAME = 12.5;
const SMALL = 11;
const TINY = 10.5;
/** Names may be smaller than other letters by so much where they have no room. */
const SMALLEST = 0.86;
/** Hooks are known by their names, which must not be cut: they may be smaller than other letters by so much. */
const SMALLEST_STATION = 0.8;

/** What is written in a box: all of it near by, from afar only what it is called, larger. */
export function drawWords(box: Box, lit: Lit | undefined, { far, least }: Letters): SVGTemplateResult | typeof nothing {
  return far ? drawName(box, least) : drawAll(box, lit, least);
}

/** The name, a little larger than must be, or a little smaller if the box has no room for that. */
function drawName(box: Box, least: number): SVGTemplateResult | typeof nothing {
  if (box.kind === "band") {
    return nothing;
  }
  if (box.kind === "device" && box.h < 24) {
    return drawTabName(box, least);
  }
  const middle = ["station", "switch", "fold"].includes(box.kind);
  const pad = middle ? 4 : 7;
  const room = box.w - 2 * pad - (box.fold && box.kind === "bridge" ? 30 : 0);
  const name = box.called ?? box.title;
  const letter = /^[A-Z]+$/.test(name) ? capitals(name) : middle ? SANS : bold(name);
  const size = Math.min(
    Math.max(NAME, least * 1.1),
    Math.max(least * (box.kind === "station" ? SMALLEST_STATION : SMALLEST), room / (name.length * letter)),
    box.h * 0.8,
  );
  if (box.kind === "host") {
    return svg`<text class="name" text-anchor="end" font-size=${round(size)} x=${box.x + box.w - 18} y=${box.y + 14 + size}>${name}</text>`;
  }
  const words = shorten(name, room / (size * letter) + 0.01);
  const smaller = Math.max(size * 0.85, least);
  const address = box.address ? placeAddress(box.address, box, words.length * size * bold(words), smaller, room) : undefined;
  const below = address?.beside === false;
  const y = box.y + box.h / 2 + size * 0.35 - (below ? smaller * 0.6 : 0);
  return svg`<text class=${middle ? "" : "name"} font-size=${round(size)} text-anchor=${middle ? "middle" : "start"} x=${middle ? box.x + box.w / 2 : box.x + pad} y=${y}>${words}${
    address?.beside ? svg`<tspan class="mono dim" font-size=${round(smaller)} dx="8">${address.text}</tspan>` : nothing
  }</text>${below ? svg`<text class="mono dim" font-size=${round(smaller)} x=${box.x + pad} y=${y + smaller * 1.2}>${address!.text}</text>` : nothing}`;
}

/** How wide a letter is, as a mean, of a name in capitals. */
const capitals = (name: string) => [...name].reduce((sum, letter) => sum + (CAPITAL[letter] ?? OTHER_CAPITAL), 0) / name.length;

/** The same of a bold name, which m and w make wide. */
const bold = (name: string) => BOLD + (WIDE * [...name].filter((letter) => "mw".includes(letter)).length) / name.length;

/** An interface's name on the edge of its cell, where it can be read. */
function drawTabName(box: Box, least: number): SVGTemplateResult | typeof nothing {
  const size = least * 0.92;
  const fits = size <= box.h * 0.82 && box.title.length * size * MONO <= box.w - 8;
  return fits
    ? svg`<text class="mono dim" font-size=${round(size)} text-anchor="middle" x=${box.x + box.w / 2} y=${box.y + box.h / 2 + size * 0.34}>${box.title}</text>`
    : nothing;
}

const round = (pixels: number) => Math.round(pixels * 10) / 10;

/** The address, without the length of its prefix if that has no room, and where it is written; undefined if nowhere. */
function placeAddress(
  address: string,
  box: Box,
  nameWidth: number,
  size: number,
  room: number,
): { text: string; beside: boolean } | undefined {
  const bare = address.replace(/\/\d+/, "");
  const width = (text: string) => text.length * size * MONO;
  const beside = [address, bare].find((text) => nameWidth + 10 + width(text) <= room);
  if (beside !== undefined) {
    return { text: beside, beside: true };
  }
  return width(bare) <= room + 4 && box.h > size * 2.5 ? { text: bare, beside: false } : undefined;
}

function drawAll(box: Box, lit: Lit | undefined, least: number): SVGTemplateResult | typeof nothing {
  const left = box.x + 12;
  /** How many letters of a size there is room for. */
  const fits = (room: number, width: number, size: number) => room / (width * Math.max(size, least));
  switch (box.kind) {
    case "host":
      return svg`<text class="name big" text-anchor="end" x=${box.x + box.w - 18} y=${box.y + 26}>${box.title}</text>
        <text class="dim small" text-anchor="end" x=${box.x + box.w - 18} y=${box.y + 42}>${box.lines?.[0]}</text>`;
    case "band":
      return svg`<text class="dim small" x=${left + 4} y=${box.y + box.h - 12}>${box.title}</text>`;
    case "switch":
      return svg`<text text-anchor="middle" x=${box.x + box.w / 2} y=${box.y + box.h / 2 + 4}>${box.title}</text>`;
    case "machine":
      return drawMachine(box, least);
    case "bridge":
      return drawBridge(box, left + 2, fits, least);
    case "station":
      return drawStation(box, lit, fits);
    case "namespace":
    case "ghost":
      return box.h < 60
        ? drawLowCell(box, left, fits)
        : svg`<text class="name" x=${left} y=${box.y + 30}>${clip(box.title, fits(box.w - 20, BOLD, NAME))}</text>${drawCellLines(box, left, fits)}`;
    case "fold":
      return svg`<text class="small" text-anchor="middle" x=${box.x + box.w / 2} y=${box.y + box.h / 2 + 4}>${box.title}</text>`;
    case "device":
    case "loose": {
      const y = box.y + box.h / 2 + 4;
      const tab = box.h < 24;
      if (box.h < 14) {
        return nothing;
      }
      const named = box.title.length * Math.max(NAME, least) * BOLD;
      const placed = box.address ? placeAddress(box.address, box, named, Math.max(SMALL, least), box.w - 16) : undefined;
      const address = tab ? box.address : placed?.beside ? placed.text : undefined;
      return svg`<text class=${tab ? "mono tiny" : ""} x=${tab ? box.x + 9 : left} y=${y}><tspan class=${tab ? "" : "name"}>${box.title}</tspan>${
        address ? svg`<tspan class="mono dim ${tab ? "tiny" : "small"}" dx=${tab ? 5 : 7}>${address}</tspan>` : nothing
      }</text>`;
    }
  }
}

/** A line for each of its addresses, as a router has two sides; in large letters there is room for the first. */
function drawMachine(box: Box, least: number): SVGTemplateResult {
  const all = [box.address, ...(box.lines ?? [])].filter(Boolean);
  const addresses = 16 + all.length * Math.max(14, least * 1.15) <= box.h - 2 ? all : all.slice(0, 1);
  const [first, pitch] = addresses.length > 1 ? [15, 14] : [21, 17];
  return svg`<text class="name" x=${box.x + 8} y=${box.y + first}>${box.title}</text>
    ${addresses.map((address, i) => svg`<text class="mono dim small" x=${box.x + 8} y=${box.y + first + (i + 1) * pitch}>${address}</text>`)}`;
}

type Fits = (room: number, width: number, size: number) => number;

/** A switch and an interface with an address: beside its name if there is room, else below it. */
function drawBridge(box: Box, x: number, fits: Fits, least: number): SVGTemplateResult {
  const room = box.w - (box.fold ? 54 : 24);
  const address = box.address ?? "";
  const width = box.title.length * Math.max(NAME, least) * BOLD + 8 + address.length * Math.max(SMALL, least) * MONO;
  const beside = width <= room + 6;
  const what = (box.lines?.[0] ?? "").split(" · ");
  if (!beside) {
    what.splice(box.called ? 1 : 0, 0, address);
  }
  return svg`<text class="name" x=${x} y=${box.y + 19}>${clip(box.title, fits(room, BOLD, NAME))}${
    beside ? svg`<tspan class="mono dim small" dx="8">${address}</tspan>` : nothing
  }</text>
    <text class="dim small" x=${x} y=${box.y + 36}>${whole(what, fits(room, 0.51, SMALL))}</text>`;
}

function drawLowCell(box: Box, x: number, fits: Fits): SVGTemplateResult {
  const address = box.address ?? "";
  const one = 1 / fits(1, 1, 1);
  const room = fits(box.w - 22 - address.length * Math.max(TINY, one) * MONO, SANS, NAME);
  const [image = "", state = ""] = box.lines ?? [];
  const what = state.startsWith("listens ") ? `${image} ${state.slice(8)}` : state || image;
  return svg`<text class="name" x=${x} y=${box.y + 19}>${clip(box.title, room)}</text>
    <text class="mono dim tiny" text-anchor="end" x=${box.x + box.w - 8} y=${box.y + 19}>${address}</text>
    <text class="dim small" x=${x} y=${box.y + 33}>${clip(what, fits(box.w - 20, 0.53, SMALL))}</text>`;
}

function drawCellLines(box: Box, x: number, fits: Fits): SVGTemplateResult {
  return svg`<text class="dim small" x=${x} y=${box.y + 48}>${clip(box.lines?.[0] ?? "", fits(box.w - 20, 0.53, SMALL))}</text>
    <text class="mono small" x=${x} y=${box.y + 67}>${clip(box.lines?.[1] ?? "", fits(box.w - 20, MONO, SMALL))}</text>`;
}

function drawStation(box: Box, lit: Lit | undefined, fits: Fits): SVGTemplateResult {
  const mark = lit?.marks.get(box.id);
  const rewrite = lit?.rewrites.get(box.id);
  const tall = box.h > 34;
  if ((!mark && !rewrite) || !tall) {
    return svg`<text class="station-name" text-anchor="middle" x=${box.x + box.w / 2} y=${box.y + box.h / 2 + 4}>${box.title}</text>`;
  }
  const sign = rewrite ? signOf(rewrite.which, lit?.back === true) : "";
  const full = mark ? [mark.table, mark.rule].filter(Boolean).join(" · ") : "";
  const room = fits(box.w - 16, MONO, SMALL) - (sign ? sign.length + 1 : 0);
  return svg`<text class="station-name name" x=${box.x + 9} y=${box.y + 16}>${box.title}</text>
    <text class="mono small" x=${box.x + 9} y=${box.y + 32}>${clipRule(full.length <= room ? full : (mark?.rule ?? ""), room)}${
      sign ? svg`<tspan class="sign" dx=${mark ? 6 : 0}>${sign}</tspan>` : nothing
    }</text>`;
}

function signOf(which: "dst" | "src", back: boolean): string {
  if (back) {
    return which === "dst" ? "▲ un-SNAT" : "▼ un-DNAT";
  }
  return which === "dst" ? "▲ DNAT" : "▼ SNAT";
}

/** Cut, where need be, but not the number of the rule. */
function clipRule(rule: string, characters: number): string {
  const number = / #\d+$/.exec(rule)?.[0] ?? "";
  return clip(rule.slice(0, rule.length - number.length), characters - number.length) + number;
}

/** As many of the parts as there is room for. */
function whole(parts: readonly string[], characters: number): string {
  const fitting = parts.filter((_, i) => i === 0 || parts.slice(0, i + 1).join(" · ").length <= characters);
  return clip(fitting.join(" · "), characters);
}

/** To its first word if that is all there is room for. */
function shorten(name: string, characters: number): string {
  const [first = ""] = name.split(" ");
  return name.length > characters && first !== name && first.length <= characters ? first : clip(name, characters);
}

/** What there is room for of a cable's name, in small letters. */
export const cableName = (name: string, room: number, least: number) => clip(name, room / (MONO * Math.max(TINY, least)));

function clip(text: string, characters: number): string {
  const room = Math.max(3, Math.floor(characters));
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
}
