import { isReply, kindOf } from "../state/packets";
import type { State } from "../state/store";
import type { Flight } from "../topology/flights";
import type { Scene } from "../topology/scene";
import { wayOf } from "../topology/way";

const COPIES_SHOWN = 3;

/** Which packets have travelled on the drawing already. */
export class Launches {
  private readonly flown = new Set<number>();
  private readonly copies = new Map<number, number>();
  private since = 0;

  /** What happened up to a time is past: nobody saw it set out. */
  reset(since: number): void {
    this.flown.clear();
    this.copies.clear();
    this.since = since;
  }

  /** Of a flooded packet a few copies are enough to see what happens. */
  private mayCopyFly(root: number): boolean {
    const copies = this.copies.get(root) ?? 0;
    this.copies.set(root, copies + 1);
    return copies < COPIES_SHOWN;
  }

  /** The packets whose way is now known to its end; while the engine is stepped, one sees them stand instead. */
  take(state: State, scene: Scene): Flight[] {
    const flights: Flight[] = [];
    for (const record of state.packets.packets()) {
      const end = record.events.at(-1)?.outcome.kind;
      if (this.flown.has(record.id) || end === undefined || end === "continue" || end === "held") {
        continue;
      }
      this.flown.add(record.id);
      if (record.origin?.cause === "FLOODED" && !this.mayCopyFly(state.packets.root(record.id))) {
        continue;
      }
      if (state.clock.pace !== "step" && record.events[0]!.time > this.since) {
        const first = record.events[0]!.headers;
        flights.push({
          way: () => wayOf(scene, record.events),
          line: first.arp ? "dotted" : isReply(record) ? "dashed" : "plain",
          name: kindOf(first).replace("TCP ", ""),
        });
      }
    }
    return flights;
  }
}
