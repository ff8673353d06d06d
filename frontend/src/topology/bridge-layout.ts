import type { Container, Device, Machine, Namespace, Topology } from "../protocol/messages";
import { namespaceLabel } from "../state/names";
import { type Block, BRIDGE_H, blockAt, CELL_W, cellAt, FOLD_H, foldAt, roomIn, shelfHeight } from "./blocks";
import type { Folds } from "./folds";
import { type Box, deviceId, foldId, ghostId, namespaceId, type Point, type SceneBuilder } from "./scene";
import type { Slots } from "./slots";
import { wireVeths } from "./veth-layout";

const TAB_H = 20;
const PORT = { w: 28, h: 10 };

interface Cell {
  key: string;
  namespace: Namespace | undefined;
  container: Container | undefined;
  /** The bridge it is drawn under, or "" for none. */
  bridge: string;
}

/** A block with what is to be drawn in it. */
interface Filled {
  key: string;
  block: Block;
  bridge: Device | undefined;
  cells: Cell[];
  places: Map<string, number>;
}

/** Bridges in a grid, what hangs on each below it; every block and cell keeps its place. */
export function layBridges(
  scene: SceneBuilder,
  topology: Topology,
  machine: Machine,
  own: Namespace | undefined,
  slots: Slots,
  folds: Folds,
  origin: Point,
) {
  const filled = fill(topology, machine, own, slots, folds);
  const tops = shelfTops(filled);
  let right = origin.x;
  let bottom = origin.y;
  for (const { key, block, bridge, cells, places } of filled) {
    const at = { x: origin.x + block.x, y: origin.y + tops[block.shelf]! };
    const folded = places.size === 0;
    if (bridge) {
      const fold = cells.length > 0 ? { block: key, cells: cells.length, folded } : undefined;
      layBridge(scene, topology, machine.name, own?.devices ?? [], bridge, block, at, fold);
    }
    bottom = Math.max(bottom, at.y + BRIDGE_H);
    for (const cell of cells) {
      const slot = places.get(cell.key);
      if (slot !== undefined) {
        const { x, y, h, low } = cellAt(block, slot);
        layCell(scene, topology, machine.name, cell, { x: at.x + x, y: at.y + y }, h, low);
        bottom = Math.max(bottom, at.y + y + h);
      }
    }
    const hidden = cells.filter((cell) => !places.has(cell.key));
    if (hidden.length > 0) {
      const y = at.y + foldAt(block, folded ? 0 : roomIn(block));
      layFold(scene, machine.name, key, hidden, folded, { x: at.x, y });
      bottom = Math.max(bottom, y + FOLD_H);
    }
    right = Math.max(right, at.x + block.w);
  }
  wireVeths(scene, machine, own);
  return { right, bottom };
}

function fill(topology: Topology, machine: Machine, own: Namespace | undefined, slots: Slots, folds: Folds): Filled[] {
  const bridges = (own?.devices ?? []).filter((d) => d.kind === "bridge");
  const cells = cellsOf(topology, machine, own);
  const keys = bridges.map((b) => b.name);
  if (cells.some((cell) => cell.bridge === "")) {
    keys.push("");
  }
  const order = slots.assign(`blocks:${machine.name}`, keys);
  return keys.map((name) => {
    const key = `${machine.name}/${name}`;
    const block = blockAt(order.get(name)!);
    const mine = cells.filter((cell) => cell.bridge === name);
    const fold = folds.of(key);
    const room = fold === "folded" ? 0 : fold === "all" ? Number.POSITIVE_INFINITY : roomIn(block);
    const places = slots.assign(
      `cells:${key}`,
      mine.map((cell) => cell.key),
      room,
    );
    return { key, block, bridge: bridges.find((b) => b.name === name), cells: mine, places };
  });
}

/** Shelves have their place for good; only a network that a person drew out in full pushes down those below. */
function shelfTops(filled: readonly Filled[]): number[] {
  const tops = [0];
  for (let shelf = 0; shelf <= Math.max(...filled.map((f) => f.block.shelf), 0); shelf++) {
    const rows = filled
      .filter((f) => f.block.shelf === shelf)
      .map((f) => Math.floor(Math.max(0, ...f.places.values()) / f.block.columns) + 1);
    tops.push(tops[shelf]! + shelfHeight(Math.max(0, ...rows)));
  }
  return tops;
}

