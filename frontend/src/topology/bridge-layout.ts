import type { Container, Device, Machine, Namespace, Topology } from "../protocol/messages";
import { namespaceLabel } from "../state/names";
import { deviceId, ghostId, namespaceId, type Point, type SceneBuilder } from "./scene";
import type { Slots } from "./slots";

const BLOCK_X = 36;
const BLOCK_GAP = 28;
const PITCH = 150;
const CELL_W = 134;
const CELL_H = 80;
const ROW_PITCH = 124;
const BRIDGE_H = 46;
const CELLS_DY = BRIDGE_H + 34;
const TAB_H = 20;

interface Cell {
  key: string;
  namespace: Namespace | undefined;
  container: Container | undefined;
  /** The bridge it is drawn under, or "" for none. */
  bridge: string;
}

/** The first bridge is given four columns, the others two, so that a block's width never changes. */
const columns = (block: number) => (block === 0 ? 4 : 2);
/** Rows below the second are low, so that many containers stay legible. */
const FULL_ROWS = 2;
const LOW_H = 42;
const LOW_PITCH = 72;
const rowY = (row: number) => Math.min(row, FULL_ROWS) * ROW_PITCH + Math.max(0, row - FULL_ROWS) * LOW_PITCH;
const rowH = (row: number) => (row < FULL_ROWS ? CELL_H : LOW_H);
const blockWidth = (block: number) => columns(block) * PITCH - (PITCH - CELL_W);
const blockX = (block: number) => Array.from({ length: block }, (_, i) => blockWidth(i) + BLOCK_GAP).reduce((a, b) => a + b, BLOCK_X);

/** Bridges side by side, what hangs on each in a grid below it; every block and cell keeps its place. */
export function layBridges(scene: SceneBuilder, topology: Topology, machine: Machine, slots: Slots, origin: Point) {
  const own = machine.namespaces.find((n) => n.kind === "root") ?? machine.namespaces[0];
  const bridges = (own?.devices ?? []).filter((d) => d.kind === "bridge");
  const cells = cellsOf(topology, machine, own);
  const keys = bridges.map((b) => b.name);
  if (cells.some((cell) => cell.bridge === "")) {
    keys.push("");
  }
  const blocks = slots.assign(`blocks:${machine.name}`, keys);
  let right = origin.x;
  let bottom = origin.y;
  for (const [bridgeName, block] of blocks) {
    const x = origin.x + blockX(block);
    const bridge = bridges.find((b) => b.name === bridgeName);
    const mine = cells.filter((cell) => cell.bridge === bridgeName);
    if (bridge) {
      layBridge(scene, topology, machine.name, own?.devices ?? [], bridge, x, origin.y, blockWidth(block));
    }
    const places = slots.assign(
      `cells:${machine.name}/${bridgeName}`,
      mine.map((cell) => cell.key),
    );
    for (const cell of mine) {
      const slot = places.get(cell.key)!;
      const row = Math.floor(slot / columns(block));
      const at = { x: x + (slot % columns(block)) * PITCH, y: origin.y + CELLS_DY + rowY(row) };
      layCell(scene, topology, machine.name, cell, at, rowH(row));
      bottom = Math.max(bottom, at.y + rowH(row));
    }
    right = Math.max(right, x + blockWidth(block));
    bottom = Math.max(bottom, origin.y + BRIDGE_H);
  }
  wireVeths(scene, machine, own);
  return { right, bottom };
}

function cellsOf(topology: Topology, machine: Machine, own: Namespace | undefined): Cell[] {
  const masterOf = (namespace: Namespace): string => {
    for (const device of namespace.devices) {
      const outer = own?.devices.find((d) => d.name === device.peer?.device);
      if (device.peer && !device.peer.namespace && outer?.master) {
        return outer.master;
      }
    }
    return "";
  };
  const cells: Cell[] = machine.namespaces
    .filter((n) => n !== own)
    .map((namespace) => {
      const container = topology.containers.find((c) => c.machine === machine.name && c.namespace === namespace.name);
      return { key: container?.id ?? namespace.name, namespace, container, bridge: masterOf(namespace) };
    });
  const first = own?.devices.find((d) => d.kind === "bridge")?.name ?? "";
  const shown = new Set(cells.map((cell) => cell.container?.id));
  for (const container of topology.containers.filter((c) => c.machine === machine.name && !shown.has(c.id))) {
    const network = topology.networks.find((n) => n.name === container.networks[0]?.network);
    cells.push({ key: container.id, namespace: undefined, container, bridge: network?.bridge ?? first });
  }
  return cells;
}

function layBridge(
  scene: SceneBuilder,
  topology: Topology,
  machine: string,
  devices: Device[],
  bridge: Device,
  x: number,
  y: number,
  w: number,
): void {
  const ports = devices.filter((d) => d.master === bridge.name).length;
  const network = topology.networks.find((n) => n.bridge === bridge.name);
  const what = `L2 switch, ${ports === 0 ? "no ports" : ports === 1 ? "1 port" : `${ports} ports`}`;
  const line =
    network && network.name !== "bridge"
      ? `network “${network.name}” · ${what} · and an L3 interface`
      : `${what} · and an L3 interface of the ${machine}`;
  const address = bridge.addresses[0];
  scene.box({
    id: deviceId(machine, "", bridge.name),
    kind: "bridge",
    x,
    y,
    w,
    h: BRIDGE_H,
    title: bridge.name,
    lines: [line],
    ...(address ? { address } : {}),
    down: !bridge.up,
  });
}

