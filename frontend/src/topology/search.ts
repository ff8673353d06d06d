import type { Topology } from "../protocol/messages";
import { namespaceLabel, switchLabel } from "../state/names";
import { deviceId, ghostId, machineId, namespaceId, switchId } from "./scene";

/** A thing of the drawing that goes by what was typed. */
export interface Hit {
  node: string;
  name: string;
  /** What it is, and where: container on n1 · 172.19.0.2. */
  what: string;
}

const MOST = 8;

/** Containers, networks, machines, interfaces and addresses by a part of their name; the best first. */
export function search(topology: Topology, typed: string): Hit[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") {
    return [];
  }
  const rank = (hit: Hit) => {
    const name = hit.name.toLowerCase();
    return name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : hit.what.toLowerCase().includes(wanted) ? 3 : 4;
  };
  return everything(topology)
    .map((hit) => ({ hit, rank: rank(hit) }))
    .filter((ranked) => ranked.rank < 4)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ hit }) => hit);
}

function everything(topology: Topology): Hit[] {
  const hits: Hit[] = topology.switches.map((s) => ({ node: switchId(s.name), name: switchLabel(s.name), what: "switch" }));
  const drawn = new Set<string>();
  for (const machine of topology.machines) {
    for (const namespace of machine.namespaces) {
      const container = topology.containers.find((c) => c.machine === machine.name && c.namespace === namespace.name);
      const root = namespace.kind === "root";
      const addresses = namespace.devices.filter((d) => d.kind !== "loopback").flatMap((d) => d.addresses);
      const kind = root ? "machine" : container ? `container of ${container.image}` : "network namespace";
      const on = container?.networks.map((n) => n.network).join(", ");
      drawn.add(container?.id ?? "");
      hits.push({
        node: root ? machineId(machine.name) : namespaceId(machine.name, namespace.name),
        name: namespaceLabel(machine.name, namespace, topology.containers),
        what: [kind, on ? `on ${on}` : "", root ? "" : bare(addresses)].filter(Boolean).join(" · "),
      });
      for (const device of root ? namespace.devices.filter((d) => d.kind !== "loopback") : []) {
        const network = topology.networks.find((n) => n.bridge === device.name);
        hits.push({
          node: deviceId(machine.name, namespace.name, device.name),
          name: network && network.name !== "bridge" ? network.name : device.name,
          what: [network ? `network, bridge ${device.name}` : `interface of ${machine.name}`, bare(device.addresses)]
            .filter(Boolean)
            .join(" · "),
        });
      }
    }
  }
  for (const container of topology.containers.filter((c) => !drawn.has(c.id))) {
    hits.push({ node: ghostId(container.id), name: container.name, what: `container of ${container.image} · ${container.state}` });
  }
  return hits;
}

const bare = (addresses: readonly string[]) => addresses.map((address) => address.split("/")[0]).join(", ");