function cellsOf(topology: Topology, machine: Machine, own: Namespace | undefined): Cell[] {
  const devices = new Map(own?.devices.map((d) => [d.name, d]));
  const masterOf = (namespace: Namespace): string => {
    const attached = namespace.devices.find((d) => d.peer && !d.peer.namespace && devices.get(d.peer.device)?.master);
    return attached ? devices.get(attached.peer!.device)!.master! : "";
  };
  const containers = topology.containers.filter((c) => c.machine === machine.name);
  const byNamespace = new Map(containers.map((c) => [c.namespace, c]));
  const cells: Cell[] = machine.namespaces
    .filter((n) => n !== own)
    .map((namespace) => {
      const container = byNamespace.get(namespace.name);
      return { key: container?.id ?? namespace.name, namespace, container, bridge: masterOf(namespace) };
    });
  const first = own?.devices.find((d) => d.kind === "bridge")?.name ?? "";
  const shown = new Set(cells.map((cell) => cell.container?.id));
  for (const container of containers.filter((c) => !shown.has(c.id))) {
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
  block: Block,
  at: Point,
  fold: Box["fold"],
): void {
  const ports = devices.filter((d) => d.master === bridge.name).length;
  const network = topology.networks.find((n) => n.bridge === bridge.name);
  const what = `L2 switch, ${ports === 0 ? "no ports" : ports === 1 ? "1 port" : `${ports} ports`}`;
  const named = network && network.name !== "bridge" ? network.name : undefined;
  const line = named ? `“${named}” · ${what} · L3 interface` : `${what} · and an L3 interface of the ${machine}`;
  const address = addressOf(bridge);
  scene.box({
    id: deviceId(machine, "", bridge.name),
    kind: "bridge",
    x: at.x,
    y: at.y,
    w: block.w,
    h: BRIDGE_H,
    title: bridge.name,
    lines: [line],
    ...(address ? { address } : {}),
    ...(named ? { called: named } : {}),
    ...(fold ? { fold } : {}),
    down: !bridge.up,
  });
}

function layCell(scene: SceneBuilder, topology: Topology, machine: string, cell: Cell, at: Point, h: number, low: boolean): void {
  const { namespace, container } = cell;
  const lines = container ? [container.image] : ["namespace"];
  if (container && container.state !== "running") {
    lines.push(container.state);
  } else if (container?.listens?.length) {
    lines.push(`listens ${container.listens.map((l) => `:${l.port}`).join(" ")}`);
  }
  const title = namespace ? namespaceLabel(machine, namespace, topology.containers) : (container?.name ?? "");
  const id = namespace ? namespaceId(machine, namespace.name) : ghostId(container?.id ?? "");
  const devices = (namespace?.devices ?? []).filter((d) => d.kind !== "loopback");
  const address = devices.length === 1 ? shortAddress(devices[0]!) : undefined;
  scene.box({
    id,
    kind: namespace ? "namespace" : "ghost",
    x: at.x,
    y: at.y,
    w: CELL_W,
    h,
    title,
    lines,
    ...(address ? { address } : {}),
  });
  if (!namespace) {
    return;
  }
  devices.forEach((device, i) => {
    const tab = deviceId(machine, namespace.name, device.name);
    const place = low ? portPlace(at, i, devices.length) : tabPlace(at, i, devices.length);
    const short = devices.length < 2 ? address : undefined;
    scene.box({
      id: tab,
      kind: "device",
      ...place,
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

/** The first address, and how many there are besides; those of the link alone, which every interface has, do not count. */
export function addressOf(device: Device): string | undefined {
  const [first, ...others] = device.addresses.filter((address) => !address.startsWith("fe80:"));
  return first && (others.length === 0 ? first : `${first} +${others.length}`);
}

function shortAddress(device: Device): string | undefined {
  const address = addressOf(device)?.replace(/\/\d+/, "");
  return address && (address.includes(":") ? address : `.${address.split(".").slice(2).join(".")}`);
}

/** An interface as a tab on its cell's upper edge. */
function tabPlace(at: Point, index: number, of: number) {
  const w = of > 1 ? Math.max(34, (CELL_W - 8) / of - 4) : 98;
  return { x: of > 1 ? at.x + 6 + index * (w + 4) : at.x + (CELL_W - w) / 2, y: at.y - TAB_H / 2, w, h: TAB_H };
}

/** On a low cell an interface is a port without words. */
function portPlace(at: Point, index: number, of: number) {
  const pitch = Math.min(PORT.w + 6, (CELL_W - PORT.w - 12) / Math.max(1, of - 1));
  return { x: at.x + 12 + index * pitch, y: at.y - PORT.h / 2, ...PORT };
}

/** A counted node in place of what is not drawn: all that passes there stands on it. */
function layFold(scene: SceneBuilder, machine: string, block: string, hidden: readonly Cell[], folded: boolean, at: Point): void {
  const count = hidden.length;
  const names = hidden.map((cell) => cell.container?.name ?? cell.namespace?.name ?? "").join(", ");
  const id = foldId(block);
  const title = folded ? `${count} ${count === 1 ? "container" : "containers"}` : `+ ${count} more`;
  const box = scene.box({
    id,
    kind: "fold",
    x: at.x,
    y: at.y,
    w: CELL_W,
    h: FOLD_H,
    title,
    lines: [names],
    fold: { block, cells: count, folded },
  });
  for (const { namespace } of hidden) {
    if (namespace) {
      scene.stand(namespaceId(machine, namespace.name), box);
      for (const device of namespace.devices) {
        const tab = deviceId(machine, namespace.name, device.name);
        scene.stand(tab, box);
        scene.touch(tab, namespaceId(machine, namespace.name));
      }
    }
  }
}
