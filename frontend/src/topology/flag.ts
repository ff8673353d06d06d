import { type SVGTemplateResult, svg } from "lit";
import { endsOf, kindOf, type Rewrite } from "../state/packets";
import type { Box, Point, Scene } from "./scene";
import { boxOf } from "./view";
import type { WayStep } from "./way";

const LETTER = 6.75;

/** The label of the packet one looks at, where it stands: an address rewritten there is struck out with the new one beside it. */
export function drawFlag(scene: Scene, step: WayStep, line: string): SVGTemplateResult {
  const { headers } = step.event;
  const ends = endsOf(headers);
  const { rewrite } = step;
  const name = kindOf(headers);
  const source = rewrite?.which === "src" ? rewrite : undefined;
  const destination = rewrite?.which === "dst" ? rewrite : undefined;
  const first = name.length * 7 + 8 + (source ? source.before.length + source.after.length + 5 : ends.src.length + 2) * LETTER;
  const second = (destination ? destination.before.length + destination.after.length + 4 : ends.dst.length) * LETTER;
  const w = Math.max(first, second) + 26;
  const h = 42;
  const node = scene.nodes.get(step.node)!;
  const box = boxOf(scene, step.node);
  const { x, y } = place(scene, node, box, w, h);
  const kind = step.event.outcome.kind === "dropped" ? "dropped" : destination ? "dnat" : source ? "snat" : "";
  return svg`<g class="flag ${kind} ${line}" transform="translate(${x} ${y})">
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

/** Above the box; in the top row, where there is no room, beside the switch and below the machines. */
function place(scene: Scene, node: Point, box: Box | undefined, w: number, h: number): Point {
  const inside = (x: number) => Math.min(Math.max(x, 4), Math.max(4, scene.width - w - 4));
  const top = (box?.y ?? node.y) - h - 6;
  if (top >= 2 || !box) {
    return { x: inside(node.x - w / 2), y: Math.max(2, top) };
  }
  return box.kind === "switch" ? { x: inside(box.x + box.w + 10), y: box.y + 2 } : { x: inside(box.x), y: box.y + box.h + 2 };
}
