import type { TraceEvent } from "../protocol/messages";
import { isTellingDrop, isTraffic } from "./packets";
import type { State } from "./store";

/** The event one stands at: the last that had happened at the moment looked at. */
function eventAt(state: State): TraceEvent | undefined {
  return state.moment === "live" ? state.packets.last() : state.packets.events[state.packets.indexAt(state.moment.sequence)];
}

const BURST = 1_000_000_000;
const LOOKED_BACK = 240;

/**
 * The packet the page is about: the selected one unless it is forgotten, else that of the event one stands at. Live, the most telling packet of the latest
 * burst goes before its last acknowledgement: one that was dropped, else the first that a rule translated. ARP's and IGMP's housekeeping does
 * not take the page away from what a person set off.
 */
export function focusedPacket(state: State): number | undefined {
  if (state.selected !== undefined && state.packets.get(state.selected)) {
    return state.selected;
  }
  const event = eventAt(state);
  if (!event) {
    return undefined;
  }
  if (state.moment !== "live" || state.clock.pace === "step") {
    return state.packets.furthest(event.packet);
  }
  const latest = state.packets.events.findLast((e) => isTraffic(e.headers)) ?? event;
  return telling(state, latest.time) ?? state.packets.furthest(latest.packet);
}

function telling(state: State, now: number): number | undefined {
  let translated: number | undefined;
  for (const record of [...state.packets.packets()].slice(-LOOKED_BACK).reverse()) {
    if (now - (record.events.at(-1)?.time ?? 0) > BURST) {
      break;
    }
    if (record.origin?.cause !== "FLOODED" && isTellingDrop(record.events.at(-1))) {
      return record.id;
    }
    if (record.events.some((e) => e.decision?.kind === "rule" && e.decision.table === "nat")) {
      translated = record.id;
    }
  }
  return translated;
}

/** Selecting a packet that has ended shows it whole; the moment is the end of its way. */
export function select(state: State, packet: number): State {
  const last = state.packets.get(packet)?.events.at(-1);
  return last ? { ...state, selected: packet, moment: { sequence: last.sequence } } : state;
}

/** Whether a person has said which packet it is about. */
export const isChosen = ({ selected, moment, clock }: State) => selected !== undefined || moment !== "live" || clock.pace === "step";

/** About the packet that is in sight, though a newer one may wait for its turn. */
export function inSight(state: State, shown: number | undefined): State {
  return shown === undefined || isChosen(state) ? state : { ...state, selected: shown };
}

export function goLive(state: State): State {
  return { ...state, moment: "live", selected: undefined };
}

/** One stage on or back along the focused packet's way; at its end, "end". */
export function stepStage(state: State, direction: 1 | -1): State | "end" {
  const packet = focusedPacket(state);
  if (packet === undefined) {
    return "end";
  }
  const way = state.packets.journey(packet);
  const here = state.moment === "live" ? Number.POSITIVE_INFINITY : state.moment.sequence;
  const target = direction === 1 ? way.find((e) => e.sequence > here) : way.findLast((e) => e.sequence < here);
  if (target) {
    const stay = direction === -1 && state.moment === "live" ? way.at(-2) : target;
    return { ...state, selected: packet, moment: { sequence: (stay ?? target).sequence } };
  }
  return direction === 1 ? stepPacket(state, 1) : state;
}

/** To the start of the next or previous packet's way. */
export function stepPacket(state: State, direction: 1 | -1): State | "end" {
  const current = focusedPacket(state);
  if (current === undefined) {
    return "end";
  }
  const order = [...state.packets.packets()].filter((p) => state.packets.root(p.id) === p.id);
  const index = order.findIndex((p) => p.id === state.packets.root(current));
  const next = order[index + direction];
  if (!next) {
    return direction === 1 ? "end" : state;
  }
  return { ...state, selected: state.packets.furthest(next.id), moment: { sequence: next.events[0]!.sequence } };
}

export function toStart(state: State): State {
  const packet = focusedPacket(state);
  const first = packet === undefined ? undefined : state.packets.journey(packet)[0];
  return first ? { ...state, selected: packet, moment: { sequence: first.sequence } } : state;
}
