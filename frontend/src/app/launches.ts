import type { TraceEvent } from "../protocol/messages";
import { endsOf, isTraffic, kindOf, lineOf, type PacketLog, type PacketRecord } from "../state/packets";
import type { State } from "../state/store";
import type { Flight } from "../topology/convoys";
import type { Scene } from "../topology/scene";
import { wayOf } from "../topology/way";

const COPIES_SHOWN = 3;

/** Which packets set out on the drawing: each once, when its way is known to its end. */
export class Launches {
  private seen = -1;
  private since = 0;

  /** What happened up to a time is past: nobody saw it set out. */
  reset(since: number): void {
    this.seen = -1;
    this.since = since;
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
      if (record.events.at(-1) !== event || (isFlooded(record) && !isAmongFirst(record, state.packets))) {
        continue;
      }
      flights.push(flightOf(record, scene));
    }
    return flights;
  }
}

function flightOf(record: PacketRecord, scene: Scene): Flight {
  const { events } = record;
  const [first, last] = [events[0]!, events.at(-1)!];
  const { ip } = first.headers;
  const { src, dst } = endsOf(first.headers);
  const line = lineOf(record);
  const name = kindOf(first.headers).replace("TCP ", "");
  const between = ip ? [ip.src, ip.dst] : [src, dst];
  const alike = [name, line, ...between, placeOf(first), placeOf(last), last.outcome.kind, events.length].join(" ");
  return { way: () => wayOf(scene, events), line, name, traffic: isTraffic(first.headers), src, dst, alike };
}

const placeOf = ({ place }: TraceEvent) => `${place.machine}/${place.namespace ?? ""}/${place.device ?? ""}`;

const isFlooded = (record: PacketRecord) => record.origin?.cause === "FLOODED";

/** Of a flooded packet a few copies are enough to see what happens. */
function isAmongFirst(copy: PacketRecord, log: PacketLog): boolean {
  let before = 0;
  for (const other of log.family(copy.id)) {
    if (other === copy) {
      return true;
    }
    if (isFlooded(other) && ++before === COPIES_SHOWN) {
      break;
    }
  }
  return false;
}
