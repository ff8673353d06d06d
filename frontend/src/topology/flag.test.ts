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
  it.each([1, 1.1, 1.3])("covers no words and no edges of boxes, enlarged by %d", (enlarged) => {
    const [w, h] = [205 * enlarged, 40 * enlarged];
    for (const box of scene.boxes.filter(({ kind }) => kind !== "host" && kind !== "band")) {
      const flag = { ...placeFlag(scene, roomOf(box), w, h, { ...whole, enlarged }), w, h };
      const covered = (what: "words" | "boxes") => drawnIn(scene)[what].reduce((sum, room) => sum + shared(room, flag), 0);
      expect(covered("words"), box.id).toBe(0);
      expect(covered("boxes") / (w * h), box.id).toBeLessThan(0.08);
    }
  });

  it("is within what is seen of the drawing, as on a telephone", () => {
    for (const box of scene.boxes.filter(({ x, w }) => x + w / 2 < 400)) {
      const flag = placeFlag(scene, roomOf(box), 205, 40, { ...whole, right: 400, enlarged: 1 });
      expect(flag.x + 205 / 2, box.id).toBeLessThanOrEqual(400);
    }
  });
});
