import type { Topology } from "../protocol/messages";
import { focusedPacket } from "./moments";
import { isTraffic, kindOf } from "./packets";
import type { State } from "./store";

/** What a person who has done nothing yet may do next. */
export type Beginning =
  /** A command is typed. */
  | { do: "type"; node: string; command: string; first: boolean }
  /** Packets have moved: one of them is followed. */
  | { do: "follow"; packet: number; kind: string };

const START: Record<string, { node: string; command: string }> = {
  lab: { node: "host", command: "docker run -d --name web -p 5001:5001 my-app" },
  net: { node: "client", command: "ping -c 1 192.168.1.10" },
  bare: { node: "host", command: "ping -c 1 127.0.0.1" },
};

/** The next of these: start something, reach it from another machine, follow the packet. A lesson has beginnings of its own. */
export function beginning(state: State): Beginning | undefined {
  const topology = state.topologies.at(-1);
  const start = START[state.world];
  if (!topology || !start || state.progress || state.role === "viewer") {
    return undefined;
  }
  if (state.packets.events.some((event) => isTraffic(event.headers))) {
    const packet = state.packets.get(focusedPacket(state) ?? -1);
    return packet && { do: "follow", packet: packet.id, kind: kindOf(packet.events[0]!.headers) };
  }
  if (topology.containers.length === 0) {
    return { do: "type", ...start, first: true };
  }
  const command = knock(topology);
  return command === undefined ? undefined : { do: "type", node: "client", command, first: false };
}

/** A request to the first port that is published to all the world. */
function knock(topology: Topology): string | undefined {
  for (const container of topology.containers) {
    const port = container.publishes?.find((p) => p.proto === "tcp" && p.hostAddress === "0.0.0.0");
    const host = topology.machines.find((machine) => machine.name === container.machine);
    const address = host?.namespaces[0]?.devices.find((device) => device.kind === "nic")?.addresses[0]?.split("/")[0];
    if (port && address) {
      return `curl ${address}:${port.hostPort}`;
    }
  }
  return undefined;
}
