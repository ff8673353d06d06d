import type { Names } from "../state/names";
import { endsOf, isTellingDrop, isTraffic, kindOf, type LineStyle, lineOf, type PacketLog, type PacketRecord } from "../state/packets";

/** A packet as a tick; `x` in pixels from the left end. */
export interface Tick {
  packet: number;
  x: number;
  kind: LineStyle | "dropped";
  label: string;
}

export interface Lane {
  key: string;
  label: string;
  ticks: Tick[];
}

export interface Lanes {
  lanes: readonly Lane[];
  /** Where the oldest tick's side of the timeline is: ticks keep their `x` while older ones are forgotten. */
  left: number;
  width: number;
  /** Long silences, drawn as a break with how long they were. */
  breaks: readonly { x: number; text: string }[];
  xOf: ReadonlyMap<number, number>;
  /** Where each packet begins, from left to right: time runs evenly from stage to stage between two of them. */
  marks: readonly Mark[];
}

interface Mark {
  x: number;
  sequence: number;
}

const START = 20;
const STEP = 7;
const BREAK = 34;
const END = 96;
const LONG_SILENCE = 200_000_000;
const PACKETS_SHOWN = 600;

/**
 * Packets over time, copies with their original, a lane a flow. Silences are shortened, so that microseconds and minutes fit one line.
 * Goes on from where it was: only packets of which something new is known are looked at.
 */
export class LaneLayout {
  private lanes = new Map<string, Lane>();
  private breaks: { x: number; text: string }[] = [];
  private shown = new Map<number, { tick: Tick; lane: Lane; sequence: number }>();
  private seen = -1;
  private generation = -1;
  private version = -1;
  private laid: Lanes | undefined;
  private names: Names | undefined;
  private x = START;
  private before: number | undefined;

  lay(log: PacketLog, names: Names): Lanes {
    if (!this.laid || log.version !== this.version || names !== this.names) {
      this.laid = this.goOn(log, names);
      this.version = log.version;
    }
    return this.laid;
  }

  private goOn(log: PacketLog, names: Names): Lanes {
    if (log.generation !== this.generation || names !== this.names) {
      this.begin(log, names);
    }
    const touched = new Set<number>();
    for (const event of log.since(this.seen)) {
      touched.add(log.root(event.packet));
      this.seen = event.sequence;
    }
    for (const root of touched) {
      this.put(log, names, log.get(root)!);
    }
    this.forget(log);
    const first = this.shown.values().next().value;
    const left = (first?.tick.x ?? START) - START;
    const marks = [...this.shown.values()].map(({ tick, sequence }) => ({ x: tick.x, sequence }));
    if (marks.length > 0) {
      marks.push({ x: this.x + STEP, sequence: this.seen });
    }
    return {
      lanes: [...this.lanes.values()],
      left,
      width: this.x + END - left,
      breaks: this.breaks,
      xOf: new Map([...this.shown].map(([packet, { tick }]) => [packet, tick.x])),
      marks,
    };
  }

  private begin(log: PacketLog, names: Names): void {
    this.lanes = new Map();
    this.breaks = [];
    this.shown = new Map();
    this.seen = -1;
    this.generation = log.generation;
    this.names = names;
    this.x = START;
    this.before = undefined;
  }

  private put(log: PacketLog, names: Names, packet: PacketRecord): void {
    const first = packet.events[0]!;
    const known = this.shown.get(packet.id);
    const x = known?.tick.x ?? this.next(first.time);
    const ends = endsOf(first.headers);
    const tick: Tick = { packet: packet.id, x, kind: look(log, packet), label: `${kindOf(first.headers)} ${ends.src} → ${ends.dst}` };
    const { key, label } = laneOf(packet, names);
    const lane = this.lanes.get(key) ?? { key, label, ticks: [] };
    this.lanes.set(key, lane);
    if (known) {
      known.lane.ticks.splice(known.lane.ticks.indexOf(known.tick), 1);
    }
    const after = lane.ticks.findLastIndex((t) => t.x < x);
    lane.ticks.splice(after + 1, 0, tick);
    this.shown.set(packet.id, { tick, lane, sequence: first.sequence });
    if (known && known.lane.ticks.length === 0) {
      this.lanes.delete(known.lane.key);
    }
  }

