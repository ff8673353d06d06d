import { describe, expect, it } from "vitest";
import { Recorder, request, response } from "../../dev/recorder";
import { cache, db, web, whoHas } from "../../dev/scenario";
import { defaultNetwork, hostVeth, world } from "../../dev/world";
import type { Device } from "../protocol/messages";
import { Folds } from "./folds";
import { layOut } from "./layout";
import type { Box, Scene } from "./scene";
import { search } from "./search";
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

  it("says how many more addresses an interface has than it shows", () => {
    const topology = world(1, 0, [web]);
    const host = topology.machines.find((m) => m.name === "host")!.namespaces[0]!;
    host.devices = host.devices.map((d) =>
      d.name === "eth0" ? { ...d, addresses: [...d.addresses, "192.168.1.11/24", "fe80::1/64"] } : d,
    );
    const scene = layOut(topology, new Slots());
    expect(scene.boxOf.get("device:host//eth0")?.address).toBe("192.168.1.10/24 +1");
    expect(scene.boxOf.get("device:host//docker0")?.address).toBe("172.17.0.1/16");
  });

  it("shows an address of every interface of a machine that has several, as a router does", () => {
    const router = layOut(world(1, 0, [web]), new Slots()).boxOf.get("machine:router")!;
    expect([router.address, ...(router.lines ?? [])]).toEqual(["192.168.1.1", "198.51.100.1"]);
  });

  it("leads a cable from the host to a namespace past all boxes that are between them", () => {
    const topology = world(1, 0, [web, cache], [defaultNetwork, app]);
    const host = topology.machines.find((m) => m.name === "host")!;
    const end = (name: string, peer: NonNullable<Device["peer"]>): Device => ({
      ...host.namespaces[0]!.devices[1]!,
      name,
      kind: "veth",
      addresses: [],
      peer,
    });
    for (const i of [0, 1, 2]) {
      host.namespaces[0]!.devices.push(end(`v${i}`, { machine: "host", namespace: `blue${i}`, device: "inner" }));
      host.namespaces.push({ name: `blue${i}`, kind: "named", devices: [end("inner", { machine: "host", device: `v${i}` })] });
    }
    const scene = layOut(topology, new Slots());
    const cables = scene.wires.filter((w) => w.kind === "veth" && /^device:host\/\/v\d/.test(w.id));
    expect(cables.length).toBe(3);
    const solid = scene.boxes.filter((b) => b.kind !== "host");
    for (const { id, from, to, points } of cables) {
      const others = solid.filter((b) => b.id !== from && b.id !== to);
      const crossed = others.filter((b) =>
        points.slice(1).some((p, i) => {
          const q = points[i]!;
          const [left, right, top, bottom] = [Math.min(p.x, q.x), Math.max(p.x, q.x), Math.min(p.y, q.y), Math.max(p.y, q.y)];
          return left < b.x + b.w && right > b.x && top < b.y + b.h && bottom > b.y;
        }),
      );
      expect(
        crossed.map((b) => b.id),
        id,
      ).toEqual([]);
    }
    const lanes = cables.map(({ points }) => points[2]!.x);
    expect(new Set(lanes).size).toBe(3);
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

  it("lets the later of two owners of a place keep it", () => {
    const slots = new Slots();
    slots.assign("g", ["a"]);
    slots.assign("g", ["b"]);
    expect(slots.assign("g", ["a", "b"])).toEqual(
      new Map([
        ["b", 0],
        ["a", 1],
      ]),
    );
  });

  it("leaves out whom it has no room for, until a place is free", () => {
    const slots = new Slots();
    expect([...slots.assign("g", ["a", "b", "c"], 2).keys()]).toEqual(["a", "b"]);
    expect(slots.assign("g", ["b", "c"], 2)).toEqual(
      new Map([
        ["b", 1],
        ["c", 0],
      ]),
    );
  });
});

/** Containers of a world with eight networks beside docker0, dealt out in turn. */
const networks = [
  defaultNetwork,
  ...Array.from({ length: 8 }, (_, i) => ({ name: `n${i}`, bridge: `br-${i}`, gateway: `172.${18 + i}.0.1` })),
];
const dealt = (i: number, on = networks[1 + (i % 8)]!) => ({
  name: `c${i}`,
  image: "alpine",
  network: on.name,
  address: on.gateway.replace(/1$/, String(2 + (i >> 3))),
});
const many = (count: number, on?: (typeof networks)[number]) => Array.from({ length: count }, (_, i) => dealt(i, on));
const SOLID = ["bridge", "namespace", "machine", "switch", "fold", "station"];

