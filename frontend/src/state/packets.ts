import type { FieldChange, Headers, Origin, TraceEvent } from "../protocol/messages";

/** A packet and what is known of its way. */
export interface PacketRecord {
  id: number;
  origin: Origin | undefined;
  events: TraceEvent[];
  /** The packet that this is a copy of, and so on up: what a person calls the packet. */
  root: number;
}

const PACKETS_KEPT = 3000;
const ETHERTYPE_IPV6 = 0x86dd;

/** The packets seen lately, in order of their first event; bounded, oldest forgotten first. */
export class PacketLog {
  /** Changes with every change, for views that remember what they drew. */
  version = 0;
  /** Changes when all is forgotten and its numbers may begin anew. */
  generation = 0;
  private readonly byId = new Map<number, PacketRecord>();
  /** Each packet with its copies, by its root, in order of their first event. */
  private readonly families = new Map<number, PacketRecord[]>();
  /** All events in order of happening. */
  events: TraceEvent[] = [];
  private lastSequence = 0;

  add(events: readonly TraceEvent[]): void {
    for (const event of events) {
      if (event.sequence <= this.lastSequence) {
        continue;
      }
      this.lastSequence = event.sequence;
      this.events.push(event);
      let record = this.byId.get(event.packet);
      if (!record) {
        record = { id: event.packet, origin: event.origin, events: [], root: this.rootBy(event.packet, event.origin) };
        this.byId.set(event.packet, record);
        const family = this.families.get(record.root);
        family ? family.push(record) : this.families.set(record.root, [record]);
      }
      record.events.push(event);
    }
    this.forgetOldest();
    this.version++;
  }

  clear(): void {
    this.byId.clear();
    this.families.clear();
    this.events = [];
    this.lastSequence = 0;
    this.generation++;
    this.version++;
  }

  get(id: number): PacketRecord | undefined {
    return this.byId.get(id);
  }

  get size(): number {
    return this.byId.size;
  }

  packets(): Iterable<PacketRecord> {
    return this.byId.values();
  }

  last(): TraceEvent | undefined {
    return this.events.at(-1);
  }

  /** Index of the last event at or before a sequence number; -1 if there is none. */
  indexAt(sequence: number): number {
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.events[middle]!.sequence <= sequence) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /** The packet's own events preceded by those of the packets it is a copy of: one way from the sender on. */
  journey(id: number): TraceEvent[] {
    const record = this.byId.get(id);
    if (!record) {
      return [];
    }
    const parent = record.origin?.packet;
    if (parent === undefined || !isSamePacket(record.origin)) {
      return record.events;
    }
    const first = record.events[0]?.sequence ?? 0;
    return [...this.journey(parent).filter((event) => event.sequence < first), ...record.events];
  }

  /** The packet that a copy is a copy of, and so on up. */
  root(id: number): number {
    return this.byId.get(id)?.root ?? id;
  }

  private rootBy(id: number, origin: Origin | undefined): number {
    const parent = isSamePacket(origin) && origin?.packet !== undefined ? this.byId.get(origin.packet) : undefined;
    return parent?.root ?? id;
  }

  /** Of a packet and its copies, the one that got furthest: delivered before dropped, then the longest. */
  furthest(id: number): number {
    const root = this.root(id);
    let best = root;
    let most = Number.NEGATIVE_INFINITY;
    for (const record of this.families.get(root) ?? []) {
      const got = progress(record);
      if (got > most) {
        best = record.id;
        most = got;
      }
    }
    return best;
  }

  /** A packet and its copies. */
  family(id: number): readonly PacketRecord[] {
    return this.families.get(this.root(id)) ?? [];
  }

  /** The events after a sequence number, in order of happening. */
  since(sequence: number): readonly TraceEvent[] {
    return this.events.slice(this.indexAt(sequence) + 1);
  }

  /** Copies are forgotten with their original. */
  private forgetOldest(): void {
    if (this.byId.size <= PACKETS_KEPT) {
      return;
    }
    for (const [root, family] of this.families) {
      if (this.byId.size <= PACKETS_KEPT * 0.9) {
        break;
      }
      this.families.delete(root);
      for (const record of family) {
        this.byId.delete(record.id);
      }
    }
    this.events = this.events.filter((event) => this.byId.has(event.packet));
  }
}

function isSamePacket(origin: Origin | undefined): boolean {
  return origin?.cause === "FLOODED" || origin?.cause === "FRAGMENT_OF" || origin?.cause === "REASSEMBLED_FROM";
}

