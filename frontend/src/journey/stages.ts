import type { FieldChange, TraceEvent, TriedRule } from "../protocol/messages";
import type { Names } from "../state/names";
import { rewriteOf } from "../state/packets";

/** One stage of a packet's way, in words. */
export interface StageRow {
  event: TraceEvent;
  title: string;
  /** The rule, route or entry that decided. */
  code: string | undefined;
  diffs: { sign: string; kind: "dnat" | "snat" | "field"; before: string; after: string }[];
  why: string;
  /** Rules looked at that did not decide. */
  passedBy: TriedRule[];
  /** Nothing happened here: an empty chain. Shown small. */
  quiet: boolean;
  when: "past" | "now" | "future";
  end: "delivered" | "dropped" | "held" | undefined;
}

export interface StageGroup {
  key: string;
  name: string;
  detail: string;
  rows: StageRow[];
}

/** The journey grouped by where it happens; `here` is the sequence number one stands at. */
export function groupStages(events: readonly TraceEvent[], names: Names, here: number): StageGroup[] {
  const groups: StageGroup[] = [];
  let place = "";
  let device = "";
  const current = events.findLast((e) => e.sequence <= here)?.sequence;
  for (const event of events) {
    const inside = `${event.place.machine}/${event.place.namespace ?? ""}`;
    const on = names.isSwitch(event.place.machine) ? "" : (event.place.device ?? "");
    if (inside !== place || (on !== "" && on !== device && device !== "")) {
      groups.push({
        key: `${groups.length}:${inside}/${on}`,
        name: names.of(event.place),
        detail: groupDetail(event, names),
        rows: [],
      });
      device = on;
    } else if (device === "" && on !== "") {
      device = on;
      const group = groups.at(-1)!;
      group.detail = groupDetail(event, names);
    }
    place = inside;
    groups
      .at(-1)!
      .rows.push(rowOf(event, event === events.at(-1), event.sequence === current ? "now" : event.sequence > here ? "future" : "past"));
  }
  return groups;
}

function groupDetail(event: TraceEvent, names: Names): string {
  if (names.isSwitch(event.place.machine)) {
    return "";
  }
  const device = event.place.device ? `· ${event.place.device}` : "";
  return event.place.namespace ? `namespace ${device}`.trim() : device;
}

function rowOf(event: TraceEvent, last: boolean, when: StageRow["when"]): StageRow {
  const decision = event.decision;
  const tried = decision?.tried ?? [];
  const passedBy = decision?.kind === "rule" ? tried.slice(0, -1) : tried;
  const quiet = decision?.kind === "policy" && tried.length === 0 && !event.changes?.length && event.outcome.kind === "continue";
  return {
    event,
    title: event.explanation.title,
    code: event.explanation.detail,
    diffs: diffsOf(event),
    why: event.explanation.why ?? "",
    passedBy,
    quiet,
    when,
    end: endOf(event, last),
  };
}

/** A flooded packet ends on the bridge, but its copy, which this journey follows, goes on. */
function endOf(event: TraceEvent, last: boolean): StageRow["end"] {
  const { kind } = event.outcome;
  return kind === "continue" || (kind === "delivered" && !last) ? undefined : kind;
}

function diffsOf(event: TraceEvent): StageRow["diffs"] {
  const rewrite = rewriteOf(event);
  const part: (change: FieldChange) => boolean = (change) => !/^(ip|tcp|udp)\.(src|dst)$/.test(change.field);
  const others = (event.changes ?? []).filter(part).map((change) => ({
    sign: "",
    kind: "field" as const,
    before: `${wordFor(change.field)} ${change.before}`,
    after: `${wordFor(change.field)} ${change.after}`,
  }));
  if (!rewrite) {
    return others;
  }
  const dst = rewrite.which === "dst";
  return [
    {
      sign: dst ? "▲" : "▼",
      kind: dst ? "dnat" : "snat",
      before: `${rewrite.which} ${rewrite.before}`,
      after: `${rewrite.which} ${rewrite.after}`,
    },
    ...others,
  ];
}

function wordFor(field: string): string {
  return field === "ip.ttl" ? "TTL" : field;
}
