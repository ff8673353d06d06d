import { nothing, type SVGTemplateResult, svg } from "lit";
import type { Box } from "./scene";
import type { Lit } from "./way";

const MONO = 6.7;
const SANS = 7;
/** Widths of bold letters, in their size. */
const SMALL = 0.58;
const CAPITAL = 0.76;

/** What is written in a box: all of it near by, from afar only what it is called, larger. */
export function drawWords(box: Box, lit: Lit | undefined, enlarged: number): SVGTemplateResult | typeof nothing {
  return enlarged > 1 ? drawName(box, enlarged) : drawAll(box, lit);
}

/** The name in letters so much larger, as far as the box has room for it. */
function drawName(box: Box, enlarged: number): SVGTemplateResult | typeof nothing {
  if (box.kind === "band" || (box.kind === "device" && box.h < 24)) {
    return nothing;
  }
  const middle = ["station", "switch", "fold"].includes(box.kind);
  const pad = box.kind === "switch" ? 8 : middle ? 4 : 10;
  const room = box.w - 2 * pad - (box.fold && box.kind === "bridge" ? 30 : 0);
  const name = box.called ?? box.title;
  const letter = /^[A-Z]+$/.test(name) ? CAPITAL : SMALL;
  const size = Math.min(12.5 * enlarged, Math.max(12.5, room / (name.length * letter)), box.h * 0.72);
  if (box.kind === "host") {
    return svg`<text class="name" text-anchor="end" font-size=${round(size)} x=${box.x + box.w - 18} y=${box.y + 14 + size}>${name}</text>`;
  }
  const words = clip(name, room / (size * letter) + 0.01);
  const address = box.address && box.kind !== "device" ? drawAddress(box, words, size, room) : undefined;
  const below = address?.below === true;
  const y = box.y + box.h / 2 + size * 0.35 - (below ? size * 0.55 : 0);
  return svg`<text class="name" font-size=${round(size)} text-anchor=${middle ? "middle" : "start"} x=${middle ? box.x + box.w / 2 : box.x + pad} y=${y}>${words}${
    address && !below ? svg`<tspan class="mono dim" font-size=${round(size * 0.85)} dx="8">${box.address}</tspan>` : nothing
  }</text>${below ? svg`<text class="mono dim" font-size=${round(size * 0.85)} x=${box.x + pad} y=${y + size * 1.1}>${box.address}</text>` : nothing}`;
}

const round = (pixels: number) => Math.round(pixels * 10) / 10;

/** An address beside the name, or below it, if there is room. */
function drawAddress(box: Box, words: string, size: number, room: number): { below: boolean } | undefined {
  const width = box.address!.length * size * 0.85 * 0.6;
  if (words.length * size * SMALL + 8 + width <= room) {
    return { below: false };
  }
  return width <= room && box.h > size * 2.4 ? { below: true } : undefined;
}

