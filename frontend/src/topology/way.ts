import type { TraceEvent } from "../protocol/messages";
import { type Rewrite, rewriteOf } from "../state/packets";
import { deviceId, machineId, namespaceId, type Point, type Scene, type Station, stationId, switchId, type Wire } from "./scene";

const STATION_OF: Record<string, Station> = {
  IP_RECEIVE: "PREROUTING",
  RAW_PREROUTING: "PREROUTING",
  DEFRAGMENT: "PREROUTING",
  CONNTRACK: "PREROUTING",
  MANGLE_PREROUTING: "PREROUTING",
  NAT_PREROUTING: "PREROUTING",
  ROUTING: "routing",
  MANGLE_INPUT: "INPUT",
  FILTER_INPUT: "INPUT",
  SECURITY_INPUT: "INPUT",
  NAT_INPUT: "INPUT",
  SOCKET: "processes",
  FORWARDING: "FORWARD",
  MANGLE_FORWARD: "FORWARD",
  FILTER_FORWARD: "FORWARD",
  SECURITY_FORWARD: "FORWARD",
  SOCKET_SEND: "processes",
  RAW_OUTPUT: "OUTPUT",
  MANGLE_OUTPUT: "OUTPUT",
  NAT_OUTPUT: "OUTPUT",
  REROUTE: "OUTPUT",
  FILTER_OUTPUT: "OUTPUT",
  SECURITY_OUTPUT: "OUTPUT",
  MANGLE_POSTROUTING: "POSTROUTING",
  NAT_POSTROUTING: "POSTROUTING",
  CONFIRM: "POSTROUTING",
  FRAGMENT: "POSTROUTING",
};

/** The node of the scene at which an event happened; the one before tells inbound from outbound where a stage occurs in both. */
export function nodeOf(scene: Scene, event: TraceEvent, before: string | undefined): string | undefined {
  const { machine, namespace, device } = event.place;
  if (scene.nodes.has(switchId(machine))) {
    return switchId(machine);
  }
  const onDevice = device ? deviceId(machine, namespace, device) : undefined;
  const station = STATION_OF[event.stage];
  if (station && !namespace && scene.nodes.has(stationId(machine, station))) {
    const outbound = before === stationId(machine, "processes") || before === stationId(machine, "OUTPUT");
    if (outbound && event.stage === "CONNTRACK") {
      return stationId(machine, "OUTPUT");
    }
    if (event.stage === "ROUTING" && outbound) {
      return before;
    }
    const inbound = before === stationId(machine, "INPUT") || before === stationId(machine, "routing");
    if (event.stage === "CONFIRM" && inbound) {
      return stationId(machine, "INPUT");
    }
    return stationId(machine, station);
  }
  if (!station && onDevice && scene.nodes.has(onDevice)) {
    return onDevice;
  }
  const inside = namespace ? namespaceId(machine, namespace) : machineId(machine);
  return scene.nodes.has(inside) ? inside : undefined;
}

/** One step of a packet's way: the event, where it stood, and the line it took to get there. */
export interface WayStep {
  event: TraceEvent;
  node: string;
  from: Point[];
  /** The drawn wires of that line. */
  wires: Wire[];
  rewrite: Rewrite | undefined;
}

/** A packet's events as a way through the scene. */
export function wayOf(scene: Scene, events: readonly TraceEvent[]): WayStep[] {
  const steps: WayStep[] = [];
  const routes = routesOf(scene);
  let before: string | undefined;
  let bridged = false;
  for (const event of events) {
    const node = nodeOf(scene, event, before);
    if (!node) {
      continue;
    }
    const bridges = event.stage === "BRIDGE_INPUT" || event.stage === "BRIDGE_FORWARD";
    const route = before && before !== node ? routes.between(before, node, bridged || bridges) : { points: [], wires: [] };
    steps.push({ event, node, from: route.points, wires: route.wires, rewrite: rewriteOf(event) });
    before = node;
    bridged = bridges;
  }
  return steps;
}

interface Route {
  points: Point[];
  wires: Wire[];
}

const known = new WeakMap<Scene, Routes>();

function routesOf(scene: Scene): Routes {
  const routes = known.get(scene) ?? new Routes(scene);
  known.set(scene, routes);
  return routes;
}

/**
 * The shortest way along the drawn wires, by number of wires. A frame that a bridge still has is shown to the rules and comes back
 * (br_netfilter): only then are the ways open that lead past routing.
 */
