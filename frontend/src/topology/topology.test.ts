import { describe, expect, it } from "vitest";
import { Recorder, request, response } from "../../dev/recorder";
import { cache, db, web, whoHas } from "../../dev/scenario";
import { defaultNetwork, world } from "../../dev/world";
import { layOut } from "./layout";
import type { Box, Scene } from "./scene";
import { Slots } from "./slots";
import { litBy, wayOf } from "./way";

const app = { name: "app", bridge: "br-9f31c2", gateway: "172.18.0.1" };

function where(scene: Scene): Map<string, string> {
  return new Map(scene.boxes.filter((b) => b.kind !== "host").map((b) => [b.id, `${b.x},${b.y},${b.w},${b.h}`]));
}

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

describe("the layout", () => {
  it("moves nothing when containers and networks come and go", () => {
    const slots = new Slots();
    const first = where(layOut(world(1, 0, [web]), slots));
    const second = where(layOut(world(2, 0, [web, db, cache], [defaultNetwork, app]), slots));
    const third = where(layOut(world(3, 0, [db, cache], [defaultNetwork, app]), slots));
    for (const [id, at] of first) {
      expect(second.get(id), id).toBe(at);
    }
    for (const [id, at] of third) {
      expect(second.get(id), id).toBe(at);
    }
  });

  it("gives a place anew only when its owner is gone", () => {
    const slots = new Slots();
    slots.assign("g", ["a", "b"]);
    expect(slots.assign("g", ["b", "c"])).toEqual(
      new Map([
        ["b", 1],
        ["c", 0],
      ]),
    );
  });

  it("draws fifty containers without two boxes on one another", () => {
    const networks = Array.from({ length: 8 }, (_, i) => ({
      name: i ? `n${i}` : "bridge",
      bridge: i ? `br-${i}` : "docker0",
      gateway: `172.${17 + i}.0.1`,
    }));
    const containers = Array.from({ length: 50 }, (_, i) => ({
      name: `c${i}`,
      image: "alpine",
      network: networks[i % 8]!.name,
      address: `172.${17 + (i % 8)}.0.${2 + (i >> 3)}`,
    }));
    const scene = layOut(world(1, 0, containers, networks), new Slots());
    const solid = scene.boxes.filter((b) => ["bridge", "namespace", "machine", "switch"].includes(b.kind));
    expect(solid.filter((b) => b.kind === "namespace")).toHaveLength(50);
    for (const a of solid) {
      for (const b of solid) {
        expect(a === b || !overlaps(a, b), `${a.id} ${b.id}`).toBe(true);
      }
    }
    const host = scene.boxes.find((b) => b.kind === "host")!;
    for (const inner of solid.filter((b) => b.kind === "namespace" || b.kind === "bridge")) {
      expect(inner.x >= host.x && inner.x + inner.w <= host.x + host.w && inner.y + inner.h <= host.y + host.h, inner.id).toBe(true);
    }
  });
});

describe("a packet's way", () => {
  const scene = layOut(world(1, 0, [web, cache]), new Slots());
  const r = new Recorder();
  whoHas(r);
  const syn = request(r, web, 39528, ["SYN"], 0);
  const answer = response(r, web, 39528, ["SYN", "ACK"], 0, syn.id);
  const eventsOf = (id: number) => r.events.filter((e) => e.packet === id);

  it("leads through the drawn stations, in by DNAT", () => {
    const steps = wayOf(scene, eventsOf(syn.id));
    const nodes = steps.map((s) => s.node).filter((n, i, all) => n !== all[i - 1]);
    expect(nodes).toEqual([
      "machine:client",
      "device:client//eth0",
      "switch:lan",
      "device:host//eth0",
      "station:host/PREROUTING",
      "station:host/routing",
      "station:host/FORWARD",
      "station:host/POSTROUTING",
      "device:host//docker0",
      expect.stringMatching(/^device:host\/\/veth/),
      "device:host/web/eth0",
      "namespace:host/web",
    ]);
    const jumps = steps.filter((s) => s.from.length > 0 && s.wires.length === 0).map((s) => s.node);
    expect(jumps).toEqual(["device:client//eth0", expect.stringMatching(/veth/), "namespace:host/web"]);
    const lit = litBy(steps);
    expect(lit.rewrites.get("station:host/PREROUTING")).toEqual({ which: "dst", before: "192.168.1.10:5001", after: "172.17.0.2:5001" });
    expect(lit.marks.get("station:host/PREROUTING")).toEqual({ table: "nat", rule: "DOCKER #2" });
  });

  it("leads back out through the host's own interface", () => {
    const steps = wayOf(scene, eventsOf(answer.id));
    expect(litBy(steps).rewrites.get("station:host/POSTROUTING")).toMatchObject({ which: "src", after: "192.168.1.10:5001" });
    expect(steps.at(-1)?.node).toBe("machine:client");
  });

  it("turns only at right angles", () => {
    for (const step of wayOf(scene, eventsOf(syn.id))) {
      for (const [i, p] of step.from.entries()) {
        const q = step.from[i + 1];
        expect(!q || p.x === q.x || p.y === q.y, `${step.event.stage} ${JSON.stringify([p, q])}`).toBe(true);
      }
    }
  });
});
