import type { Device, Machine, Topology } from "../protocol/messages";
import { addressOf, layBridges } from "./bridge-layout";
import type { Folds } from "./folds";
import { type Box, deviceId, machineId, type SceneBuilder, type Station, stationId } from "./scene";
import type { Slots } from "./slots";

const MIN_W = 752;
const NIC_CENTRE = 214;
const NIC_W = 192;
const BAND = { x: 36, y: 66, w: 660, h: 122 };

/** The stations of the packet path, as in the kernel's own diagram, relative to the machine's corner. */
const STATIONS: Record<Station, { x: number; y: number; w: number; h: number }> = {
  PREROUTING: { x: 52, y: 90, w: 178, h: 40 },
  routing: { x: 243, y: 90, w: 97, h: 40 },
  FORWARD: { x: 353, y: 90, w: 132, h: 40 },
  POSTROUTING: { x: 498, y: 90, w: 184, h: 40 },
  INPUT: { x: 236, y: 148, w: 104, h: 30 },
  processes: { x: 353, y: 148, w: 132, h: 30 },
  OUTPUT: { x: 498, y: 148, w: 184, h: 30 },
};
const LEVEL = STATIONS.routing.y + 20;
const LOWER = STATIONS.INPUT.y + 15;
const OUT_X = STATIONS.POSTROUTING.x + STATIONS.POSTROUTING.w / 2;
const DROP_X = STATIONS.routing.x + STATIONS.routing.w / 2;
const ABOVE = 58;
const TRUNK_OUT = 200;
const TRUNK_IN = 209;
const BRIDGES_Y = 222;

/** A machine with its own network stack drawn out: interfaces, netfilter and routing, bridges, namespaces. */
export function layHost(scene: SceneBuilder, topology: Topology, machine: Machine, slots: Slots, folds: Folds, x: number, y: number): Box {
  const name = machine.name;
  const host = scene.box({
    id: machineId(name),
    kind: "host",
    x,
    y,
    w: MIN_W,
    h: 0,
    title: name,
    lines: ["its own network namespace"],
  });
  const own = machine.namespaces.find((n) => n.kind === "root") ?? machine.namespaces[0];
  layBand(scene, name, x, y);
  layInterfaces(scene, name, own?.devices ?? [], x, y);
  const area = layBridges(scene, topology, machine, own, slots, folds, { x, y: y + BRIDGES_Y });
  for (const bridge of (own?.devices ?? []).filter((d) => d.kind === "bridge")) {
    wireBridge(scene, name, deviceId(name, "", bridge.name), x, y);
  }
  host.w = Math.max(MIN_W, area.right - x + 20);
  host.h = Math.max(BRIDGES_Y + 70, area.bottom - y + 16);
  scene.node(host.id, x + STATIONS.processes.x + STATIONS.processes.w / 2, y + LOWER);
  return host;
}

function layBand(scene: SceneBuilder, machine: string, x: number, y: number): void {
  scene.box({ id: `band:${machine}`, kind: "band", x: x + BAND.x, y: y + BAND.y, w: BAND.w, h: BAND.h, title: "netfilter and routing" });
  for (const [station, at] of Object.entries(STATIONS) as [Station, (typeof STATIONS)[Station]][]) {
    scene.box({ id: stationId(machine, station), kind: "station", x: x + at.x, y: y + at.y, w: at.w, h: at.h, title: station });
  }
  const way = (from: Station, to: Station, points: [number, number][]) =>
    scene.wire(
      stationId(machine, from),
      stationId(machine, to),
      "path",
      points.map(([px, py]): [number, number] => [x + px, y + py]),
      { oneWay: true },
    );
  const right = (s: Station) => STATIONS[s].x + STATIONS[s].w;
  for (const [from, to] of [
    ["PREROUTING", "routing"],
    ["routing", "FORWARD"],
    ["FORWARD", "POSTROUTING"],
  ] as [Station, Station][]) {
    way(from, to, [
      [right(from), LEVEL],
      [STATIONS[to].x, LEVEL],
    ]);
  }
  for (const [from, to] of [
    ["INPUT", "processes"],
    ["processes", "OUTPUT"],
  ] as [Station, Station][]) {
    way(from, to, [
      [right(from), LOWER],
      [STATIONS[to].x, LOWER],
    ]);
  }
  const [past, above] = [6.5, STATIONS.routing.y - 10];
  scene.wire(
    stationId(machine, "PREROUTING"),
    stationId(machine, "FORWARD"),
    "switched",
    [
      [right("PREROUTING"), LEVEL],
      [right("PREROUTING") + past, LEVEL],
      [right("PREROUTING") + past, above],
      [STATIONS.FORWARD.x - past, above],
      [STATIONS.FORWARD.x - past, LEVEL],
      [STATIONS.FORWARD.x, LEVEL],
    ].map(([px, py]) => [x + px!, y + py!]),
    { oneWay: true },
  );
  way("routing", "INPUT", [
    [DROP_X, STATIONS.routing.y + 40],
    [DROP_X, STATIONS.INPUT.y],
  ]);
  way("OUTPUT", "POSTROUTING", [
    [OUT_X, STATIONS.OUTPUT.y],
    [OUT_X, STATIONS.POSTROUTING.y + 40],
  ]);
}