function expectLegible(scene: Scene): void {
  const solid = scene.boxes.filter((b) => SOLID.includes(b.kind));
  expect(solid.flatMap((a) => solid.filter((b) => a !== b && overlaps(a, b)).map((b) => `${a.id} ${b.id}`))).toEqual([]);
  const slanted = scene.wires.filter(
    (w) => w.kind !== "hidden" && w.points.some((p, i) => i > 0 && p.x !== w.points[i - 1]!.x && p.y !== w.points[i - 1]!.y),
  );
  expect(slanted.map((w) => w.id)).toEqual([]);
  const tabs = scene.boxes.filter((b) => b.kind === "device" && b.id.split("/")[1] !== "");
  for (const tab of tabs) {
    const [, machine, namespace] = /^device:([^/]*)\/([^/]*)/.exec(tab.id)!;
    const own = `namespace:${machine}/${namespace}`;
    expect(solid.filter((b) => b.id !== own && overlaps(b, tab)).map((b) => b.id)).toEqual([]);
  }
  const host = scene.boxes.find((b) => b.kind === "host")!;
  for (const inner of solid.filter((b) => ["namespace", "bridge", "fold"].includes(b.kind))) {
    expect(inner.x >= host.x && inner.x + inner.w <= host.x + host.w && inner.y + inner.h <= host.y + host.h, inner.id).toBe(true);
  }
}

