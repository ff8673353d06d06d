import { endsOf, isTraffic } from "../state/packets";
import { glide, type Seen } from "./glide";
import { drawnIn, meet, type Room } from "./room";
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
export const HEIGHT = 20;

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
  const offset = Math.min(1, milliseconds / time);
  const i = Math.max(
    1,
    moments.findIndex((m) => m.offset >= offset),
  );
  const [before, after] = [moments[i - 1]!, moments[i]!];
  const share = (offset - before.offset) / (after.offset - before.offset);
  const { width } = (labels.findLast((l) => l.offset <= offset) ?? labels[0]!).label;
  return { ...along(place(before), place(after), share), w: width * enlarged, h: HEIGHT * enlarged };
}

const place = ({ at, label }: Moment): Point => ({ x: at.x + label.x, y: at.y + label.y });
const along = (a: Point, b: Point, share: number): Point => ({ x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share });

export function labelOf(name: string, now: string, before = "", kind: Label["kind"] = ""): Label {
  const mono = (before === "" ? 0 : before.length + 1) + now.length;
  return { before, now, kind, width: name.length * 6.4 + mono * 6.3 + 24 };
}

/** Every corner of the way, and between them often enough that the label glides clear of what is written, and of other labels. */
function momentsOf(
  scene: Scene,
  points: readonly Point[],
  length: number,
  time: number,
  labels: Course["labels"],
  seen: Seen,
  taken: Taken,
): Moment[] {
  const h = HEIGHT * seen.enlarged;
  const widthAt = (offset: number) => labels.findLast((l) => l.offset <= offset)!.label.width * seen.enlarged;
  const times = Math.ceil(time / SAMPLE);
  const samples = Array.from({ length: times + 1 }, (_, i) => {
    const offset = i / times;
    return { at: pointAlong(points, offset * length), w: widthAt(offset), others: taken(offset * time) };
  });
  const places = glide(drawnIn(scene, seen.enlarged), samples, h, seen);
  return offsetsOf(points, length, times).map((offset) => {
    const at = pointAlong(points, offset * length);
    const i = Math.min(times - 1, Math.floor(offset * times));
    const { x, y } = along(places[i]!, places[i + 1]!, offset * times - i);
    const clear = !taken(offset * time).some((other) => meet({ x, y, w: widthAt(offset), h }, other));
    return { offset, at, label: { x: x - at.x, y: y - at.y }, clear };
  });
}

/** Those of the corners, and so many others as far from each other. */
function offsetsOf(points: readonly Point[], length: number, times: number): number[] {
  const offsets = new Set(Array.from({ length: times + 1 }, (_, i) => i / times));
  let travelled = 0;
  for (let i = 1; i < points.length; i++) {
    travelled += distance(points[i - 1]!, points[i]!);
    offsets.add(Math.min(1, travelled / length));
  }
  return [...offsets].sort((a, b) => a - b);
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
