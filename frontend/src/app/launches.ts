import { kindOf, lineOf } from "../state/packets";
import type { State } from "../state/store";
import type { Flight } from "../topology/flights";
import type { Scene } from "../topology/scene";
import { wayOf } from "../topology/way";

const COPIES_SHOWN = 3;
const FLOODS_KEPT = 1000;

/** Which packets set out on the drawing: each once, when its way is known to its end. */
export class Launches {
  private seen = -1;
  private readonly copies = new Map<number, number>();
  private since = 0;

  /** What happened up to a time is past: nobody saw it set out. */
  reset(since: number): void {
    this.seen = -1;
    this.copies.clear();
    this.since = since;
  }

  /** Of a flooded packet a few copies are enough to see what happens. */
  private mayCopyFly(root: number): boolean {
    if (this.copies.size > FLOODS_KEPT) {
      this.copies.clear();
    }
    const copies = this.copies.get(root) ?? 0;
    this.copies.set(root, copies + 1);
    return copies < COPIES_SHOWN;
  }

  /** The packets whose way is now known to its end; while the engine is stepped, one sees them stand instead. */
  take(state: State, scene: Scene): Flight[] {
    const flights: Flight[] = [];
    for (const event of state.packets.since(this.seen)) {
      this.seen = event.sequence;
      const { kind } = event.outcome;
      if (kind === "continue" || kind === "held" || event.time <= this.since || state.clock.pace === "step") {
        continue;
      }
      const record = state.packets.get(event.packet)!;
      if (record.events.at(-1) !== event || (record.origin?.cause === "FLOODED" && !this.mayCopyFly(record.root))) {
        continue;
      }
      flights.push({
        way: () => wayOf(scene, record.events),
        line: lineOf(record),
        name: kindOf(record.events[0]!.headers).replace("TCP ", ""),
      });
    }
    return flights;
  }
}
