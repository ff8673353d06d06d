import { describe, expect, it } from "vitest";
import { web } from "../../dev/scenario";
import { world } from "../../dev/world";
import { Folds } from "../topology/folds";
import { layOut } from "../topology/layout";
import { Slots } from "../topology/slots";
import { boxesNamed, paleBoxes } from "./focus";
import { begunLessons } from "./kept";

describe("lessons", () => {
  it("name boxes of the drawing", () => {
    expect(boxesNamed("web")).toContain("namespace:host/web");
    expect(boxesNamed("client")).toContain("machine:client");
    expect(boxesNamed("host/docker0")).toContain("device:host//docker0");
    expect(boxesNamed("web/eth0")).toContain("device:host/web/eth0");
    expect(boxesNamed("host/PREROUTING")).toContain("station:host/PREROUTING");
  });

  it("leave pale what a step folds, with all that is in it", () => {
    const scene = layOut(world(1, 0, [web]), new Slots());
    const pale = paleBoxes(scene, ["host/PREROUTING"], ["router", "web"]);
    expect([...pale].sort()).toEqual(["device:host/web/eth0", "machine:router", "namespace:host/web"]);
    expect(paleBoxes(scene, ["web"], []).size).toBe(0);
  });

  it("leave pale all but the focus, what is in it and what it is in", () => {
    const scene = layOut(world(1, 0, [web]), new Slots());
    const clear = (focus: string[]) => {
      const pale = paleBoxes(scene, focus, ["rest"]);
      return scene.boxes.filter((b) => b.kind !== "host" && b.kind !== "band" && !pale.has(b.id)).map((b) => b.id);
    };
    expect(clear(["web"]).sort()).toEqual(["device:host/web/eth0", "namespace:host/web"]);
    expect(clear(["web/eth0", "client"]).sort()).toEqual(["device:host/web/eth0", "machine:client", "namespace:host/web"]);
    expect(clear(["host/FORWARD"])).toEqual(["station:host/FORWARD"]);
  });

  it("fold a bridge's containers into a number, unless the person draws them", () => {
    const [folds, slots] = [new Folds(), new Slots()];
    const drawn = () => layOut(world(1, 0, [web]), slots, folds).boxes.map((b) => b.id);
    expect(folds.lay(new Set(["host/docker0", "router"]))).toBe(true);
    expect(folds.lay(new Set(["host/docker0", "router"]))).toBe(false);
    expect(drawn()).toContain("fold:host/docker0");
    expect(drawn()).not.toContain("namespace:host/web");
    folds.toggle("host/docker0");
    expect(drawn()).toContain("namespace:host/web");
    folds.lay(new Set());
    expect(drawn()).toContain("namespace:host/web");
  });

  it.each([null, "", "[]", "no json", '{"03":{"session":"../x","reached":1,"steps":2}}', '{"03":null}'])(
    "that were begun are forgotten when what is kept makes no sense: %s",
    (text) => {
      expect(begunLessons(text).size).toBe(0);
    },
  );

  it("that were begun are remembered with their session", () => {
    const session = "0123456789abcdef0123456789abcdef";
    expect(begunLessons(JSON.stringify({ "03": { session, reached: 2, steps: 9 } })).get("03")).toEqual({ session, reached: 2, steps: 9 });
  });
});
