import type { LineStyle } from "../state/packets";
import type { WayStep } from "./way";

/** A packet about to travel. */
export interface Flight {
  /** Worked out only when it sets out. */
  way(): readonly WayStep[];
  line: LineStyle;
  name: string;
  /** Not the housekeeping of links and groups. */
  traffic: boolean;
  /** Its sender and receiver, with their ports. */
  src: string;
  dst: string;
  /** The same for all that are drawn and written alike, but for their ports. */
  alike: string;
}

/** Packets that set out as one: the first, how many they are, and at which ends their ports differ. */
export interface Convoy {
  readonly first: Flight;
  count: number;
  differ: { src: boolean; dst: boolean };
}

const MOST = 30;

/**
 * Packets that wait until they may set out. Where they come faster than the eye can follow, those that are alike go as one and are counted;
 * but none overtakes another one from the same sender to the same receiver. Housekeeping that still waits when somebody sends something is
 * old, and is not shown.
 */
export class Convoys {
  private waiting: (Convoy & { flows: Set<string> })[] = [];

  get length(): number {
    return this.waiting.length;
  }

  add(flights: readonly Flight[]): void {
    if (flights.some(({ traffic }) => traffic)) {
      this.waiting = this.waiting.filter(({ first }) => first.traffic);
    }
    for (const flight of flights) {
      this.join(flight);
    }
    this.waiting = this.waiting.slice(-MOST);
  }

  private join(flight: Flight): void {
    const flow = `${flight.src} ${flight.dst}`;
    const after = this.waiting.findLastIndex(({ first, flows }) => first.alike === flight.alike || flows.has(flow));
    const convoy = this.waiting[after];
    if (convoy?.first.alike === flight.alike) {
      convoy.count++;
      convoy.differ.src ||= flight.src !== convoy.first.src;
      convoy.differ.dst ||= flight.dst !== convoy.first.dst;
      convoy.flows.add(flow);
      return;
    }
    this.waiting.push({ first: flight, count: 1, differ: { src: false, dst: false }, flows: new Set([flow]) });
  }

  next(): Convoy | undefined {
    return this.waiting.shift();
  }

  clear(): void {
    this.waiting = [];
  }
}
