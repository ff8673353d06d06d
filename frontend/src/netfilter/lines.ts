import type { TraceEvent, TriedRule } from "../protocol/messages";
import { type Rewrite, rewriteOf } from "../state/packets";

export type Line = "input" | "forward" | "bridged" | "output";

/** A table at a hook, or one of the kernel's own stations between them; `x` and `y` on the map. */
export interface Station {
  id: string;
  hook: string;
  /** The table asked here; absent where the kernel itself does something. */
  table?: string;
  name: string;
  x: number;
  y: number;
  lines: Line[];
  /** The stages of the packet path that are this station's. */
  stages: string[];
}

const at = (hook: string, x: number, y: number, lines: Line[]) => (name: string, i: number) => {
  const kernel = name === "conntrack" || name === "confirm";
  return {
    id: `${hook}/${name}`,
    hook,
    ...(kernel ? {} : { table: name }),
    name,
    x: x + i * PITCH,
    y,
    lines,
    stages: kernel ? [] : [`${name.toUpperCase()}_${hook}`],
  };
};
export const PITCH = 86;
const UP = 96;
const MIDDLE = 246;
const DOWN = 384;
const ROUTING_X = 424;
const FORWARD_X = 530;
const POST_X = 816;
/** Between the areas of FORWARD and POSTROUTING. */
const BETWEEN = (FORWARD_X + 2.5 * PITCH + POST_X - PITCH / 2) / 2;
/** The way past routing leaves PREROUTING's area behind it and comes down before FORWARD's. */
const BRIDGE_Y = UP - 48;
const BESIDE_ROUTING = 38;

/** All stations in the order in which packets come to them: the kernel's packet-flow diagram. */
export const STATIONS: readonly Station[] = [
  ...["raw", "conntrack", "mangle", "nat"].map(at("PREROUTING", 70, UP, ["input", "forward", "bridged"])),
  { id: "bridge", hook: "", name: "bridge", x: ROUTING_X, y: BRIDGE_Y, lines: ["bridged"], stages: [] },
  {
    id: "routing",
    hook: "",
    name: "routing",
    x: ROUTING_X,
    y: UP,
    lines: ["input", "forward"],
    stages: ["ROUTING", "FORWARDING"],
  },
  ...["mangle", "filter", "security"].map(at("FORWARD", FORWARD_X, UP, ["forward", "bridged"])),
  ...["mangle", "filter", "security", "nat"].map((name, i) => at("INPUT", ROUTING_X - PITCH * (1 + i), MIDDLE, ["input"])(name, 0)),
  { id: "processes", hook: "", name: "processes", x: 20, y: MIDDLE + 84, lines: ["input", "output"], stages: ["SOCKET", "SOCKET_SEND"] },
  { id: "routing out", hook: "", name: "routing", x: 122, y: DOWN, lines: ["output"], stages: [] },
  ...["raw", "conntrack", "mangle", "nat", "filter", "security"].map(at("OUTPUT", 212, DOWN, ["output"])),
  ...["mangle", "nat", "confirm"].map(at("POSTROUTING", POST_X, UP, ["forward", "bridged", "output"])),
];

export const byId = new Map(STATIONS.map((s) => [s.id, s]));
export const LINES: readonly Line[] = ["input", "forward", "bridged", "output"];

/** A line's stations from its first to its last. */
export function stationsOf(line: Line): Station[] {
  return STATIONS.filter((s) => s.lines.includes(line));
}

/** A stop of the packet's: what happened to it at a station. */
export interface Stop {
  event: TraceEvent;
  hit: TriedRule | undefined;
  rewrite: Rewrite | undefined;
}

/** What is lit on the map of one namespace for a packet. */
export interface Travelled {
  /** For each line travelled, the stations from its first to the last that the packet came to. */
  ways: { line: Line; stations: Station[] }[];
  stops: Map<string, Stop>;
  here: Station | undefined;
  dropped: Station | undefined;
}

/** The packet's way through the hooks of a namespace, as far as it had come; it may pass more than once. */
export function travel(events: readonly TraceEvent[], machine: string, namespace: string): Travelled {
  const travelled: Travelled = { ways: [], stops: new Map(), here: undefined, dropped: undefined };
  let pass: Station[] = [];
  const end = () => {
    if (pass.length > 0) {
      travelled.ways.push(wayOf(pass));
    }
    pass = [];
  };
  for (const event of events) {
    if (event.place.machine !== machine || (event.place.namespace ?? "") !== namespace) {
      travelled.here = undefined;
      continue;
    }
    const station = stationOf(event, pass);
    if (!station) {
      travelled.here = undefined;
      continue;
    }
    if (pass.length > 0 && STATIONS.indexOf(station) < STATIONS.indexOf(pass.at(-1)!)) {
      end();
    }
    pass.push(station);
    const hit = event.decision?.kind === "rule" ? event.decision.tried?.at(-1) : undefined;
    travelled.stops.set(station.id, { event, hit, rewrite: rewriteOf(event) });
    travelled.here = station;
    if (event.outcome.kind === "dropped") {
      travelled.dropped = station;
    }
  }
  end();
  return travelled;
}

