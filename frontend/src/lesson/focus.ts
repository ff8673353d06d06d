import { deviceId, machineId, namespaceId } from "../topology/scene";

/** The boxes of the drawing that a lesson may mean by a name: `host`, `web`, `host/docker0`, `web/eth0`, `host/PREROUTING`. */
export function boxesNamed(name: string): string[] {
  const [first, second] = name.split("/") as [string, string | undefined];
  return second === undefined
    ? [machineId(first), namespaceId("host", first)]
    : [deviceId(first, undefined, second), deviceId("host", first, second), `station:${name}`];
}
