import type { Box, Scene } from "./scene";

/** The room that something takes, around its middle. */
export interface Room {
  x: number;
  y: number;
  w: number;
  h: number;
}

export const meet = (a: Room, b: Room) => Math.abs(a.x - b.x) < (a.w + b.w) / 2 && Math.abs(a.y - b.y) < (a.h + b.h) / 2;

/** How much of one lies on the other. */
export function shared(a: Room, b: Room): number {
  const across = Math.min(a.x + a.w / 2, b.x + b.w / 2) - Math.max(a.x - a.w / 2, b.x - b.w / 2);
  const down = Math.min(a.y + a.h / 2, b.y + b.h / 2) - Math.max(a.y - a.h / 2, b.y - b.h / 2);
  return across > 0 && down > 0 ? across * down : 0;
}

const from = (x: number, y: number, w: number, h: number): Room => ({ x: x + w / 2, y: y + h / 2, w, h });

export const roomOf = ({ x, y, w, h }: Pick<Box, "x" | "y" | "w" | "h">) => from(x, y, w, h);

/** What labels keep clear of. */
export interface Drawn {
  /** What is written: nobody can read it below a label. */
  words: readonly Room[];
  /** Boxes in which packets stand, with their edges. */
  boxes: readonly Room[];
}

const known = new WeakMap<Scene, Map<number, Drawn>>();

/** @param enlarged how much larger than near by letters are drawn */
export function drawnIn(scene: Scene, enlarged: number): Drawn {
  const ofScene = known.get(scene) ?? new Map<number, Drawn>();
  const found = ofScene.get(enlarged);
  if (found) {
    return found;
  }
  const cables = scene.wires.flatMap(({ label }) => (label ? [from(label.x, label.y - 9, cableWidth(label), 12)] : []));
  const boxes = scene.boxes.filter(({ kind }) => kind !== "host" && kind !== "band");
  const drawn = { words: [...scene.boxes.map((box) => wordsOf(box, enlarged)), ...cables], boxes: boxes.map(roomOf) };
  known.set(scene, ofScene.set(enlarged, drawn));
  return drawn;
}

const cableWidth = ({ text, room }: { text: string; room: number }) => Math.min(room, text.length * 6.4);

/** Along its edges a box has no words. */
const EDGE = { across: 4, down: 7 };
/** A letter of a bridge's lines, as a mean. */
const LETTER = 6.2;

/** The part of a box that has words. */
function wordsOf(box: Box, enlarged: number): Room {
  switch (box.kind) {
    case "host":
      return from(box.x + box.w - 160, box.y + 10, 160, 36);
    case "band":
      return from(box.x + 12, box.y + box.h - 26, 130, 20);
    case "bridge": {
      const letters = Math.max(box.title.length + (box.address?.length ?? 0) + 3, box.lines?.[0]?.length ?? 0);
      return from(box.x + EDGE.across, box.y + 4, Math.min(box.w - 2 * EDGE.across, letters * LETTER * enlarged + 14), box.h - 8);
    }
    default:
      return from(box.x + EDGE.across, box.y + EDGE.down, box.w - 2 * EDGE.across, box.h - 2 * EDGE.down);
  }
}
