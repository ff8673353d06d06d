/** What is drawn, in its own coordinates: boxes within boxes, and the ways between them. */
export interface Point {
  x: number;
  y: number;
}

export type BoxKind = "machine" | "host" | "switch" | "band" | "station" | "bridge" | "device" | "loose" | "namespace" | "ghost" | "fold";

export interface Box {
  /** A node's id, by which events, the journey and the inspector refer to it. */
  id: string;
  kind: BoxKind;
  x: number;
  y: number;
  w: number;
  h: number;
  title: string;
  /** In the monospace face beside or below the title. */
  address?: string;
  /** Smaller lines below. */
  lines?: string[];
  /** A name by which people know it better than by its title. */
  called?: string;
  /** The block it folds away or draws out, how many cells that has, and whether none of them is drawn. */
  fold?: { block: string; cells: number; folded: boolean };
  down?: boolean;
}

export interface Wire {
  id: string;
  from: string;
  to: string;
  points: Point[];
  /** What is hidden is within a box or where two things touch; what is switched is lit, not drawn, where only switched frames pass. */
  kind: "cable" | "veth" | "path" | "hidden" | "switched";
  /** Packets pass only from `from` to `to`. */
  oneWay?: boolean;
  /** Written from here to the right, as far as it has room. */
  label?: { text: string; x: number; y: number; room: number };
  down?: boolean;
}

export interface Scene {
  boxes: Box[];
  wires: Wire[];
  /** Where a packet stands when it is at a node. */
  nodes: Map<string, Point>;
  /** The box that a node is, or that stands for it while it is folded away. */
  boxOf: ReadonlyMap<string, Box>;
  width: number;
  height: number;
}

export const machineId = (machine: string) => `machine:${machine}`;
export const switchId = (name: string) => `switch:${name}`;
export const deviceId = (machine: string, namespace: string | undefined, device: string) =>
  `device:${machine}/${namespace ?? ""}/${device}`;
export const namespaceId = (machine: string, namespace: string) => `namespace:${machine}/${namespace}`;
export const stationId = (machine: string, station: Station) => `station:${machine}/${station}`;
export const ghostId = (container: string) => `container:${container}`;
export const foldId = (block: string) => `fold:${block}`;

export type Station = "PREROUTING" | "routing" | "FORWARD" | "POSTROUTING" | "INPUT" | "processes" | "OUTPUT";

export class SceneBuilder {
  readonly boxes: Box[] = [];
  readonly wires: Wire[] = [];
  readonly nodes = new Map<string, Point>();
  private readonly boxOf = new Map<string, Box>();

  box(box: Box): Box {
    this.boxes.push(box);
    this.boxOf.set(box.id, box);
    this.nodes.set(box.id, { x: box.x + box.w / 2, y: box.y + box.h / 2 });
    return box;
  }

  /** The box that a node is, or that stands for it. */
  boxAt(id: string): Box | undefined {
    return this.boxOf.get(id);
  }

  /** A box stands for a node that is not drawn itself. */
  stand(id: string, box: Box): void {
    this.boxOf.set(id, box);
    this.node(id, box.x + box.w / 2, box.y + box.h / 2);
  }

  node(id: string, x: number, y: number): void {
    this.nodes.set(id, { x, y });
  }

  wire(from: string, to: string, kind: Wire["kind"], points: [number, number][], more: Partial<Wire> = {}): void {
    this.wires.push({ id: `${from}>${to}`, from, to, kind, points: points.map(([x, y]) => ({ x, y })), ...more });
  }

  /** A way that is not drawn: within a box, or where two things touch. */
  touch(a: string, b: string): void {
    const from = this.nodes.get(a);
    const to = this.nodes.get(b);
    if (from && to) {
      this.wires.push({ id: `${a}>${b}`, from: a, to: b, kind: "hidden", points: [from, to] });
    }
  }

  finish(): Scene {
    const width = Math.max(...this.boxes.map((b) => b.x + b.w), 100) + 24;
    const height = Math.max(...this.boxes.map((b) => b.y + b.h), 100) + 20;
    return { boxes: this.boxes, wires: this.wires, nodes: this.nodes, boxOf: this.boxOf, width, height };
  }
}