describe("fifty containers on eight networks", () => {
  it("are drawn without two boxes on one another, as wide as a screen", () => {
    const scene = layOut(world(1, 0, many(50), networks), new Slots());
    expect(scene.boxes.filter((b) => b.kind === "namespace")).toHaveLength(50);
    expectLegible(scene);
    expect(scene.width / scene.height).toBeGreaterThan(1.4);
    expect(scene.width / scene.height).toBeLessThan(2.4);
  });

  it("stay where they are while others come and go, whatever the order", () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2 ** 31;
      return Math.floor((seed / 2 ** 31) * below);
    };
    const slots = new Slots();
    let running = many(20);
    let before = where(layOut(world(1, 0, running, networks), slots));
    for (let turn = 0, next = 20; turn < 120; turn++) {
      running =
        random(2) === 0 && running.length > 5 ? running.filter((_, i) => i !== random(running.length)) : [...running, dealt(next++)];
      running = running.slice(-50);
      const scene = layOut(world(turn + 2, 0, running, networks), slots);
      const after = where(scene);
      for (const [id, at] of after) {
        expect(before.get(id) ?? at, `${id} in turn ${turn}`).toBe(at);
      }
      expectLegible(scene);
      before = after;
    }
  });

  it("are counted where a network has no room for them, and packets pass by the counted node", () => {
    const scene = layOut(world(1, 0, many(50, networks[2]), networks), new Slots());
    const shown = scene.boxes.filter((b) => b.kind === "namespace").length;
    const fold = scene.boxes.find((b) => b.kind === "fold")!;
    expect(fold.title).toBe(`+ ${50 - shown} more`);
    expectLegible(scene);
    expect(scene.boxOf.get("namespace:host/c49")).toBe(fold);
    expect(scene.nodes.get("device:host/c49/eth0")).toEqual({ x: fold.x + fold.w / 2, y: fold.y + fold.h / 2 });
  });

  it("move only below a network that is drawn out in full", () => {
    const slots = new Slots();
    const folds = new Folds();
    const topology = world(1, 0, [...many(30), ...Array.from({ length: 20 }, (_, i) => dealt(100 + i, networks[1]))], networks);
    const before = where(layOut(topology, slots, folds));
    folds.set("host/br-0", "all");
    const scene = layOut(topology, slots, folds);
    expect(scene.boxes.some((b) => b.kind === "fold")).toBe(false);
    expectLegible(scene);
    const moved = [...where(scene)].filter(([id, at]) => before.has(id) && before.get(id) !== at);
    expect(moved.every(([id]) => scene.boxOf.get(id)!.y > scene.boxOf.get("device:host//br-0")!.y + 200)).toBe(true);
    expect(moved.some(([id]) => id === "device:host//br-7")).toBe(true);
  });

  it("give way to their number when a network is folded, and all else stays", () => {
    const slots = new Slots();
    const folds = new Folds();
    const topology = world(1, 0, many(50), networks);
    const before = where(layOut(topology, slots, folds));
    folds.toggle("host/br-3");
    const scene = layOut(topology, slots, folds);
    expect(scene.boxes.find((b) => b.kind === "fold")?.title).toBe("6 containers");
    expect(scene.boxes.filter((b) => b.kind === "namespace")).toHaveLength(44);
    for (const [id, at] of where(scene)) {
      expect(before.get(id) ?? at, id).toBe(at);
    }
    folds.toggle("host/br-3");
    expect(where(layOut(topology, slots, folds))).toEqual(before);
  });

  it("are found by name, network and address, the nearest first", () => {
    const topology = world(1, 0, many(50), networks);
    expect(search(topology, "c4").map((hit) => hit.name)).toEqual(["c4", "c40", "c41", "c42", "c43", "c44", "c45", "c46"]);
    expect(search(topology, "172.20.0.3")[0]).toMatchObject({
      node: "namespace:host/c10",
      what: "container of alpine · on n2 · 172.20.0.3",
    });
    expect(search(topology, "N7")[0]).toMatchObject({ node: "device:host//br-7", name: "n7" });
    expect(search(topology, "router")[0]?.node).toBe("machine:router");
    expect(search(topology, " ")).toEqual([]);
    expect(search(topology, "<b>")).toEqual([]);
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
    const lit = litBy(scene, steps);
    expect(lit.rewrites.get("station:host/PREROUTING")).toEqual({ which: "dst", before: "192.168.1.10:5001", after: "172.17.0.2:5001" });
    expect(lit.marks.get("station:host/PREROUTING")).toEqual({ table: "nat", rule: "DOCKER #2" });
  });

  it("leads back out through the host's own interface", () => {
    const steps = wayOf(scene, eventsOf(answer.id));
    expect(litBy(scene, steps).rewrites.get("station:host/POSTROUTING")).toMatchObject({ which: "src", after: "192.168.1.10:5001" });
    expect(steps.at(-1)?.node).toBe("machine:client");
  });

  /** From web by docker0 while the rules look at what is switched (br_netfilter). */
  const switched = (...stages: [stage: string, machine: string, namespace?: string, device?: string][]) => {
    const walk = r.packet({ cause: "SENT_BY" }, syn.headers);
    for (const [stage, ...place] of [
      ["DEVICE_TX", "host", "web", "eth0"],
      ["BRIDGE_INPUT", "host", "", hostVeth(web)],
      ...stages,
    ] as typeof stages) {
      walk.at(...place).stage(stage, "");
    }
    return wayOf(scene, eventsOf(walk.id));
  };
  const wiresOf = (steps: ReturnType<typeof wayOf>) => [...new Set(steps.flatMap((s) => s.wires.map((w) => w.id)))];

  it("comes back from the rules that look at a frame before the bridge hands it up", () => {
    const steps = switched(
      ["RAW_PREROUTING", "host"],
      ["BRIDGE_FORWARD", "host", "", "docker0"],
      ["DEVICE_RX", "host", "", "docker0"],
      ["ROUTING", "host"],
      ["SOCKET", "host"],
    );
    const lit = litBy(scene, steps);
    expect([...lit.nodes].filter((node) => /FORWARD|POSTROUTING|OUTPUT/.test(node))).toEqual([]);
    expect(wiresOf(steps)).toContain("device:host//docker0>station:host/PREROUTING");
  });

  it("does not lead by routing where a frame is switched", () => {
    const steps = switched(
      ["RAW_PREROUTING", "host"],
      ["BRIDGE_FORWARD", "host", "", "docker0"],
      ["FILTER_FORWARD", "host"],
      ["NAT_POSTROUTING", "host"],
      ["DEVICE_TX", "host", "", hostVeth(cache)],
    );
    const lit = litBy(scene, steps);
    expect([...lit.nodes]).toContain("station:host/FORWARD");
    expect([...lit.nodes]).not.toContain("station:host/routing");
    expect(wiresOf(steps)).toContain("station:host/PREROUTING>station:host/FORWARD");
    expect(
      lit.lines.flatMap((line) => line.slice(1).map((p, i) => [p, line[i]!])).filter(([p, q]) => p!.x !== q!.x && p!.y !== q!.y),
    ).toEqual([]);
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
