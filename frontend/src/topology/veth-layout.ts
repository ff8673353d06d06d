import type { Device, Machine, Namespace } from "../protocol/messages";
import { CELL_W, CELLS_DY, PITCH } from "./blocks";
import { type Box, deviceId, machineId, namespaceId, type SceneBuilder } from "./scene";

const GUTTER = (PITCH - CELL_W) / 2;
/** Between a cable's name and the cables that run down beside the next cell. */
const LABEL_GAP = 4;
type Line = [number, number][];

/** Where cables from a host's own interfaces run, as seen from the lower edge of these, and from the host's left edge. */
const BELOW_ROW = 18;
const ABOVE_BRIDGES = 173;
const BESIDE_BAND = 720;
const LANE = 6;
const LANES = 4;

/** Veth pairs: from the bridge's port (or a loose end) to the interface in the other namespace, or to the node that stands for it. */
export function wireVeths(scene: SceneBuilder, machine: Machine, own: Namespace | undefined): void {
  const outers = new Map(own?.devices.map((d) => [d.name, d]));
  for (const namespace of machine.namespaces) {
    const alone = namespace.devices.filter((d) => d.peer).length === 1;
    for (const device of namespace.devices) {
      if (namespace !== own && device.peer) {
        wireVeth(scene, machine.name, namespace, device, outers, alone);
      }
    }
  }
}

function wireVeth(
  scene: SceneBuilder,
  machine: string,
  namespace: Namespace,
  device: Device,
  outers: Map<string, Device>,
  alone: boolean,
): void {
  const peer = device.peer!;
  const inner = deviceId(machine, namespace.name, device.name);
  const tab = scene.boxAt(inner);
  if (!tab) {
    return;
  }
  const outer = peer.namespace ? undefined : outers.get(peer.device);
  const outerId = deviceId(machine, peer.namespace, peer.device);
  const down = !device.up || outer?.up === false;
  const bridge = outer?.master ? scene.boxAt(deviceId(machine, "", outer.master)) : undefined;
  if (bridge) {
    const points = cableTo(scene, bridge, tab, namespace.name, machine);
    scene.node(outerId, points[0]![0], points[0]![1]);
    scene.touch(bridge.id, outerId);
    const x = points.at(-1)![0] + 5;
    const label = { text: peer.device, x, y: tab.y - 6, room: tab.x + tab.w / 2 + PITCH / 2 - LABEL_GAP - x };
    scene.wire(
      outerId,
      inner,
      "veth",
      points,
      alone && tab.y - bridge.y - bridge.h < CELLS_DY && isNamed(tab) ? { label, down } : { down },
    );
    return;
  }
  const from = scene.nodes.get(outerId);
  if (from && (!peer.namespace || peer.namespace < namespace.name)) {
    const x = tab.x + tab.w / 2;
    const loose = scene.boxAt(outerId);
    if (loose && !peer.namespace) {
      const cell = scene.boxAt(namespaceId(machine, namespace.name)) ?? tab;
      scene.wire(outerId, inner, "veth", around(scene, loose, cell, tab, scene.boxAt(machineId(machine))!.x), { down });
      return;
    }
    const line: Line = [
      [from.x, from.y + 15],
      [from.x, tab.y - 12],
      [x, tab.y - 12],
      [x, tab.y],
    ];
    scene.wire(outerId, inner, "veth", line, { down });
  }
}

const isNamed = (tab: Box) => tab.kind === "device" && tab.h > 14;

/**
 * Straight down in the first row; down the gutter left of the cell for the rows below; from another bridge along below it and
 * down the way left of the cell's block.
 */
function cableTo(scene: SceneBuilder, bridge: Box, tab: Box, namespace: string, machine: string): Line {
  const x = tab.x + tab.w / 2;
  const y0 = bridge.y + bridge.h;
  const cell = scene.boxAt(namespaceId(machine, namespace)) ?? tab;
  const above = tab.y - 4;
  const own = x >= bridge.x && x <= bridge.x + bridge.w && tab.y > bridge.y;
  const close = tab.y >= y0 && tab.y - y0 < CELLS_DY - bridge.h;
  if (own && close) {
    return [
      [x, y0],
      [x, tab.y],
    ];
  }
  if (own) {
    const gutter = cell.x - GUTTER;
    const port = Math.max(gutter, bridge.x + 4);
    return [
      [port, y0],
      [port, y0 + 6],
      [gutter, y0 + 6],
      [gutter, above],
      [x, above],
      [x, tab.y],
    ];
  }
  const port = x < bridge.x ? bridge.x + 10 : bridge.x + bridge.w - 10;
  if (close) {
    return [
      [port, y0],
      [port, y0 + 10],
      [x, y0 + 10],
      [x, tab.y],
    ];
  }
  const way = blockLeft(scene, cell) - GUTTER;
  return [
    [port, y0],
    [port, y0 + 10],
    [way, y0 + 10],
    [way, above],
    [x, above],
    [x, tab.y],
  ];
}

/** From an interface in the host's upper row: beside netfilter and above the bridges, so that it seems to pass through none of them. */
function around(scene: SceneBuilder, loose: Box, cell: Box, tab: Box, machineX: number): Line {
  const start = loose.x + loose.w / 2;
  const y0 = loose.y + loose.h;
  const before = scene.boxes.filter((b) => b.kind === "loose" && b.x < loose.x).length % LANES;
  const lane = Math.max(machineX + BESIDE_BAND + before * LANE, start);
  const level = y0 + ABOVE_BRIDGES - before;
  const way = blockLeft(scene, cell) - GUTTER - (before + 1) * 2;
  const x = tab.x + tab.w / 2;
  const above = tab.y - 8;
  const beside: Line =
    lane === start
      ? []
      : [
          [start, y0 + BELOW_ROW],
          [lane, y0 + BELOW_ROW],
        ];
  return [[start, y0], ...beside, [lane, level], [way, level], [way, above], [x, above], [x, tab.y]];
}

/** The left edge of the bridge's block that a cell stands in. */
function blockLeft(scene: SceneBuilder, cell: Box): number {
  const over = scene.boxes.findLast((b) => b.kind === "bridge" && b.y < cell.y && b.x <= cell.x && cell.x < b.x + b.w);
  return over?.x ?? cell.x;
}
