import type { Point } from "./scene";

/** The part of the scene that is seen, in its coordinates. */
export interface View {
  x: number;
  y: number;
  w: number;
  h: number;
}

const CLOSEST = 16;
const FARTHEST = 4;

export function wholeView(width: number, height: number): View {
  return { x: 0, y: 0, w: width, h: height };
}

const LEGIBLE = 400;

/** All of it, unless that would be too small to read on a narrow screen: then a part of it, around a point. */
export function legibleView(width: number, height: number, aspect: number, around: Point | undefined): View {
  const whole = wholeView(width, height);
  if (aspect > 0.8 || width <= LEGIBLE) {
    return whole;
  }
  const x = Math.min(Math.max((around?.x ?? 0) - LEGIBLE / 2, 0), width - LEGIBLE);
  return { x, y: 0, w: LEGIBLE, h: height };
}

/** Pixels for a unit of the drawing: below the first only names are drawn, as large as they were at the second. */
const ALL_READ = 0.6;
const READABLE = 0.8;
const LARGEST = 2.2;
const GRAIN = 0.1;

/** How much larger than usual names must be drawn to be read at a scale, in pixels for a unit; 1 where they can be read as they are. */
export function enlargement(scale: number): number {
  return scale >= ALL_READ ? 1 : Math.min(LARGEST, Math.ceil(READABLE / scale / GRAIN) * GRAIN);
}

/** A box in the middle, in letters as large as usual. */
export function around(box: { x: number; y: number; w: number; h: number }, width: number, height: number, whole: View): View {
  const w = Math.min(whole.w, width);
  const h = (w * height) / width;
  return { x: box.x + box.w / 2 - w / 2, y: box.y + box.h / 2 - h / 2, w, h };
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
