import { endsOf } from "../state/packets";
import type { Point, Scene } from "./scene";
import type { WayStep } from "./way";

/** What is written on a travelling packet. */
export interface Label {
  /** An address struck out, or empty. */
  before: string;
  now: string;
  /** Of the sign, in its own coordinates. */
  width: number;
  kind: "" | "dnat" | "snat";
}

/** Where a packet is, and its label's middle as seen from there, at a share of its flight's time. */
export interface Moment {
  offset: number;
  at: Point;
  label: Point;
}

/** All of a flight, worked out before it sets out, so that it goes by itself. */
export interface Course {
  /** In milliseconds. */
  time: number;
  moments: Moment[];
  /** What is written on it from a share of the time on; the first from the start. */
  labels: { offset: number; label: Label }[];
  dropped: boolean;
}

/** What of the drawing is seen, from left to right, and how much larger than usual labels must be to be read. */
export interface Seen {
  left: number;
  right: number;
  enlarged: number;
}

const SHORTEST = 500;
const LONGEST = 1300;
/** Units of the drawing in a millisecond. */
const SPEED = 0.9;
/** Milliseconds between two moments at which the label's place is looked at. */
const SAMPLE = 25;
/** The share of the way to its place that a label moves meanwhile. */
const EASE = 0.4;
export const HEIGHT = 20;
const ABOVE = 9;

/** Undefined where there is no way to travel. */
export function courseOf(scene: Scene, steps: readonly WayStep[], name: string, seen: Seen): Course | undefined {
  const points = steps.flatMap((step) => step.from);
  const first = steps[0];
  const length = lengthOf(points);
  if (!first || length === 0) {
    return undefined;
  }
  const time = Math.min(LONGEST, Math.max(SHORTEST, length / SPEED));
  const labels = [{ offset: 0, label: labelOf(name, `→ ${endsOf(first.event.headers).dst}`) }];
  let travelled = 0;
  let last: Point | undefined;
  for (const step of steps) {
    travelled += lengthOf(last ? [last, ...step.from] : step.from);
    last = step.from.at(-1) ?? last;
    if (step.rewrite) {
      const { which, before, after } = step.rewrite;
      const label = labelOf(name, `${which === "dst" ? "▲" : "▼"} ${after}`, before, which === "dst" ? "dnat" : "snat");
      labels.push({ offset: travelled / length, label });
    }
  }
  const dropped = steps.at(-1)!.event.outcome.kind === "dropped";
  return { time, moments: momentsOf(scene, points, length, time, labels, seen), labels, dropped };
}

export function labelOf(name: string, now: string, before = "", kind: Label["kind"] = ""): Label {
  const mono = (before === "" ? 0 : before.length + 1) + now.length;
  return { before, now, kind, width: name.length * 6.4 + mono * 6.3 + 24 };
}

/** Every corner of the way, and between them often enough that the label glides above the boxes it comes to. */
function momentsOf(
  scene: Scene,
  points: readonly Point[],
  length: number,
  time: number,
  labels: Course["labels"],
  { left, right, enlarged }: Seen,
): Moment[] {
  const moments: Moment[] = [];
  let lift: number | undefined;
  for (const offset of offsetsOf(points, length, time)) {
    const at = pointAlong(points, offset * length);
    const wanted = at.y - topOf(scene, at) + (ABOVE + HEIGHT / 2) * enlarged;
    const share = 1 - (1 - EASE) ** (((offset - (moments.at(-1)?.offset ?? 0)) * time) / SAMPLE);
    lift = lift === undefined ? wanted : lift + (wanted - lift) * share;
    const half = (labels.findLast((l) => l.offset <= offset)!.label.width / 2) * enlarged;
    const x = at.x < left || at.x > right ? at.x : Math.min(Math.max(at.x, left + half + 2), Math.max(left + half + 2, right - half - 2));
    moments.push({ offset, at, label: { x: x - at.x, y: -lift } });
  }
  return moments;
}

function offsetsOf(points: readonly Point[], length: number, time: number): number[] {
  const offsets = new Set([0, 1]);
  for (let at = SAMPLE; at < time; at += SAMPLE) {
    offsets.add(at / time);
  }
  let travelled = 0;
  for (let i = 1; i < points.length; i++) {
    travelled += distance(points[i - 1]!, points[i]!);
    offsets.add(Math.min(1, travelled / length));
  }
  return [...offsets].sort((a, b) => a - b);
}

/** The upper edge of the box that a point is in, tabs on it included; on a line, the point itself. */
function topOf(scene: Scene, at: Point): number {
  let top = at.y;
  for (const box of scene.boxes) {
    const solid = box.kind !== "host" && box.kind !== "band";
    if (solid && at.x >= box.x && at.x <= box.x + box.w && at.y >= box.y && at.y <= box.y + box.h) {
      top = Math.min(top, box.kind === "namespace" && box.h > 60 ? box.y - 10 : box.y);
    }
  }
  return top;
}

const distance = (a: Point, b: Point) => Math.abs(b.x - a.x) + Math.abs(b.y - a.y);

function lengthOf(points: readonly Point[]): number {
  return points.reduce((sum, point, i) => sum + (i === 0 ? 0 : distance(points[i - 1]!, point)), 0);
}

/** The point so far along a line of level and upright legs. */
function pointAlong(points: readonly Point[], far: number): Point {
  let left = far;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1]!, points[i]!];
    const leg = distance(a, b);
    if (left <= leg && leg > 0) {
      return { x: a.x + ((b.x - a.x) * left) / leg, y: a.y + ((b.y - a.y) * left) / leg };
    }
    left -= leg;
  }
  return points.at(-1)!;
}
