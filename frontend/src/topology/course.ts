import { endsOf, isTraffic } from "../state/packets";
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

/** What is known of its label before it sets out: its name, and whose ports are not written, since packets of several connections fly as one. */
export interface Words {
  name: string;
  portless?: { src: boolean; dst: boolean };
}

/** Where a packet is, and its label's middle as seen from there, at a share of its flight's time. */
export interface Moment {
  offset: number;
  at: Point;
  label: Point;
  /** Whether nothing else is written where the label is. */
  clear: boolean;
}

/** All of a flight, worked out before it sets out, so that it goes by itself. */
export interface Course {
  /** In milliseconds. */
  time: number;
  moments: Moment[];
  /** What is written on it from a share of the time on; the first from the start. */
  labels: { offset: number; label: Label }[];
  /** Somebody's packet, that is: housekeeping that ends where nobody wants it is no loss. */
  dropped: boolean;
}

/** What of the drawing is seen, and how much larger than usual labels must be to be read. */
export interface Seen {
  left: number;
  right: number;
  top: number;
  bottom: number;
  enlarged: number;
}

/** The room that a label takes, around its middle. */
export interface Room {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** What is written already where a packet flies, so many milliseconds after it sets out; at its end, as long as it stays there. */
export type Taken = (milliseconds: number) => readonly Room[];

const STAYS = 220;
const CROSS_STAYS = 1600;

/** Milliseconds after it came to its end. */
export const stays = ({ dropped }: Pick<Course, "dropped">) => (dropped ? CROSS_STAYS : STAYS);

const SHORTEST = 500;
const LONGEST = 1300;
/** Units of the drawing in a millisecond. */
const SPEED = 0.9;
/** Milliseconds between two moments at which the label's place is looked at. */
const SAMPLE = 25;
/** The share of the way to its place that a label moves meanwhile. */
const EASE = 0.4;
/** A label is out of another's way so many moments before they would meet, and stays so many after. */
const AHEAD = 7;
/** Between two labels, one above the other. */
const APART = 3;
export const HEIGHT = 20;
const ABOVE = 9;

/** Undefined where there is no way to travel. */
export function courseOf(scene: Scene, steps: readonly WayStep[], words: Words, seen: Seen, taken: Taken = () => []): Course | undefined {
  const points = steps.flatMap((step) => step.from);
  const first = steps[0];
  const length = lengthOf(points);
  if (!first || length === 0) {
    return undefined;
  }
  const time = Math.min(LONGEST, Math.max(SHORTEST, length / SPEED));
  const { name, portless } = words;
  const written = (end: string, which: "src" | "dst") => (portless?.[which] ? end.slice(0, end.lastIndexOf(":")) : end);
  const labels = [{ offset: 0, label: labelOf(name, `→ ${written(endsOf(first.event.headers).dst, "dst")}`) }];
  let travelled = 0;
  let last: Point | undefined;
  for (const step of steps) {
    travelled += lengthOf(last ? [last, ...step.from] : step.from);
    last = step.from.at(-1) ?? last;
    if (step.rewrite) {
      const { which, before, after } = step.rewrite;
      const sign = which === "dst" ? "▲" : "▼";
      const label = labelOf(name, `${sign} ${written(after, which)}`, written(before, which), which === "dst" ? "dnat" : "snat");
      labels.push({ offset: travelled / length, label });
    }
  }
  const end = steps.at(-1)!.event;
  const dropped = end.outcome.kind === "dropped" && isTraffic(end.headers);
  const until = time + stays({ dropped });
  const meets = (at: number) =>
    at < time ? taken(at) : Array.from({ length: (until - time) / SAMPLE }, (_, i) => taken(time + i * SAMPLE)).flat();
  return { time, moments: momentsOf(scene, points, length, time, labels, seen, meets), labels, dropped };
}

/** Where a course's label is at a time after it set out; at its end it stays there. */
export function roomOf({ time, moments, labels }: Course, milliseconds: number, enlarged: number): Room {
  const offset = milliseconds / time;
  const { at, label } = moments.findLast((m) => m.offset <= offset) ?? moments[0]!;
  const { width } = (labels.findLast((l) => l.offset <= offset) ?? labels[0]!).label;
  return { x: at.x + label.x, y: at.y + label.y, w: width * enlarged, h: HEIGHT * enlarged };
}

export function labelOf(name: string, now: string, before = "", kind: Label["kind"] = ""): Label {
  const mono = (before === "" ? 0 : before.length + 1) + now.length;
  return { before, now, kind, width: name.length * 6.4 + mono * 6.3 + 24 };
}

/** Every corner of the way, and between them often enough that the label glides above the boxes it comes to, and above other labels. */
function momentsOf(
  scene: Scene,
  points: readonly Point[],
  length: number,
  time: number,
  labels: Course["labels"],
  { left, right, top, bottom, enlarged }: Seen,
  taken: Taken,
): Moment[] {
  const places: (Omit<Moment, "clear"> & { room: Room; others: readonly Room[]; higher: number })[] = [];
  let lift: number | undefined;
  for (const offset of offsetsOf(points, length, time)) {
    const at = pointAlong(points, offset * length);
    const wanted = at.y - topOf(scene, at) + (ABOVE + HEIGHT / 2) * enlarged;
    const share = 1 - (1 - EASE) ** (((offset - (places.at(-1)?.offset ?? 0)) * time) / SAMPLE);
    lift = lift === undefined ? wanted : lift + (wanted - lift) * share;
    const w = labels.findLast((l) => l.offset <= offset)!.label.width * enlarged;
    const half = w / 2;
    const x = at.x < left || at.x > right ? at.x : Math.min(Math.max(at.x, left + half + 2), Math.max(left + half + 2, right - half - 2));
    const room = { x, y: at.y - lift, w, h: HEIGHT * enlarged };
    const others = taken(offset * time);
    places.push({ offset, at, label: { x: x - at.x, y: -lift }, room, others, higher: room.y - above(room, others, APART * enlarged) });
  }
  // never lower than it must be just now: of the most that is needed around each moment, the mean around each
  const around = (values: readonly number[], i: number) => values.slice(Math.max(0, i - AHEAD), i + AHEAD + 1);
  const needed = places.map(({ higher }) => higher);
  const most = needed.map((_, i) => Math.max(...around(needed, i)));
  return places.map(({ offset, at, label, room, others }, i) => {
    const some = around(most, i);
    const raised = some.reduce((sum, one) => sum + one, 0) / some.length;
    const y =
      at.y < top || at.y > bottom ? room.y - raised : Math.min(Math.max(room.y - raised, top + room.h / 2 + 2), bottom - room.h / 2 - 2);
    const clear = !others.some((other) => meet({ ...room, y }, other));
    return { offset, at, label: { x: label.x, y: y - at.y }, clear };
  });
}

const meet = (a: Room, b: Room) => Math.abs(a.x - b.x) < (a.w + b.w) / 2 && Math.abs(a.y - b.y) < (a.h + b.h) / 2;

/** How high a label's middle must be to have nothing written below it. */
function above(room: Room, taken: readonly Room[], apart: number): number {
  const beside = taken.filter(({ x, w }) => Math.abs(x - room.x) < (w + room.w) / 2 + apart).sort((a, b) => b.y - a.y);
  return beside.reduce(
    (y, other) => (Math.abs(other.y - y) < (other.h + room.h) / 2 ? other.y - (other.h + room.h) / 2 - apart : y),
    room.y,
  );
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
