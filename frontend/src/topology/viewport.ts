import type { Point } from "./scene";

/** The part of the scene that is seen, in its coordinates. */
export interface View {
  x: number;
  y: number;
  w: number;
  h: number;
}

interface Size {
  width: number;
  height: number;
}

/** All of the scene's plane that is seen: the view lies in the middle of what it is drawn on. */
export function seenOf({ x, y, w, h }: View, size: Size) {
  const scale = Math.min(size.width / w, size.height / h);
  const [across, down] = [(size.width / scale - w) / 2, (size.height / scale - h) / 2];
  return { left: x - across, right: x + w + across, top: y - down, bottom: y + h + down };
}

const CLOSEST = 16;
const FARTHEST = 4;

export function wholeView(width: number, height: number): View {
  return { x: 0, y: 0, w: width, h: height };
}

const LEGIBLE = 400;
/** So much of it is seen where things that matter stand far from each other: then only what they are called can be read. */
const WIDEST = 640;

const BESIDE = 16;
/** What is seen already is left only for something better by so much. */
const STAY = 1.15;

/** Something to be seen, and how much that matters. */
export interface Wanted {
  x: number;
  y: number;
  w: number;
  h: number;
  weight: number;
}

/** A unit of the drawing with at least so many pixels: then all of it can be read. */
const READ = 0.58;

/** All of it, unless that would be too small to read: then the part of it in which most of what matters is seen. */
export function legibleView({ width, height }: Size, screen: Size, wanted: readonly Wanted[], now: View | undefined): View {
  if (screen.width / screen.height > 0.8 || screen.width >= width * READ || width <= LEGIBLE) {
    const legible = Math.min(screen.width / width, screen.height / height) >= LEAST / LARGEST;
    return legible ? wholeView(width, height) : partOf({ width, height }, screen, wanted, now);
  }
  const apart = wanted.filter(({ w, weight }) => weight === 1 && w < LEGIBLE);
  const left = Math.min(...apart.map(({ x }) => x)) - BESIDE;
  const across = Math.max(...apart.map(({ x, w }) => x + w)) + BESIDE - left;
  if (wanted.every(({ weight }) => weight <= 1) && across > LEGIBLE && across <= Math.min(WIDEST, width)) {
    return { x: Math.min(Math.max(left, 0), width - across), y: 0, w: across, h: height };
  }
  const within = (x: number) => Math.min(Math.max(x, 0), width - LEGIBLE);
  const seen = (x: number) =>
    wanted.reduce((sum, { x: left, w, weight }) => {
      const part = Math.min(left + w, x + LEGIBLE) - Math.max(left, x);
      return sum + (weight * Math.max(0, part)) / Math.min(w, LEGIBLE);
    }, 0);
  const places = wanted.flatMap(({ x, w }) => [x - BESIDE, x + w + BESIDE - LEGIBLE, x + w / 2 - LEGIBLE / 2].map(within));
  const best = places.reduce((a, b) => (seen(b) > seen(a) + 0.01 ? b : a), places[0] ?? 0);
  const stays = now?.w === LEGIBLE && seen(now.x) * STAY >= seen(best);
  return { x: stays ? now.x : best, y: 0, w: LEGIBLE, h: height };
}

/** A unit of the drawing has so many pixels where only a part of it is seen on a screen that is as wide as it is high. */
const PART = 0.5;

/** Of a drawing with many networks, as much as names can be read in. It does not follow packets that only pass: they come and go too far. */
function partOf(all: Size, screen: Size, things: readonly Wanted[], now: View | undefined): View {
  const wanted = things.filter(({ weight }) => weight >= 1);
  const [w, h] = [Math.min(all.width, screen.width / PART), Math.min(all.height, screen.height / PART)];
  const seen = ({ x, y }: Point) =>
    wanted.reduce(
      (sum, one) => sum + one.weight * seenShare(one.x, one.w, x, w) * seenShare(one.y, one.h, y, h),
      // of what is seen as well, the upper left part: there are the machines, and the first network
      -(x / all.width + y / all.height) / 100,
    );
  const xs = [0, ...wanted.flatMap((one) => placesAround(one.x, one.w, w))].map((x) => Math.min(Math.max(x, 0), all.width - w));
  const ys = [0, ...wanted.flatMap((one) => placesAround(one.y, one.h, h))].map((y) => Math.min(Math.max(y, 0), all.height - h));
  const best = xs.flatMap((x) => ys.map((y) => ({ x, y }))).reduce((a, b) => (seen(b) > seen(a) ? b : a));
  const stays = now !== undefined && now.w === w && now.h === h && seen(now) * STAY >= seen(best);
  return stays ? now : { ...best, w, h };
}

/** How much is seen of the room that something has, as far as it can be. */
const seenShare = (from: number, size: number, view: number, seen: number) =>
  Math.max(0, Math.min(from + size, view + seen) - Math.max(from, view)) / Math.min(size, seen);

const placesAround = (from: number, size: number, seen: number) => [from - BESIDE, from + size + BESIDE - seen, from + size / 2 - seen / 2];

/** How words are drawn at a scale. */
export interface Letters {
  /** Seen from afar: only what things are called. */
  far: boolean;
  /** The size below which letters can not be read, in units of the drawing. */
  least: number;
}

/** In pixels. */
const LEAST = 10;
/** Below so many pixels for a unit of the drawing, boxes have no room for all their words in letters that can be read. */
const ALL_READ = 0.7;
const GRAIN = 0.25;
const LARGEST = 28;
/** Of a travelling packet's label, as it is drawn near by. */
const LABEL = 10.5;

/** @param scale in pixels for a unit of the drawing */
export function lettersAt(scale: number): Letters {
  return { far: scale < ALL_READ, least: Math.min(LARGEST, Math.ceil(LEAST / scale / GRAIN) * GRAIN) };
}

/** How much larger than near by the labels of packets must be drawn to be read. */
export const enlargement = ({ least }: Letters) => Math.max(1, least / LABEL);

/** So much of what is seen may lie below the drawing: there, search box and map of the whole lie over it. */
const BELOW = 0.25;

/** A box in the middle, as far as the drawing goes, in letters as large as usual. */
export function around(box: { x: number; y: number; w: number; h: number }, width: number, height: number, whole: View): View {
  const w = Math.min(whole.w, width);
  const h = (w * height) / width;
  const middle = (at: number, size: number, seen: number, all: number, beyond = 0) =>
    seen >= all + beyond ? (all - seen) / 2 : Math.min(Math.max(at + size / 2 - seen / 2, 0), all + beyond - seen);
  return { x: middle(box.x, box.w, w, whole.w), y: middle(box.y, box.h, h, whole.h, h * BELOW), w, h };
}

/** Zooms by a factor around a point of the scene; `whole` bounds how far out and in. */
export function zoom(view: View, factor: number, around: Point, whole: View): View {
  const w = Math.min(whole.w * FARTHEST, Math.max(whole.w / CLOSEST, view.w * factor));
  const scale = w / view.w;
  return { x: around.x - (around.x - view.x) * scale, y: around.y - (around.y - view.y) * scale, w, h: view.h * scale };
}

/** Moves, keeping the scene's middle from leaving sight. */
export function pan(view: View, dx: number, dy: number, whole: View): View {
  const clamp = (at: number, size: number, all: number) => Math.min(Math.max(at, -size * 0.8), all - size * 0.2);
  return { ...view, x: clamp(view.x + dx, view.w, whole.w), y: clamp(view.y + dy, view.h, whole.h) };
}
