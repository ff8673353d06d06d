import { type Box, deviceId, machineId, namespaceId, type Scene } from "../topology/scene";

/** The boxes of the drawing that a lesson may mean by a name: `host`, `web`, `host/docker0`, `web/eth0`, `host/PREROUTING`. */
export function boxesNamed(name: string): string[] {
  const [first, second] = name.split("/") as [string, string | undefined];
  return second === undefined
    ? [machineId(first), namespaceId("host", first)]
    : [deviceId(first, undefined, second), deviceId("host", first, second), `station:${name}`];
}

/** Folds all that the focus does not name. */
const REST = "rest";

/** Boxes that are only shown faintly: those named, with what is in them; of `rest`, all but the focus, what is in it, and what it is in. */
export function paleBoxes(scene: Scene, focus: readonly string[], fold: readonly string[]): ReadonlySet<string> {
  if (fold.length === 0) {
    return new Set();
  }
  const kept = focus.flatMap(boxesNamed);
  const named = fold.flatMap(boxesNamed);
  const rest = fold.includes(REST);
  const pale = (box: Box) => {
    const within = (names: string[]) => names.some((id) => id === box.id || isIn(box.id, id));
    return !within(kept) && !kept.some((id) => isIn(id, box.id)) && (rest || within(named));
  };
  return new Set(scene.boxes.filter((box) => box.kind !== "host" && box.kind !== "band" && pale(box)).map((box) => box.id));
}

/** Whether a thing is part of another: a device of its namespace or machine, a station of its machine. */
function isIn(part: string, whole: string): boolean {
  const [kind, name] = split(whole);
  const [, path] = split(part);
  return (kind === "namespace" && path.startsWith(`${name}/`)) || (kind === "machine" && (path.startsWith(`${name}/`) || path === name));
}

function split(id: string): [string, string] {
  const colon = id.indexOf(":");
  return [id.slice(0, colon), id.slice(colon + 1)];
}
