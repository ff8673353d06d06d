import type { Cable, End, Machine, Topology } from "../protocol/messages";
import { switchLabel } from "../state/names";
import { addressOf } from "./bridge-layout";
import { Folds } from "./folds";
import { layHost } from "./host-layout";
import { type Box, deviceId, machineId, type Scene, SceneBuilder, switchId } from "./scene";
import type { Slots } from "./slots";

/** Above the row there is room for a packet's label. */
const ROW_Y = 50;
const ROW_H = 50;
const CLIENT_X = 24;
const MACHINE_W = 132;
const SWITCH_CENTRE = 238;
const SWITCH_W = 128;
const RIGHT_X = 496;
const RIGHT_PITCH = 148;
const HOST_Y = 128;
const HOST_GAP = 32;

/** Lays out a world: machines beside the switch in one row, the machine with the inner life below it. */
export function layOut(topology: Topology, slots: Slots, folds = new Folds()): Scene {
  const scene = new SceneBuilder();
  const big = topology.machines.filter(isBig);
  const small = topology.machines.filter((m) => !isBig(m));
  const lanes = topology.switches.length > 0;

  topology.switches.forEach((s, i) => {
    scene.box({
      id: switchId(s.name),
      kind: "switch",
      x: SWITCH_CENTRE - SWITCH_W / 2 + i * 150,
      y: ROW_Y + 2,
      w: SWITCH_W,
      h: ROW_H - 4,
      title: switchLabel(s.name),
    });
  });

  let right = 0;
  small.forEach((machine, i) => {
    const left = i === 0 && lanes && machine.role !== "router";
    laySmall(scene, machine, left ? CLIENT_X : RIGHT_X + RIGHT_PITCH * right++);
  });

  let x = CLIENT_X;
  for (const machine of big) {
    const host = layHost(scene, topology, machine, slots, folds, x, small.length > 0 || lanes ? HOST_Y : ROW_Y);
    x = host.x + host.w + HOST_GAP;
  }
  for (const cable of topology.cables) {
    layCable(scene, topology, cable);
  }
  return scene.finish();
}

function isBig(machine: Machine): boolean {
  return (
    machine.docker === true ||
    machine.role === "host" ||
    machine.name === "host" ||
    machine.namespaces.length > 1 ||
    (machine.namespaces[0]?.devices ?? []).some((d) => d.kind === "bridge")
  );
}

function laySmall(scene: SceneBuilder, machine: Machine, x: number): void {
  const devices = (machine.namespaces[0]?.devices ?? []).filter((d) => d.kind !== "loopback");
  const [address, ...others] = devices.flatMap((d) => addressOf(d)?.replace(/\/\d+/, "") ?? []);
  const more = others.length > 1 ? `${others[0]} +${others.length - 1}` : others[0];
  scene.box({
    id: machineId(machine.name),
    kind: "machine",
    x,
    y: ROW_Y,
    w: MACHINE_W,
    h: ROW_H,
    title: machine.name,
    ...(address ? { address } : {}),
    ...(more ? { lines: [more] } : {}),
  });
  for (const device of machine.namespaces[0]?.devices ?? []) {
    scene.node(deviceId(machine.name, "", device.name), x + MACHINE_W / 2, ROW_Y + ROW_H / 2);
    scene.touch(machineId(machine.name), deviceId(machine.name, "", device.name));
  }
}

/** A cable runs level between two boxes of the row, or down into a host's interface. */
function layCable(scene: SceneBuilder, topology: Topology, cable: Cable): void {
  const [a, b] = cable.ends.map((end) => endBox(scene, topology, end)) as [EndBox | undefined, EndBox | undefined];
  if (!a || !b) {
    return;
  }
  const inRow = (box: Box) => box.kind !== "device";
  if (inRow(a.box) && inRow(b.box)) {
    const [l, r] = a.box.x < b.box.x ? [a, b] : [b, a];
    const y = ROW_Y + ROW_H / 2;
    moveNode(scene, l, l.box.x + l.box.w, y);
    moveNode(scene, r, r.box.x, y);
    scene.wire(
      a.node,
      b.node,
      "cable",
      a === l
        ? [
            [l.box.x + l.box.w, y],
            [r.box.x, y],
          ]
        : [
            [r.box.x, y],
            [l.box.x + l.box.w, y],
          ],
    );
    return;
  }
  const [top, bottom] = inRow(a.box) ? [a, b] : [b, a];
  const x = bottom.box.x + bottom.box.w / 2;
  const y0 = top.box.y + top.box.h;
  const x0 = Math.min(Math.max(x, top.box.x + 20), top.box.x + top.box.w - 20);
  const middle = (y0 + HOST_Y) / 2;
  scene.wire(
    top.node,
    bottom.node,
    "cable",
    x0 === x
      ? [
          [x, y0],
          [x, bottom.box.y],
        ]
      : [
          [x0, y0],
          [x0, middle],
          [x, middle],
          [x, bottom.box.y],
        ],
  );
}

interface EndBox {
  node: string;
  box: Box;
}

function endBox(scene: SceneBuilder, topology: Topology, end: End): EndBox | undefined {
  const isSwitch = topology.switches.some((s) => s.name === end.machine);
  const node = isSwitch ? switchId(end.machine) : deviceId(end.machine, end.namespace, end.device);
  const box = scene.boxAt(node) ?? scene.boxAt(machineId(end.machine));
  return box && { node, box };
}

/** A small machine's interface is where its cable enters; the switch stays one point. */
function moveNode(scene: SceneBuilder, end: EndBox, x: number, y: number): void {
  if (end.node.startsWith("device:")) {
    scene.node(end.node, x, y);
    const wire = scene.wires.find((w) => w.to === end.node && w.kind === "hidden");
    if (wire) {
      wire.points = [scene.nodes.get(wire.from)!, { x, y }];
    }
  }
}
