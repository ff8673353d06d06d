import type { Container, Namespace, Place, Topology } from "../protocol/messages";

/** What people call the places and addresses of a world. */
export class Names {
  private readonly byAddress = new Map<string, string>();
  private readonly byNamespace = new Map<string, string>();
  private readonly switches: Set<string>;

  constructor(readonly topology: Topology | undefined) {
    this.switches = new Set(topology?.switches.map((s) => s.name));
    for (const machine of topology?.machines ?? []) {
      for (const namespace of machine.namespaces) {
        const name = namespaceLabel(machine.name, namespace, topology!.containers);
        this.byNamespace.set(key(machine.name, namespace.name), name);
        for (const address of namespace.devices.flatMap((device) => device.addresses)) {
          const bare = address.split("/")[0]!;
          if (!bare.startsWith("127.")) {
            this.byAddress.set(bare, name);
          }
        }
      }
    }
  }

  /** The machine, container or namespace a place is in. */
  of(place: Place): string {
    if (this.switches.has(place.machine)) {
      return switchLabel(place.machine);
    }
    return this.byNamespace.get(key(place.machine, place.namespace ?? "")) ?? place.namespace ?? place.machine;
  }

  owner(address: string): string | undefined {
    return this.byAddress.get(address.split(":")[0]!);
  }

  isSwitch(machine: string): boolean {
    return this.switches.has(machine);
  }
}

export function switchLabel(name: string): string {
  return /^(lan|switch)$/i.test(name) ? "LAN switch" : name;
}

export function namespaceLabel(machine: string, namespace: Namespace, containers: readonly Container[]): string {
  if (namespace.kind === "root") {
    return machine;
  }
  const container = containers.find((c) => c.id === namespace.container);
  return container?.name ?? namespace.label ?? namespace.name;
}

function key(machine: string, namespace: string): string {
  return `${machine}/${namespace}`;
}