  private next(time: number): number {
    if (this.before !== undefined) {
      const silence = time - this.before;
      if (silence > LONG_SILENCE) {
        this.breaks.push({ x: this.x + BREAK / 2 + STEP / 2, text: duration(silence) });
        this.x += BREAK;
      }
      this.x += STEP + Math.min(14, Math.log10(1 + Math.max(0, silence) / 50_000) * 5);
    }
    this.before = time;
    return this.x;
  }

  private forget(log: PacketLog): void {
    for (const [packet, { tick, lane }] of this.shown) {
      if (this.shown.size <= PACKETS_SHOWN && log.get(packet)) {
        break;
      }
      this.shown.delete(packet);
      lane.ticks.splice(lane.ticks.indexOf(tick), 1);
      if (lane.ticks.length === 0) {
        this.lanes.delete(lane.key);
      }
      this.breaks = this.breaks.filter((b) => b.x > tick.x);
    }
  }
}

/** The moment at a place of the timeline: the number of the last event there. */
export function sequenceAt({ marks }: Lanes, x: number): number {
  return Math.floor(between(marks, x, "x", "sequence"));
}

/** Where on the timeline an event is. */
export function xAt({ marks }: Lanes, sequence: number): number {
  return between(marks, sequence, "sequence", "x");
}

function between(marks: readonly Mark[], value: number, from: keyof Mark, to: keyof Mark): number {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (marks[middle]![from] <= value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const a = marks[Math.max(0, low - 1)];
  const b = marks[Math.min(marks.length - 1, low)];
  if (!a || !b) {
    return 0;
  }
  const share = b[from] === a[from] ? 0 : Math.max(0, (value - a[from]) / (b[from] - a[from]));
  return a[to] + share * (b[to] - a[to]);
}

function look(log: PacketLog, packet: PacketRecord): Tick["kind"] {
  return isLost(log, packet) ? "dropped" : lineOf(packet);
}

/** Whether it ended in a drop that matters: a copy that was not for its reader does not. */
function isLost(log: PacketLog, packet: PacketRecord): boolean {
  const matters = log.family(packet.id).some((copy) => {
    const last = copy.events.at(-1);
    const own = copy.origin?.cause !== "FLOODED";
    return last?.outcome.kind === "dropped" && isTraffic(last.headers) && (own || isTellingDrop(last));
  });
  return matters && log.get(log.furthest(packet.id))?.events.at(-1)?.outcome.kind === "dropped";
}

function laneOf(packet: PacketRecord, names: Names): { key: string; label: string } {
  const first = packet.events[0]!;
  if (first.headers.arp) {
    return { key: "arp", label: "ARP" };
  }
  if (!isTraffic(first.headers)) {
    return { key: "other", label: kindOf(first.headers) };
  }
  const last = packet.events.at(-1)!;
  const from = names.of(first.place);
  const to = names.owner(last.headers.ip?.dst ?? "") ?? last.headers.ip?.dst ?? names.of(last.place);
  return { key: `${from}→${to}`, label: `${from}→${to}` };
}

function duration(nanoseconds: number): string {
  const seconds = nanoseconds / 1e9;
  return seconds < 0.9995
    ? `${Math.round(seconds * 1000)} ms`
    : seconds < 90
      ? `${seconds.toFixed(1)} s`
      : `${Math.round(seconds / 60)} min`;
}

/** 1.284 612 s */
export function clockText(nanoseconds: number): string {
  const micros = Math.round(nanoseconds / 1000);
  const fraction = String(micros % 1_000_000).padStart(6, "0");
  return `${Math.floor(micros / 1_000_000)}.${fraction.slice(0, 3)} ${fraction.slice(3)} s`;
}