class Routes {
  private readonly found = new Map<string, Route>();
  private readonly next = new Map<string, { to: string; wire: Wire; reversed: boolean }[]>();

  constructor(private readonly scene: Scene) {
    for (const wire of scene.wires) {
      this.link(wire.from, wire.to, wire, false);
      if (!wire.oneWay) {
        this.link(wire.to, wire.from, wire, true);
      }
    }
  }

  private link(from: string, to: string, wire: Wire, reversed: boolean): void {
    const links = this.next.get(from) ?? [];
    links.push({ to, wire, reversed });
    this.next.set(from, links);
  }

  between(from: string, to: string, switched: boolean): Route {
    const key = `${from} ${to} ${switched}`;
    const route = this.found.get(key) ?? this.find(from, to, switched);
    this.found.set(key, route);
    return route;
  }

  private find(from: string, to: string, switched: boolean): Route {
    const came = new Map<string, { node: string; wire: Wire; reversed: boolean }>();
    const queue = [from];
    for (let node = queue.shift(); node !== undefined && node !== to; node = queue.shift()) {
      for (const link of this.next.get(node) ?? []) {
        if (link.to !== from && !came.has(link.to) && (switched || link.wire.kind !== "switched")) {
          came.set(link.to, { node, wire: link.wire, reversed: link.reversed });
          queue.push(link.to);
        }
      }
    }
    const points: Point[] = [this.scene.nodes.get(to)!];
    const wires: Wire[] = [];
    let node = to;
    while (node !== from) {
      const step = came.get(node);
      if (!step) {
        return { points: [this.scene.nodes.get(from)!, this.scene.nodes.get(to)!], wires: [] };
      }
      points.unshift(...(step.reversed ? [...step.wire.points].reverse() : step.wire.points));
      if (step.wire.kind !== "hidden") {
        wires.unshift(step.wire);
      }
      node = step.node;
    }
    points.unshift(this.scene.nodes.get(from)!);
    return { points: squared(points), wires };
  }
}

/** Level and upright legs only, as the wires are drawn. */
function squared(points: readonly Point[]): Point[] {
  const out: Point[] = [];
  for (const point of points) {
    const last = out.at(-1);
    if (last && last.x !== point.x && last.y !== point.y) {
      out.push({ x: point.x, y: last.y });
    }
    if (!last || last.x !== point.x || last.y !== point.y) {
      out.push(point);
    }
  }
  return out;
}

/** What is lit for a packet that has come as far as these steps. */
export interface Lit {
  lines: Point[][];
  nodes: Set<string>;
  at: WayStep | undefined;
  dropped: WayStep | undefined;
  /** What a station did to the packet, for the line drawn in it. */
  marks: Map<string, { table: string; rule: string }>;
  rewrites: Map<string, Rewrite>;
  /** The second direction of a translated connection: what is rewritten is turned back. */
  back: boolean;
}

export function litBy(scene: Scene, steps: readonly WayStep[]): Lit {
  const box = (node: string) => scene.boxOf.get(node)?.id ?? node;
  const lit: Lit = {
    lines: [],
    nodes: new Set(),
    at: steps.at(-1),
    dropped: undefined,
    marks: new Map(),
    rewrites: new Map(),
    back: steps.some((s) => s.event.decision?.isReply === true),
  };
  for (const step of steps) {
    lit.lines.push(...step.wires.map((wire) => wire.points));
    for (const wire of step.wires) {
      lit.nodes.add(box(wire.from)).add(box(wire.to));
    }
    lit.nodes.add(box(step.node));
    const decision = step.event.decision;
    const hit = decision?.kind === "rule" ? decision.tried?.at(-1) : undefined;
    if (hit) {
      lit.marks.set(step.node, { table: decision?.table ?? "", rule: `${hit.chain} #${hit.number}` });
    } else if (step.event.stage === "ROUTING") {
      const device = / dev (\S+)/.exec(decision?.text ?? "")?.[1];
      lit.marks.set(step.node, { table: "", rule: decision?.local ? "local" : device ? `→ ${device}` : "" });
    }
    if (step.rewrite) {
      lit.rewrites.set(step.node, step.rewrite);
    }
    if (step.event.outcome.kind === "dropped") {
      lit.dropped = step;
    }
  }
  return lit;
}

export function pathData(points: readonly Point[]): string {
  return points.map((p, i) => `${i === 0 ? "M" : "L"}${p.x} ${p.y}`).join("");
}
