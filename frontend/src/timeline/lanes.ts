import type { Names } from "../state/names";
import { endsOf, isReply, isTellingDrop, kindOf, type PacketLog, type PacketRecord } from "../state/packets";

/** A packet as a tick; `x` in pixels from the left end. */
export interface Tick {
  packet: number;
  x: number;
  kind: "plain" | "dashed" | "dotted" | "dropped";
  label: string;
}

export interface Lane {
  key: string;
  label: string;
  ticks: Tick[];
}

export interface Lanes {
  lanes: Lane[];
  width: number;
  /** Long silences, drawn as a break with how long they were. */
  breaks: { x: number; text: string }[];
  xOf: Map<number, number>;
  /** Where each packet begins, from left to right: time runs evenly from stage to stage between two of them. */
  marks: { x: number; sequence: number }[];
}

const START = 10;
const STEP = 7;
const BREAK = 34;
const LONG_SILENCE = 200_000_000;
const PACKETS_SHOWN = 600;

/** Packets over time, copies with their original, a lane a flow. Silences are shortened, so that microseconds and minutes fit one line. */
export function layLanes(log: PacketLog, names: Names): Lanes {
  const roots = [...log.packets()].filter((p) => p.events.length > 0 && log.root(p.id) === p.id).slice(-PACKETS_SHOWN);
  const fates = dropsByRoot(log);
  const lanes = new Map<string, Lane>();
  const breaks: Lanes["breaks"] = [];
  const xOf = new Map<number, number>();
  const marks: Lanes["marks"] = [];
  let x = START;
  let before: number | undefined;
  for (const packet of roots) {
    const time = packet.events[0]!.time;
    if (before !== undefined) {
      const silence = time - before;
      if (silence > LONG_SILENCE) {
        breaks.push({ x: x + BREAK / 2 + STEP / 2, text: duration(silence) });
        x += BREAK;
      }
      x += STEP + Math.min(14, Math.log10(1 + silence / 50_000) * 5);
    }
    before = time;
    xOf.set(packet.id, x);
    marks.push({ x, sequence: packet.events[0]!.sequence });
    const { key, label } = laneOf(packet, names);
    const lane = lanes.get(key) ?? { key, label, ticks: [] };
    lanes.set(key, lane);
    const first = packet.events[0]!.headers;
    const kind = fates.has(packet.id) ? "dropped" : first.arp ? "dotted" : isReply(packet) ? "dashed" : "plain";
    const ends = endsOf(first);
    lane.ticks.push({ packet: packet.id, x, kind, label: `${kindOf(first)} ${ends.src} → ${ends.dst}` });
  }
  const end = log.last()?.sequence;
  if (end !== undefined) {
    marks.push({ x: x + STEP, sequence: end });
  }
  return { lanes: [...lanes.values()], width: x + 96, breaks, xOf, marks };
}

/** The moment at a place of the timeline: the number of the last event there. */
export function sequenceAt({ marks }: Lanes, x: number): number {
  return Math.floor(between(marks, x, "x", "sequence"));
}

/** Where on the timeline an event is. */
export function xAt({ marks }: Lanes, sequence: number): number {
  return between(marks, sequence, "sequence", "x");
}

function between(marks: Lanes["marks"], value: number, from: "x" | "sequence", to: "x" | "sequence"): number {
  const next = marks.findIndex((mark) => mark[from] > value);
  const a = marks[next < 0 ? marks.length - 1 : Math.max(0, next - 1)];
  const b = marks[next < 0 ? marks.length - 1 : next];
  if (!a || !b) {
    return 0;
  }
  const share = b[from] === a[from] ? 0 : Math.max(0, (value - a[from]) / (b[from] - a[from]));
  return a[to] + share * (b[to] - a[to]);
}

/** Packets of which something ended in a drop that matters: a copy that was not for its reader does not. */
function dropsByRoot(log: PacketLog): Set<number> {
  const dropped = new Set<number>();
  for (const packet of log.packets()) {
    const last = packet.events.at(-1);
    const own = packet.origin?.cause !== "FLOODED";
    if (last?.outcome.kind === "dropped" && last.headers.ip && (own || isTellingDrop(last))) {
      const fate = log.get(log.furthest(packet.id))?.events.at(-1)?.outcome.kind;
      if (fate === "dropped") {
        dropped.add(log.root(packet.id));
      }
    }
  }
  return dropped;
}

function laneOf(packet: PacketRecord, names: Names): { key: string; label: string } {
  const first = packet.events[0]!;
  if (first.headers.arp) {
    return { key: "arp", label: "ARP" };
  }
  if (!first.headers.ip) {
    return { key: "other", label: kindOf(first.headers) };
  }
  const last = packet.events.at(-1)!;
  const from = names.of(first.place);
  const to = names.owner(last.headers.ip?.dst ?? "") ?? last.headers.ip?.dst ?? names.of(last.place);
  return { key: `${from}→${to}`, label: `${from}→${to}` };
}

function duration(nanoseconds: number): string {
  const seconds = nanoseconds / 1e9;
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : seconds < 90 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60)} min`;
}

/** 1.284 612 s */
export function clockText(nanoseconds: number): string {
  const micros = Math.round(nanoseconds / 1000);
  const fraction = String(micros % 1_000_000).padStart(6, "0");
  return `${Math.floor(micros / 1_000_000)}.${fraction.slice(0, 3)} ${fraction.slice(3)} s`;
}
