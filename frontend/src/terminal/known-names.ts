import type { Topology } from "../protocol/messages";

/** A stretch of a line that names something drawn. */
export interface NameInLine {
  /** In UTF-16 units, from 0. */
  start: number;
  text: string;
  node: string;
}

const WORD = /[A-Za-z0-9][A-Za-z0-9_.:@-]*/g;
const SHORT_ID = 12;

/** What the words on a machine's or container's terminal mean: containers, their ids, addresses, and the machine's own interfaces. */
export function knownNames(topology: Topology, at: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const container = at.startsWith("container:") ? topology.containers.find((c) => c.name === at.slice(10)) : undefined;
  for (const machine of topology.machines) {
    for (const namespace of machine.namespaces) {
      const here = container
        ? namespace.name === container.namespace && machine.name === container.machine
        : machine.name === at && namespace.kind === "root";
      for (const device of namespace.devices) {
        const id = `device:${machine.name}/${namespace.name}/${device.name}`;
        if (here && device.name !== "lo") {
          names.set(device.name, id);
        }
        for (const address of device.addresses) {
          const bare = address.split("/")[0]!;
          if (!bare.startsWith("127.")) {
            names.set(bare, id);
          }
        }
        if (device.mac && device.kind !== "loopback") {
          names.set(device.mac, id);
        }
      }
    }
  }
  for (const c of topology.containers) {
    const id = c.namespace ? `namespace:${c.machine}/${c.namespace}` : `container:${c.id}`;
    for (const name of [c.name, c.id, c.id.slice(0, SHORT_ID)]) {
      names.set(name, id);
    }
  }
  return names;
}

/** Where a line says one of them; an address may be followed by a port. */
export function namesIn(line: string, names: ReadonlyMap<string, string>): NameInLine[] {
  const found: NameInLine[] = [];
  for (const match of line.matchAll(WORD)) {
    const word = match[0].replace(/[.:@-]+$/, "");
    const candidates = [word, word.replace(/:\d+$/, ""), word.replace(/\.\d+$/, ""), word.split("@")[0]!];
    const text = candidates.find((candidate) => names.has(candidate));
    if (text !== undefined && match.index !== undefined) {
      found.push({ start: match.index, text, node: names.get(text)! });
    }
  }
  return found;
}
