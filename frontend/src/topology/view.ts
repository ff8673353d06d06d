import { nothing, type SVGTemplateResult, svg } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Box, Point, Scene, Wire } from "./scene";
import { type Lit, pathData } from "./way";

export interface ViewModel {
  scene: Scene;
  lit: Lit | undefined;
  /** The lit packet is drawn dotted (ARP) or dashed (reply). */
  line: "plain" | "dashed" | "dotted";
  hovered: string | undefined;
  inspected: string | undefined;
  /** Boxes to mark. */
  focus: ReadonlySet<string>;
  onPick(node: string): void;
  onHover(node: string | undefined): void;
}

const MONO = 6.7;

/** Everything but the packets, which travel on a layer of their own. */
export function drawScene(model: ViewModel): SVGTemplateResult {
  const { scene, lit } = model;
  const back = scene.boxes.filter((b) => b.kind === "host" || b.kind === "band");
  const front = scene.boxes.filter((b) => b.kind !== "host" && b.kind !== "band");
  return svg`
    ${repeat(
      back,
      (b) => b.id,
      (b) => drawBox(b, model),
    )}
    <g class="wires">${repeat(
      scene.wires.filter((w) => w.kind !== "hidden"),
      (w) => w.id,
      drawWire,
    )}</g>
    <g class="lit ${model.line}">${(lit?.lines ?? []).map((line) => svg`<path d=${pathData(line)} />`)}</g>
    ${repeat(
      front,
      (b) => b.id,
      (b) => drawBox(b, model),
    )}
    ${lit?.dropped ? drawCross(scene.nodes.get(lit.dropped.node), boxOf(scene, lit.dropped.node)) : nothing}`;
}

function drawWire(wire: Wire): SVGTemplateResult {
  const label = wire.label;
  return svg`<path class="wire ${wire.kind} ${wire.down ? "down" : ""}" d=${pathData(wire.points)} />
    ${wire.kind === "path" ? drawArrow(wire.points) : nothing}
    ${label ? svg`<text class="mono dim tiny" x=${label.x} y=${label.y}>${label.text}</text>` : nothing}`;
}

function drawArrow(points: readonly Point[]): SVGTemplateResult | typeof nothing {
  const end = points.at(-1)!;
  const before = points.at(-2)!;
  const dx = Math.sign(end.x - before.x);
  const dy = Math.sign(end.y - before.y);
  const base = { x: end.x - dx * 6, y: end.y - dy * 6 };
  return svg`<path class="arrow" d="M${end.x} ${end.y}L${base.x + dy * 3} ${base.y + dx * 3}L${base.x - dy * 3} ${base.y - dx * 3}z" />`;
}

export function boxOf(scene: Scene, node: string): Box | undefined {
  return scene.boxes.find((b) => b.id === node);
}

function drawBox(box: Box, model: ViewModel): SVGTemplateResult {
  const { lit } = model;
  const rewrite = lit?.rewrites.get(box.id);
  const here = lit?.at?.node === box.id;
  const state = [
    lit?.nodes.has(box.id) ? "on" : "",
    here ? "here" : "",
    rewrite ? (rewrite.which === "dst" ? "dnat" : "snat") : "",
    lit?.dropped?.node === box.id ? "dropped" : "",
    model.hovered === box.id ? "hovered" : "",
    model.inspected === box.id ? "inspected" : "",
    box.down ? "down" : "",
    model.focus.has(box.id) ? "focus" : "",
  ];
  const radius = box.kind === "switch" ? box.h / 2 : box.kind === "host" ? 12 : box.kind === "namespace" || box.kind === "ghost" ? 10 : 7;
  const pick = (event: Event) => {
    event.stopPropagation();
    model.onPick(box.id);
  };
  return svg`<g
      class="box ${box.kind} ${state.filter(Boolean).join(" ")}"
      data-node=${box.id}
      @click=${box.kind === "band" ? nothing : pick}
      @mouseenter=${() => model.onHover(box.id)}
      @mouseleave=${() => model.onHover(undefined)}
    ><title>${[box.title, box.address, ...(box.lines ?? [])].filter(Boolean).join(" · ")}</title>
    <rect x=${box.x} y=${box.y} width=${box.w} height=${box.h} rx=${radius} />
    ${drawWords(box, lit)}</g>`;
}

function drawWords(box: Box, lit: Lit | undefined): SVGTemplateResult {
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
        <text class="dim small" x=${left + 2} y=${box.y + 36}>${clip(box.lines?.[0] ?? "", (box.w - 24) / 5.6)}</text>`;
    case "station":
      return drawStation(box, lit);
    case "namespace":
    case "ghost":
      return svg`<text class="name" x=${left} y=${box.y + 30}>${clip(box.title, (box.w - 20) / 7)}</text>
        ${box.h < 60 ? nothing : drawCellLines(box, left)}`;
    case "device":
    case "loose": {
      const y = box.y + box.h / 2 + 4;
      const tab = box.h < 24;
      return svg`<text class=${tab ? "mono tiny" : ""} x=${tab ? box.x + 9 : left} y=${y}><tspan class=${tab ? "" : "name"}>${box.title}</tspan>${
        box.address ? svg`<tspan class="mono dim ${tab ? "tiny" : "small"}" dx=${tab ? 5 : 7}>${box.address}</tspan>` : nothing
      }</text>`;
    }
  }
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

function drawCross(at: Point | undefined, box: Box | undefined): SVGTemplateResult | typeof nothing {
  if (!at) {
    return nothing;
  }
  const x = box ? box.x + box.w : at.x;
  const y = box ? box.y : at.y;
  return svg`<g class="cross" transform="translate(${x} ${y})"><circle r="9" /><path d="M-4 -4L4 4M4 -4L-4 4" /></g>`;
}

export function clip(text: string, characters: number): string {
  const room = Math.max(3, Math.floor(characters));
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
}