/** Network cards (under the switch), the loopback to their left, whatever hangs loose to their right. */
function layInterfaces(scene: SceneBuilder, machine: string, devices: Device[], x: number, y: number): void {
  const pre = stationId(machine, "PREROUTING");
  const post = stationId(machine, "POSTROUTING");
  let next = NIC_CENTRE - NIC_W / 2;
  const top = STATIONS.PREROUTING.y;
  const place = (device: Device, left: number, w: number, kind: Box["kind"]) => {
    const id = deviceId(machine, "", device.name);
    const address = kind === "device" && w < 80 ? undefined : addressOf(device);
    scene.box({ id, kind, x: x + left, y: y + 14, w, h: 30, title: device.name, ...(address ? { address } : {}), down: !device.up });
    const centre = Math.min(left + w / 2, STATIONS.PREROUTING.x + STATIONS.PREROUTING.w - 16);
    const down: [number, number][] =
      left + w / 2 === centre
        ? [
            [centre, 44],
            [centre, top],
          ]
        : [
            [left + w / 2 - 20, 44],
            [left + w / 2 - 20, 52],
            [centre, 52],
            [centre, top],
          ];
    scene.wire(
      id,
      pre,
      "path",
      down.map(([px, py]): [number, number] => [x + px, y + py]),
      { oneWay: true },
    );
    const up: [number, number][] = [
      [OUT_X, top],
      [OUT_X, ABOVE],
      [left + w / 2 + w / 4, ABOVE],
      [left + w / 2 + w / 4, 44],
    ];
    scene.wire(
      post,
      id,
      "path",
      up.map(([px, py]): [number, number] => [x + px, y + py]),
      { oneWay: true },
    );
  };
  const loopback = devices.find((d) => d.kind === "loopback");
  if (loopback) {
    place(loopback, 52, 48, "device");
  }
  for (const device of devices.filter((d) => d.kind === "nic")) {
    place(device, next, NIC_W, "device");
    next += NIC_W + 14;
  }
  for (const device of devices.filter((d) => !["loopback", "nic", "bridge"].includes(d.kind) && !d.master)) {
    place(device, next, 120, "loose");
    next += 132;
  }
}

/** From POSTROUTING out to a bridge, and from a bridge in to PREROUTING; to the lower shelves by the way left of the block. */
function wireBridge(scene: SceneBuilder, machine: string, bridge: string, x: number, y: number): void {
  const box = scene.boxAt(bridge);
  if (!box) {
    return;
  }
  const at = ([px, py]: [number, number]): [number, number] => [x + px, y + py];
  const [left, top] = [box.x - x, box.y - y];
  const out = left + Math.min(120, box.w / 2);
  const into = left + 40;
  const edge = STATIONS.POSTROUTING.x + STATIONS.POSTROUTING.w;
  const beside = (trunk: number, way: number, above: number): [number, number][] =>
    top === BRIDGES_Y
      ? []
      : [
          [left - way, trunk],
          [left - way, top - above],
        ];
  const drop: [number, number] = top === BRIDGES_Y ? [out, TRUNK_OUT] : [out, top - 13];
  const rise: [number, number] = top === BRIDGES_Y ? [into, TRUNK_IN] : [into, top - 7];
  const way: [number, number][] = [
    [edge, LEVEL],
    [edge + 28, LEVEL],
    [edge + 28, TRUNK_OUT],
    ...beside(TRUNK_OUT, 20, 13),
    drop,
    [out, top],
  ];
  scene.wire(stationId(machine, "POSTROUTING"), bridge, "path", way.map(at), { oneWay: true });
  const back: [number, number][] = [
    [into, top],
    rise,
    ...beside(TRUNK_IN, 14, 7).reverse(),
    [22, TRUNK_IN],
    [22, LEVEL],
    [STATIONS.PREROUTING.x, LEVEL],
  ];
  const pre = stationId(machine, "PREROUTING");
  scene.wire(bridge, pre, "path", back.map(at), { oneWay: true });
  scene.wire(pre, bridge, "switched", back.map(at).reverse(), { oneWay: true });
}
