import { type SVGTemplateResult, svg } from "lit";
import { endsOf, kindOf, type Rewrite } from "../state/packets";
import type { Seen } from "./glide";
import { drawnIn, meet, type Room, roomOf, shared } from "./room";
import type { Point, Scene } from "./scene";
import type { WayStep } from "./way";

const LETTER = 6.75;

/** The label of the packet one looks at, where it stands: an address rewritten there is struck out with the new one beside it. */
export function drawFlag(scene: Scene, step: WayStep, line: string, seen: Seen): SVGTemplateResult {
  const { enlarged } = seen;
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
  const at = box ? roomOf(box) : { ...node, w: 0, h: 0 };
  const { x, y } = placeFlag(scene, at, w * enlarged, h * enlarged, seen);
  const kind = step.event.outcome.kind === "dropped" ? "dropped" : destination ? "dnat" : source ? "snat" : "";
  return svg`<g class="flag ${kind} ${line}" transform="translate(${x - (w * enlarged) / 2} ${y - (h * enlarged) / 2}) scale(${enlarged})">
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

/** From the box to its flag, and from other boxes to it. */
const GAP = 4;
const CLOSE = 1;
/** Between a flag and an edge of what is seen of the drawing. */
const MARGIN = 4;
/** As far up and down a place is sought. */
const REACH = 150;
/**
 * What a place costs, in units of distance from the box as the flag is drawn: what it covers of words, any at all and all of its room, what
 * it covers of boxes, and each unit beyond NEAR once more so often, for far from its box one does not see whose it is.
 */
const COST = { word: 40, words: 1500, boxes: 700, away: 3 };
const NEAR = 75;

/** As near to its box as may be where it covers least: no words if there is such a place, and no edges of boxes. */
export function placeFlag(scene: Scene, at: Room, w: number, h: number, seen: Seen): Point {
  const area = { ...at, w: at.w + 3 * w, h: at.h + 2 * (h + REACH) };
  const drawn = drawnIn(scene, seen.enlarged);
  const [words, boxes] = [drawn.words, drawn.boxes].map((rooms) => rooms.filter((room) => meet(room, area)));
  const aligned = (at.w - w) / 2;
  const across = (at.w + w) / 2 + GAP;
  const down = (at.h + h) / 2 + GAP;
  const xs = [at.x - aligned, at.x, at.x + aligned, at.x + across, at.x - across];
  const ys = [at.y - down, at.y + down, at.y];
  for (const box of [...boxes!, ...words!]) {
    const [beside, above] = [(box.w + w) / 2 + CLOSE, (box.h + h) / 2 + CLOSE];
    xs.push(box.x + beside, box.x - beside);
    ys.push(box.y + above, box.y - above);
  }
  let best = { cost: Number.POSITIVE_INFINITY, x: 0, y: 0 };
  const inSight = at.x >= seen.left && at.x <= seen.right && at.y >= seen.top && at.y <= seen.bottom;
  const { left, right, top, bottom } = inSight ? seen : { left: 0, right: scene.width, top: 0, bottom: scene.height };
  for (const x of new Set(xs.map((x) => within(x, w, left, right)))) {
    for (const y of new Set(ys.map((y) => within(y, h, top, bottom)))) {
      const room = { x, y, w, h };
      const off = apart(room, at) / seen.enlarged;
      const far = off + COST.away * Math.max(0, off - NEAR);
      if (far < best.cost) {
        const covered = (rooms: readonly Room[]) => rooms.reduce((sum, other) => sum + shared(room, other), 0) / (w * h);
        const onWords = covered(words!);
        const cost = far + (onWords > 0 ? COST.word : 0) + COST.words * onWords + COST.boxes * covered(boxes!);
        best = cost < best.cost ? { cost, x, y } : best;
      }
    }
  }
  return best;
}

const within = (middle: number, size: number, least: number, most: number) => {
  const from = least + MARGIN + size / 2;
  return Math.min(Math.max(middle, from), Math.max(from, most - MARGIN - size / 2));
};

const apart = (a: Room, b: Room) => Math.max(0, Math.abs(a.x - b.x) - (a.w + b.w) / 2) + Math.max(0, Math.abs(a.y - b.y) - (a.h + b.h) / 2);