/** Stages that occur on more than one line are told apart by what came before. */
function stationOf(event: TraceEvent, pass: readonly Station[]): Station | undefined {
  const before = pass.at(-1);
  const out = before !== undefined && ["processes", "routing out", "OUTPUT"].includes(before.hook || before.id);
  switch (event.stage) {
    case "CONNTRACK":
      return byId.get(out ? "OUTPUT/conntrack" : "PREROUTING/conntrack");
    case "ROUTING":
      return byId.get(out ? "routing out" : "routing");
    case "REROUTE":
      return byId.get("OUTPUT/mangle");
    case "BRIDGE_FORWARD": // br_netfilter has shown the frame to PREROUTING; the bridge now switches it or hands it up to routing
      return before?.hook === "PREROUTING" ? byId.get("bridge") : undefined;
    case "CONFIRM":
      return before?.hook === "INPUT" || before?.id === "routing" ? byId.get("INPUT/nat") : byId.get("POSTROUTING/confirm");
    default:
      return STATIONS.find((s) => s.stages.includes(event.stage));
  }
}

function wayOf(pass: readonly Station[]): { line: Line; stations: Station[] } {
  const sent = pass[0]!.id === "processes";
  const bridge = pass.findIndex((s) => s.id === "bridge");
  const handedUp = bridge >= 0 && pass.some((s) => s.id === "routing");
  const own = handedUp ? pass.toSpliced(bridge, 1) : pass;
  const line = sent ? "output" : (LINES.find((l) => own.every((s) => s.lines.includes(l))) ?? "forward");
  const all = stationsOf(line);
  const last = Math.max(...own.map((s) => all.indexOf(s)));
  const first = Math.min(...own.map((s) => all.indexOf(s)));
  const stations = all.slice(line === "output" ? first : 0, last + 1);
  return { line, stations: handedUp ? stations.toSpliced(all.indexOf(byId.get("routing")!), 0, byId.get("bridge")!) : stations };
}

/** Where lines run together, each lies so far below the middle. */
const SHIFT: Record<Line, number> = { input: 4, forward: 0, bridged: -4, output: 4 };

/** From the bridge up – on the map, down – to routing: the frame is for the bridge's own MAC address. */
export const HANDED_UP = `M${ROUTING_X} ${BRIDGE_Y}V${UP}`;

/** The track of some of a line's stations, as the data of an SVG path; lines side by side do not cover each other. */
export function track(line: Line, stations: readonly Station[], whole: boolean): string {
  const shift = SHIFT[line];
  const points: [number, number][] = stations.map((s) => [s.x, s.y + shiftAt(s, shift)]);
  if (points.length === 0) {
    return "";
  }
  const data: string[] = [];
  if (line !== "output") {
    data.push(`M${MAP.x + 10} ${points[0]![1]}`);
  }
  points.forEach(([x, y], i) => {
    const before = points[i - 1];
    if (!before) {
      data.push(`${line === "output" ? "M" : "L"}${x} ${y}`);
    } else if (before[1] === y) {
      data.push(`L${x} ${y}`);
    } else {
      data.push(bend(before, [x, y], stations[i]!, stations[i - 1]!));
    }
  });
  if (whole && line !== "input") {
    data.push(`L${MAP.x + MAP.w - 10} ${points.at(-1)![1]}`);
  }
  return data.join("");
}

/** Only where two lines run together. */
function shiftAt(station: Station, shift: number): number {
  return station.lines.length > 1 && station.hook !== "" ? shift : station.id === "routing" ? shift : 0;
}

const ROUND = 14;

/** Down from routing to INPUT, down to the processes and on to OUTPUT, up to POSTROUTING; up to the bridge and down from it. */
function bend([x0, y0]: [number, number], [x, y]: [number, number], to: Station, from: Station): string {
  const down = Math.sign(y - y0);
  if (from.id === "bridge" && to.id === "routing") {
    return `L${x} ${y}`;
  }
  if (to.hook === "POSTROUTING" || to.id === "bridge" || from.id === "bridge") {
    const turn = to.hook === "POSTROUTING" ? BETWEEN : to.id === "bridge" ? ROUTING_X - BESIDE_ROUTING : ROUTING_X + BESIDE_ROUTING;
    return `L${turn - ROUND} ${y0}Q${turn} ${y0} ${turn} ${y0 + down * ROUND}L${turn} ${y - down * ROUND}Q${turn} ${y} ${turn + ROUND} ${y}L${x} ${y}`;
  }
  if (to.id === "routing out") {
    return `L${x0} ${y - ROUND}Q${x0} ${y} ${x0 + ROUND} ${y}L${x} ${y}`;
  }
  if (to.id === "processes") {
    return `L${x + ROUND} ${y0}Q${x} ${y0} ${x} ${y0 + ROUND}L${x} ${y}`;
  }
  return `L${x0} ${y - ROUND}Q${x0} ${y} ${x0 - ROUND} ${y}L${x} ${y}`;
}

export const MAP = { x: -26, y: 12, w: 1110, h: 438 };

/** The hooks as areas of the map. */
export const HOOKS: readonly { name: string; x: number; y: number; w: number; h: number }[] = areas();

function areas(): { name: string; x: number; y: number; w: number; h: number }[] {
  const found = new Map<string, Station[]>();
  for (const station of STATIONS.filter((s) => s.hook !== "")) {
    found.set(station.hook, [...(found.get(station.hook) ?? []), station]);
  }
  return [...found].map(([name, stations]) => {
    const xs = stations.map((s) => s.x);
    const left = Math.min(...xs) - PITCH / 2;
    return { name, x: left, y: stations[0]!.y - 58, w: Math.max(...xs) + PITCH / 2 - left, h: 120 };
  });
}
