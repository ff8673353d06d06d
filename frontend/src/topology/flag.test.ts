import { describe, expect, it } from "vitest";
import { cache, db, web } from "../../dev/scenario";
import { defaultNetwork, world } from "../../dev/world";
import { placeFlag } from "./flag";
import { layOut } from "./layout";
import { drawnIn, roomOf, shared } from "./room";
import { Slots } from "./slots";

const app = { ...defaultNetwork, name: "app", bridge: "br-app" };
const scene = layOut(world(1, 0, [web, cache, db], [defaultNetwork, app]), new Slots());

const whole = { left: 0, right: scene.width, top: 0, bottom: scene.height };

describe("the label of the packet one looks at", () => {
  /** As tall as drawn, at the scales at which a desk's and a laptop's screen show the drawing. */
  it.each([1, 1.1, 1.3])("covers no words, and of boxes no more than an edge, enlarged by %d", (enlarged) => {
    const [w, h] = [205 * enlarged, 40 * enlarged];
    for (const box of scene.boxes.filter(({ kind }) => kind !== "host" && kind !== "band")) {
      const flag = { ...placeFlag(scene, roomOf(box), w, h, { ...whole, enlarged }), w, h };
      const covered = (what: "words" | "boxes") => drawnIn(scene, enlarged)[what].reduce((sum, room) => sum + shared(room, flag), 0);
      expect(covered("words") / (w * h), box.id).toBeLessThan(0.01);
      expect(covered("boxes") / (w * h), box.id).toBeLessThan(0.13);
    }
  });

  it("stands by its box also where little room is left, as on a telephone on its side", () => {
    const [w, h] = [205 * 1.9, 40 * 1.9];
    for (const box of scene.boxes.filter(({ kind }) => kind !== "host" && kind !== "band")) {
      const at = roomOf(box);
      const flag = placeFlag(scene, at, w, h, { left: -100, right: scene.width + 100, top: -30, bottom: scene.height + 30, enlarged: 1.9 });
      const apart = Math.max(Math.abs(flag.x - at.x) - (w + at.w) / 2, Math.abs(flag.y - at.y) - (h + at.h) / 2);
      expect(apart / 1.9, box.id).toBeLessThan(80);
    }
  });

  it("is within what is seen of the drawing, as on a telephone", () => {
    for (const box of scene.boxes.filter(({ x, w }) => x + w / 2 < 400)) {
      const flag = placeFlag(scene, roomOf(box), 205, 40, { ...whole, right: 400, enlarged: 1 });
      expect(flag.x + 205 / 2, box.id).toBeLessThanOrEqual(400);
    }
  });
});
