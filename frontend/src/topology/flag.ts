import { type SVGTemplateResult, svg } from "lit";
import { endsOf, kindOf, type Rewrite } from "../state/packets";
import type { Box, Point, Scene } from "./scene";
import type { WayStep } from "./way";

const LETTER = 6.75;

/** The label of the packet one looks at, where it stands: an address rewritten there is struck out with the new one beside it. */
export function drawFlag(scene: Scene, step: WayStep, line: string, enlarged: number): SVGTemplateResult {
  const { headers } = step.event;
  const ends = endsOf(headers);
  const { rewrite } = step;
  const name = kindOf(headers);
  const source = rewrite?.which === "src" ? rewrite : undefined;
  const destination = rewrite?.which === "dst" ? rewrite : undefined;
  const first = name.length * 7 + 8 + (source ? source.before.length + source.after.length + 5 : ends.src.length + 2) * LETTER;
  const second = (destination ? destination.before.length + destination.after.length + 4 : ends.dst.length) * LETTER;
  const w = Math.max(first, second) + 26;
  const h = 40;
  const node = scene.nodes.get(step.node)!;
  const box = scene.boxOf.get(step.node);
  const { x, y } = place(scene, node, box, w * enlarged, h * enlarged);
  const kind = step.event.outcome.kind === "dropped" ? "dropped" : destination ? "dnat" : source ? "snat" : "";
  return svg`<g class="flag ${kind} ${line}" transform="translate(${x} ${y}) scale(${enlarged})">
    <rect width=${w} height=${h} rx="9" />
    <text x="12" y="17"><tspan class="name">${name}</tspan>${drawEnd(ends.src, source, "▼", 7)}<tspan class="mono dim" dx="6">→</tspan></text>
    <text class="mono" x="12" y="34">${drawEnd(ends.dst, destination, "▲", 0)}</text>
  </g>`;
}

function drawEnd(now: string, rewrite: Rewrite | undefined, sign: string, gap: number): SVGTemplateResult {
  return rewrite
    ? svg`<tspan class="mono dim struck" dx=${gap}>${rewrite.before}</tspan><tspan class="mono sign" dx="8">${sign} ${rewrite.after}</tspan>`
    : svg`<tspan class="mono ${gap ? "dim" : ""}" dx=${gap}>${now}</tspan>`;
}

const GAP = 4;
/** Along its edges a box has no words. */
const EDGE = { across: 4, down: 7 };
/** From a cable's middle to the edge of the boxes in its row. */
const ROW = 25;
/** From a cable's middle to what stands beside the cell to which it leads. */
const ASIDE = 72;

/** Above the box, else beside or below it, or clear of the boxes that its cable leads to: where it covers least of what is written. */
function place(scene: Scene, node: Point, box: Box | undefined, w: number, h: number): Point {
  const { x, y, w: bw, h: bh } = box ?? { ...node, w: 0, h: 0 };
  const inside = (at: Point) => ({ x: bound(at.x, scene.width - w - 4), y: bound(at.y, scene.height - h - 4) });
  const places = [
    { x, y: y - h - GAP },
    { x: x + bw / 2 - w / 2, y: y - h - GAP },
    { x: x + bw - w, y: y - h - GAP },
    { x: x + bw + GAP, y: y + bh / 2 - h / 2 },
    { x: x + bw / 2 - w / 2, y: y + bh + GAP },
    { x: x - w - GAP, y: y + bh / 2 - h / 2 },
    { x: x + bw / 2 - w / 2, y: y - h - ROW - GAP },
    { x: x + bw + ASIDE, y: y + bh + GAP },
    { x: x - w - ASIDE, y: y + bh + GAP },
  ].map(inside);
  const covered = places.map((at) => scene.boxes.map(written).reduce((sum, b) => sum + overlap({ ...at, w, h }, b), 0));
  return places[covered.indexOf(Math.min(...covered))]!;
}

const bound = (at: number, most: number) => Math.min(Math.max(at, 4), Math.max(4, most));
type Area = Pick<Box, "x" | "y" | "w" | "h">;

/** The part of a box that has words. */
function written(box: Box): Area {
  switch (box.kind) {
    case "host":
      return { x: box.x + box.w - 160, y: box.y + 10, w: 160, h: 36 };
    case "band":
      return { x: box.x + 12, y: box.y + box.h - 26, w: 130, h: 20 };
    default:
      return { x: box.x + EDGE.across, y: box.y + EDGE.down, w: box.w - 2 * EDGE.across, h: box.h - 2 * EDGE.down };
  }
}

function overlap(a: Area, b: Area): number {
  const across = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  return across > 0 && down > 0 ? across * down : 0;
}