function progress(record: PacketRecord): number {
  const outcome = record.events.at(-1)?.outcome.kind;
  const socket = record.events.some((e) => e.stage === "SOCKET" || (e.stage === "ARP" && e.outcome.kind === "delivered"));
  return record.events.length + (outcome === "delivered" && socket ? 1000 : 0) - (outcome === "dropped" ? 500 : 0);
}

/** A drop that a person will want to see; which these are, the server says. */
export function isTellingDrop(event: TraceEvent | undefined): boolean {
  return event?.outcome.telling === true;
}

/** Whether it is what somebody sent, and not the housekeeping of links and groups: ARP, IGMP, IPv6's announcements. */
export function isTraffic(headers: Headers): boolean {
  return headers.ip !== undefined && headers.ip.proto !== "igmp";
}

/** What a packet is, in two or three words: TCP SYN, ICMP echo request, ARP who has 192.168.1.10. */
export function kindOf(headers: Headers): string {
  if (headers.arp) {
    return headers.arp.op === "request" ? "ARP request" : "ARP reply";
  }
  if (headers.tcp) {
    const flags = headers.tcp.flags.filter((flag) => flag !== "PSH" && (flag !== "ACK" || headers.tcp!.flags.length === 1));
    const name = headers.tcp.flags.includes("SYN") && headers.tcp.flags.includes("ACK") ? "SYN-ACK" : flags.join(" ");
    return headers.payload ? "TCP data" : `TCP ${name || "ACK"}`;
  }
  if (headers.udp) {
    return headers.udp.dst === 53 || headers.udp.src === 53 ? "DNS" : "UDP";
  }
  if (headers.icmp) {
    return `ICMP ${headers.icmp.text}`;
  }
  if (headers.ip) {
    return headers.ip.proto === "igmp" ? "IGMP" : `IP ${headers.ip.proto}`;
  }
  return headers.eth?.type === ETHERTYPE_IPV6 ? "IPv6" : "frame";
}

/** Source and destination as address:port, or addresses, or MACs. */
export function endsOf(headers: Headers): { src: string; dst: string } {
  if (headers.arp) {
    return { src: headers.arp.senderIp, dst: headers.arp.targetIp };
  }
  const ports = headers.tcp ?? headers.udp;
  if (headers.ip) {
    return ports
      ? { src: `${headers.ip.src}:${ports.src}`, dst: `${headers.ip.dst}:${ports.dst}` }
      : { src: headers.ip.src, dst: headers.ip.dst };
  }
  return { src: headers.eth?.src ?? "?", dst: headers.eth?.dst ?? "?" };
}

export type LineStyle = "plain" | "dashed" | "dotted";

/** How its line is drawn. */
export function lineOf(packet: PacketRecord): LineStyle {
  return packet.events[0]!.headers.arp ? "dotted" : isReply(packet) ? "dashed" : "plain";
}

export type Rewrite = { which: "dst" | "src"; before: string; after: string };

/** An address rewritten at a stage, port included: dst 192.168.1.10:5001 → 172.17.0.2:5001. */
export function rewriteOf(event: TraceEvent): Rewrite | undefined {
  if (!event.headers.ip) {
    return undefined;
  }
  for (const which of ["dst", "src"] as const) {
    const address = find(event.changes, `ip.${which}`);
    const port = find(event.changes, `tcp.${which}`) ?? find(event.changes, `udp.${which}`);
    if (address || port) {
      const ports = event.headers.tcp ?? event.headers.udp;
      const now = { address: event.headers.ip[which], port: ports?.[which] };
      const join = (a: string, p: string | number | undefined) => (p === undefined ? a : `${a}:${p}`);
      return {
        which,
        before: join(address?.before ?? now.address, port?.before ?? now.port),
        after: join(now.address, now.port),
      };
    }
  }
  return undefined;
}

function find(changes: FieldChange[] | undefined, field: string): FieldChange | undefined {
  return changes?.find((change) => change.field === field);
}

/** The second direction of a conversation, as conntrack sees it, else by who asked. */
export function isReply(record: PacketRecord): boolean {
  const tracked = record.events.find((event) => event.decision?.kind === "conntrack" && event.decision.isReply !== undefined);
  if (tracked) {
    return tracked.decision!.isReply === true;
  }
  const first = record.events[0]?.headers;
  const ports = first?.tcp ?? first?.udp;
  if (ports) {
    return ports.src < ports.dst;
  }
  return first?.arp ? first.arp.op === "reply" : record.origin?.cause === "REPLY_TO";
}