function drawAll(box: Box, lit: Lit | undefined): SVGTemplateResult | typeof nothing {
  const left = box.x + 12;
  switch (box.kind) {
    case "host":
      return svg`<text class="name big" text-anchor="end" x=${box.x + box.w - 18} y=${box.y + 26}>${box.title}</text>
        <text class="dim small" text-anchor="end" x=${box.x + box.w - 18} y=${box.y + 42}>${box.lines?.[0]}</text>`;
    case "band":
      return svg`<text class="dim small" x=${left + 4} y=${box.y + box.h - 12}>${box.title}</text>`;
    case "switch":
      return svg`<text text-anchor="middle" x=${box.x + box.w / 2} y=${box.y + box.h / 2 + 4}>${box.title}</text>`;
    case "machine":
      return svg`<text class="name" x=${left} y=${box.y + 21}>${box.title}</text>
        <text class="mono dim small" x=${left} y=${box.y + 38}>${box.address}</text>`;
    case "bridge":
      return svg`<text class="name" x=${left + 2} y=${box.y + 19}>${box.title}<tspan class="mono dim small" dx="8">${box.address}</tspan></text>
        <text class="dim small" x=${left + 2} y=${box.y + 36}>${clip(box.lines?.[0] ?? "", (box.w - (box.fold ? 54 : 24)) / 5.6)}</text>`;
    case "station":
      return drawStation(box, lit);
    case "namespace":
    case "ghost":
      return box.h < 60
        ? drawLowCell(box, left)
        : svg`<text class="name" x=${left} y=${box.y + 30}>${clip(box.title, (box.w - 20) / SANS)}</text>${drawCellLines(box, left)}`;
    case "fold":
      return svg`<text class="small" text-anchor="middle" x=${box.x + box.w / 2} y=${box.y + box.h / 2 + 4}>${box.title}</text>`;
    case "device":
    case "loose": {
      const y = box.y + box.h / 2 + 4;
      const tab = box.h < 24;
      if (box.h < 14) {
        return nothing;
      }
      return svg`<text class=${tab ? "mono tiny" : ""} x=${tab ? box.x + 9 : left} y=${y}><tspan class=${tab ? "" : "name"}>${box.title}</tspan>${
        box.address ? svg`<tspan class="mono dim ${tab ? "tiny" : "small"}" dx=${tab ? 5 : 7}>${box.address}</tspan>` : nothing
      }</text>`;
    }
  }
}

function drawLowCell(box: Box, x: number): SVGTemplateResult {
  const address = box.address ?? "";
  const room = (box.w - 22 - address.length * 6.3) / SANS;
  const [image = "", state = ""] = box.lines ?? [];
  const what = state.startsWith("listens ") ? `${image} ${state.slice(8)}` : state || image;
  return svg`<text class="name" x=${x} y=${box.y + 19}>${clip(box.title, room)}</text>
    <text class="mono dim tiny" text-anchor="end" x=${box.x + box.w - 8} y=${box.y + 19}>${address}</text>
    <text class="dim small" x=${x} y=${box.y + 33}>${clip(what, (box.w - 20) / 5.8)}</text>`;
}

function drawCellLines(box: Box, x: number): SVGTemplateResult {
  return svg`<text class="dim small" x=${x} y=${box.y + 48}>${clip(box.lines?.[0] ?? "", (box.w - 20) / 5.8)}</text>
    <text class="mono small" x=${x} y=${box.y + 67}>${clip(box.lines?.[1] ?? "", (box.w - 20) / MONO)}</text>`;
}

function drawStation(box: Box, lit: Lit | undefined): SVGTemplateResult {
  const mark = lit?.marks.get(box.id);
  const rewrite = lit?.rewrites.get(box.id);
  const tall = box.h > 34;
  if ((!mark && !rewrite) || !tall) {
    return svg`<text class="station-name" text-anchor="middle" x=${box.x + box.w / 2} y=${box.y + box.h / 2 + 4}>${box.title}</text>`;
  }
  const sign = rewrite ? signOf(rewrite.which, lit?.back === true) : "";
  const full = mark ? [mark.table, mark.rule].filter(Boolean).join(" · ") : "";
  const room = (box.w - 16) / MONO - (sign ? sign.length + 1 : 0);
  return svg`<text class="station-name name" x=${box.x + 9} y=${box.y + 16}>${box.title}</text>
    <text class="mono small" x=${box.x + 9} y=${box.y + 32}>${clip(full.length <= room ? full : (mark?.rule ?? ""), room)}${
      sign ? svg`<tspan class="sign" dx=${mark ? 6 : 0}>${sign}</tspan>` : nothing
    }</text>`;
}

function signOf(which: "dst" | "src", back: boolean): string {
  if (back) {
    return which === "dst" ? "▲ un-SNAT" : "▼ un-DNAT";
  }
  return which === "dst" ? "▲ DNAT" : "▼ SNAT";
}

function clip(text: string, characters: number): string {
  const room = Math.max(3, Math.floor(characters));
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
}