function layCell(scene: SceneBuilder, topology: Topology, machine: string, cell: Cell, at: Point, h: number): void {
  const { namespace, container } = cell;
  const lines = container ? [container.image] : ["network namespace"];
  if (container && container.state !== "running") {
    lines.push(container.state);
  } else if (container?.listens?.length) {
    lines.push(`listens ${container.listens.map((l) => `:${l.port}`).join(" ")}`);
  }
  const title = namespace ? namespaceLabel(machine, namespace, topology.containers) : (container?.name ?? "");
  const id = namespace ? namespaceId(machine, namespace.name) : ghostId(container?.id ?? "");
  scene.box({ id, kind: namespace ? "namespace" : "ghost", x: at.x, y: at.y, w: CELL_W, h, title, lines });
  if (!namespace) {
    return;
  }
  const devices = namespace.devices.filter((d) => d.kind !== "loopback");
  const w = devices.length > 1 ? Math.max(34, (CELL_W - 8) / devices.length - 4) : 92;
  devices.forEach((device, i) => {
    const x = devices.length > 1 ? at.x + 6 + i * (w + 4) : at.x + (CELL_W - w) / 2;
    const address = device.addresses[0]?.split("/")[0];
    const short = address && devices.length < 2 ? `.${address.split(".").slice(2).join(".")}` : undefined;
    const tab = deviceId(machine, namespace.name, device.name);
    scene.box({
      id: tab,
      kind: "device",
      x,
      y: at.y - TAB_H / 2,
      w,
      h: TAB_H,
      title: device.name,
      ...(short ? { address: short } : {}),
      down: !device.up,
    });
    scene.touch(tab, id);
  });
  const loopback = namespace.devices.find((d) => d.kind === "loopback");
  if (loopback) {
    const tab = deviceId(machine, namespace.name, loopback.name);
    scene.node(tab, at.x + CELL_W - 16, at.y + h - 12);
    scene.touch(tab, id);
  }
}

/** A veth pair: from the bridge's port (or a loose end) to the interface in the other namespace. */
function wireVeths(scene: SceneBuilder, machine: Machine, own: Namespace | undefined): void {
  for (const namespace of machine.namespaces) {
    for (const device of namespace.devices) {
      const peer = device.peer;
      const outer = own?.devices.find((d) => d.name === peer?.device);
      if (namespace === own || !peer) {
        continue;
      }
      const tab = scene.boxes.find((b) => b.id === deviceId(machine.name, namespace.name, device.name));
      if (!tab) {
        continue;
      }
      const outerId = deviceId(machine.name, peer.namespace, peer.device);
      const down = !device.up || outer?.up === false;
      const bridge =
        outer?.master && !peer.namespace ? scene.boxes.find((b) => b.id === deviceId(machine.name, "", outer.master!)) : undefined;
      if (bridge) {
        const points = cableFrom(bridge, tab);
        scene.node(outerId, points[0]![0], points[0]![1]);
        scene.touch(bridge.id, outerId);
        const last = points[points.length - 1]!;
        const alone = namespace.devices.filter((d) => d.peer).length === 1;
        const label = { text: shorten(peer.device), x: last[0] + 5, y: tab.y - 6 };
        scene.wire(outerId, tab.id, "veth", points, alone ? { label, down } : { down });
      } else {
        const from = scene.nodes.get(outerId);
        if (from && (!peer.namespace || peer.namespace < namespace.name)) {
          scene.wire(
            outerId,
            tab.id,
            "veth",
            [
              [from.x, from.y + 15],
              [from.x, tab.y - 12],
              [tab.x + tab.w / 2, tab.y - 12],
              [tab.x + tab.w / 2, tab.y],
            ],
            { down },
          );
        }
      }
    }
  }
}

/** Straight down in the first row; down the gutter beside the upper ones for the rows below, or over from another bridge. */
function cableFrom(bridge: { x: number; y: number; w: number; h: number }, tab: { x: number; y: number; w: number }): [number, number][] {
  const x = tab.x + tab.w / 2;
  const y0 = bridge.y + bridge.h;
  const firstRow = tab.y - y0 < CELLS_DY;
  const above = tab.y - 9;
  if (x < bridge.x || x > bridge.x + bridge.w) {
    const port = x < bridge.x ? bridge.x + 10 : bridge.x + bridge.w - 10;
    return [
      [port, y0],
      [port, y0 + 10],
      [x, y0 + 10],
      [x, tab.y],
    ];
  }
  if (firstRow) {
    return [
      [x, y0],
      [x, tab.y],
    ];
  }
  const gutter = tab.x - (CELL_W - tab.w) / 2 - (PITCH - CELL_W) / 2;
  return [
    [Math.max(gutter, bridge.x + 2), y0],
    [Math.max(gutter, bridge.x - 8), y0 + 6],
    [gutter, y0 + 6],
    [gutter, above],
    [x, above],
    [x, tab.y],
  ];
}

function shorten(name: string): string {
  return name.length > 10 ? `${name.slice(0, 9)}…` : name;
}
