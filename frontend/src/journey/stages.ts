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

const TITLES: Record<string, string> = {
  ARP: "ARP",
  IP_RECEIVE: "IP header checked",
  DEFRAGMENT: "Fragments put together",
  ROUTING: "Routing",
  REROUTE: "Routed again",
  SOCKET: "Socket",
  SOCKET_SEND: "Sent",
  FORWARDING: "To be forwarded",
  CONFIRM: "conntrack: confirmed",
  FRAGMENT: "Fragmented",
  NEIGHBOUR: "Next hop’s MAC address",
  VETH_PEER: "Across the veth pair",
};

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
      .rows.push(
        rowOf(event, names, event === events.at(-1), event.sequence === current ? "now" : event.sequence > here ? "future" : "past"),
      );
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

function rowOf(event: TraceEvent, names: Names, last: boolean, when: StageRow["when"]): StageRow {
  const decision = event.decision;
  const tried = decision?.tried ?? [];
  const passedBy = decision?.kind === "rule" ? tried.slice(0, -1) : tried;
  const quiet = decision?.kind === "policy" && tried.length === 0 && !event.changes?.length && event.outcome.kind === "continue";
  const diffs = diffsOf(event);
  const said = decision?.kind === "policy" || decision?.text === "" || (decision?.kind === "because" && diffs.length > 0);
  const bare = said ? undefined : decision?.kind === "flooded" ? floodedTo(decision.ports ?? []) : decision?.text;
  return {
    event,
    title: titleOf(event, names),
    code: bare,
    diffs,
    why: decision?.kind === "flooded" && (decision.ports?.length ?? 0) > PORTS_NAMED ? "" : sentence(event.why, bare),
    passedBy,
    quiet,
    when,
    end: endOf(event, last),
  };
}

const PORTS_NAMED = 5;

function floodedTo(ports: readonly string[]): string {
  const rest = ports.length - PORTS_NAMED;
  return `flooded to ${ports.slice(0, PORTS_NAMED).join(", ")}${rest > 0 ? ` and ${rest} more ports` : ""}`;
}

/** A flooded packet ends on the bridge, but its copy, which this journey follows, goes on. */
function endOf(event: TraceEvent, last: boolean): StageRow["end"] {
  const { kind } = event.outcome;
  return kind === "continue" || (kind === "delivered" && !last) ? undefined : kind;
}

/** The sentence without the line that is shown above it anyway. */
function sentence(why: string, code: string | undefined): string {
  const at = code ? why.toLowerCase().indexOf(code.toLowerCase()) : -1;
  if (at < 0) {
    return why;
  }
  const rest = why.slice(0, at).replace(/[:\s]+$/, "");
  return rest === "" ? "" : `${rest}.`;
}

function titleOf(event: TraceEvent, names: Names): string {
  const { stage, decision, place } = event;
  const onSwitch = names.isSwitch(place.machine);
  switch (stage) {
    case "DEVICE_RX":
      return onSwitch ? `Received from ${nameOfPort(place.device)}` : `Received on ${place.device ?? "the device"}`;
    case "DEVICE_TX":
      return onSwitch ? `Sent to ${nameOfPort(place.device)}` : `Sent out of ${place.device ?? "the device"}`;
    case "BRIDGE_INPUT":
      return onSwitch ? "Switch: source address learnt" : "Bridge: source address learnt";
    case "BRIDGE_FORWARD":
      if (decision?.kind === "flooded") {
        return onSwitch ? "Flooded by the switch" : "Flooded by the bridge";
      }
      return decision?.port ? `Switched to ${nameOfPort(decision.port)}` : "Switched";
    case "SOCKET_SEND":
      return event.origin?.sender ? `Sent by ${event.origin.sender}` : "Sent";
    case "SOCKET":
      return event.outcome.kind === "delivered" ? "Delivered: socket" : "Socket";
    case "CONNTRACK":
      return decision?.state === "NEW" ? "conntrack: new connection" : `conntrack: ${decision?.state ?? "looked up"}`;
    case "ROUTING":
      return decision?.local ? "Routing: for this machine" : "Routing";
  }
  const chain = /^(RAW|MANGLE|NAT|FILTER)_([A-Z]+)$/.exec(stage);
  if (chain) {
    const base = `${chain[1]!.toLowerCase()} ${chain[2]}`;
    const hit = decision?.kind === "rule" ? decision.tried?.at(-1) : undefined;
    if (hit) {
      return hit.chain === chain[2] ? `${base}, rule ${hit.number}` : `${base} → ${hit.chain}, rule ${hit.number}`;
    }
    return base;
  }
  return TITLES[stage] ?? stage.toLowerCase().replaceAll("_", " ");
}

/** A switch's port is called after the machine it leads to. */
function nameOfPort(port: string | undefined): string {
  return port?.replace(/^to-/, "") ?? "a port";
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
