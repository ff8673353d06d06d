import type { Decision, FieldChange, Headers, Origin, Outcome, Place, TcpFlag, TraceEvent, TriedRule } from "../src/protocol/messages";
import { containerMac, type DevContainer, hostVeth, mac } from "./world";

const HOP = 25_000;

/** Writes down trace events of a published port's conversation as the engine would report them; for development and tests. */
export class Recorder {
  readonly events: TraceEvent[] = [];
  private packets = 0;
  private sequence = 0;

  constructor(public time = 1_284_000_000) {}

  packet(origin: Origin, headers: Headers): Walk {
    return new Walk(this, ++this.packets, origin, structuredClone(headers));
  }

  push(event: Omit<TraceEvent, "sequence" | "time">): void {
    this.time += HOP;
    this.events.push({ sequence: ++this.sequence, time: this.time, ...event });
  }
}

export class Walk {
  private place: Place = { machine: "" };

  constructor(
    private readonly recorder: Recorder,
    readonly id: number,
    private readonly origin: Origin,
    readonly headers: Headers,
  ) {}

  at(machine: string, namespace = "", device = ""): this {
    this.place = { machine, ...(namespace ? { namespace } : {}), ...(device ? { device } : {}) };
    return this;
  }

  stage(
    stage: string,
    why: string,
    decision?: Decision,
    outcome: Outcome = { kind: "continue" },
    changes?: FieldChange[],
    wouldLetThrough?: string,
  ): this {
    this.recorder.push({
      packet: this.id,
      origin: this.origin,
      place: this.place,
      stage,
      headers: structuredClone(this.headers),
      ...(changes ? { changes } : {}),
      ...(decision ? { decision } : {}),
      outcome,
      explanation: {
        title: titleOf(stage, decision),
        ...(decision && decision.kind !== "policy" ? { detail: decision.text } : {}),
        why,
        ...(wouldLetThrough ? { wouldLetThrough } : {}),
      },
    });
    return this;
  }

  rewrite(which: "src" | "dst", address: string, port: number | undefined): FieldChange[] {
    const changes: FieldChange[] = [{ field: `ip.${which}`, before: this.headers.ip![which], after: address }];
    this.headers.ip![which] = address;
    if (port !== undefined && this.headers.tcp![which] !== port) {
      changes.push({ field: `tcp.${which}`, before: String(this.headers.tcp![which]), after: String(port) });
      this.headers.tcp![which] = port;
    }
    return changes;
  }

  copy(): Headers {
    return structuredClone(this.headers);
  }
}

/** As the server titles stages. */
function titleOf(stage: string, decision: Decision | undefined): string {
  const [table, chain] = stage.toLowerCase().split("_");
  const hit = decision?.kind === "rule" ? decision.tried?.at(-1) : undefined;
  const at = `${table} ${chain?.toUpperCase() ?? ""}`.trim();
  return hit ? `${at}${hit.chain === chain?.toUpperCase() ? "" : ` → ${hit.chain}`}, rule ${hit.number}` : at;
}

export const policy = (table: string, chain: string, tried: TriedRule[] = []): Decision => ({
  kind: "policy",
  text: `-P ${chain} ACCEPT`,
  table,
  chain,
  verdict: "ACCEPT",
  tried,
});

const route = (text: string, local = false): Decision => ({ kind: "route", text, table: local ? "local" : "main", local });
const fdb = (text: string, port: string): Decision => ({ kind: "fdb", text, port });

export function arp(op: "request" | "reply", sender: [string, number], target: [string, number]): Headers {
  return {
    length: 42,
    eth: { src: mac(sender[1]), dst: op === "request" ? "ff:ff:ff:ff:ff:ff" : mac(target[1]), type: 0x806 },
    arp: {
      op,
      senderMac: mac(sender[1]),
      senderIp: sender[0],
      targetMac: op === "request" ? "00:00:00:00:00:00" : mac(target[1]),
      targetIp: target[0],
    },
  };
}

function segment(client: number, flags: TcpFlag[], payload: number, reply?: DevContainer): Headers {
  return {
    length: 66 + payload,
    ip: reply
      ? { src: reply.address, dst: "192.168.1.20", proto: "tcp", ttl: 64 }
      : { src: "192.168.1.20", dst: "192.168.1.10", proto: "tcp", ttl: 64 },
    tcp: reply ? { src: reply.port!, dst: client, flags } : { src: client, dst: reply ?? 5001, flags },
    payload,
  };
}

/** Client → host's published port → container, through DNAT. */
export function request(r: Recorder, c: DevContainer, port: number, flags: TcpFlag[], payload: number, blocked = false): Walk {
  const p = r.packet({ cause: "SENT", sender: "curl" }, segment(port, flags, payload));
  const first = flags.includes("SYN");
  p.at("client").stage("SOCKET_SEND", "curl sends to 192.168.1.10.", {
    kind: "because",
    text: "curl: tcp 192.168.1.20 → 192.168.1.10:5001",
  });
  p.stage(
    "ROUTING",
    "192.168.1.10 is in the client's own network; the more specific route beats the default.",
    route("192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.20"),
  );
  p.at("client", "", "eth0").stage("NEIGHBOUR", "The host's MAC address is in the neighbour table.", {
    kind: "neighbour",
    text: `192.168.1.10 dev eth0 lladdr ${mac(10)} REACHABLE`,
  });
  p.headers.eth = { src: mac(20), dst: mac(10), type: 0x800 };
  p.stage("DEVICE_TX", "The frame leaves by eth0.");
  p.at("lan", "", "client").stage("BRIDGE_INPUT", "The switch remembers that the client is at this port.");
  p.at("lan", "", "host").stage(
    "BRIDGE_FORWARD",
    "The switch has seen this MAC address at the host's port.",
    fdb(`${mac(10)} port host`, "host"),
  );
  p.at("host", "", "eth0").stage("DEVICE_RX", "The frame is for the host's own MAC address.");
  p.stage(
    "RAW_PREROUTING",
    "One rule guards the container's address against direct access; this packet is for the host's.",
    policy("raw", "PREROUTING", [
      {
        chain: "PREROUTING",
        number: 1,
        text: `-A PREROUTING -d ${c.address}/32 ! -i docker0 -j DROP`,
        failed: `-d: wanted ${c.address}/32, was 192.168.1.10`,
      },
    ]),
  );
  const original = `src=192.168.1.20 dst=192.168.1.10 sport=${port} dport=5001`;
  p.stage("CONNTRACK", first ? "Nothing is on record for these addresses and ports: a new connection." : "The connection is on record.", {
    kind: "conntrack",
    text: `${first ? "NEW" : "ESTABLISHED"} tcp ${original}`,
    state: first ? "NEW" : "ESTABLISHED",
    original,
    reply: first
      ? `src=192.168.1.10 dst=192.168.1.20 sport=5001 dport=${port}`
      : `src=${c.address} dst=192.168.1.20 sport=${c.port} dport=${port}`,
    isReply: false,
  });
  p.stage("MANGLE_PREROUTING", "The chain is empty.", policy("mangle", "PREROUTING"));
  const dnat = `-A DOCKER ! -i docker0 -p tcp -m tcp --dport 5001 -j DNAT --to-destination ${c.address}:${c.port}`;
  const changes = p.rewrite("dst", c.address, c.port);
  p.stage(
    "NAT_PREROUTING",
    first
      ? "The engine wrote this rule for web's -p 5001:5001. The address is rewritten before the routing table is asked, so the route below is the container's."
      : "The connection's first packet settled the translation; the rules are not asked again.",
    first
      ? {
          kind: "rule",
          text: dnat,
          table: "nat",
          chain: "PREROUTING",
          verdict: "DNAT",
          tried: [
            { chain: "PREROUTING", number: 1, text: "-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER" },
            { chain: "DOCKER", number: 1, text: "-A DOCKER -i docker0 -j RETURN", failed: "-i: wanted docker0, was eth0" },
            { chain: "DOCKER", number: 2, text: dnat },
          ],
        }
      : { kind: "conntrack", text: `ESTABLISHED tcp ${original}`, state: "ESTABLISHED" },
    { kind: "continue" },
    changes,
  );
  p.at("host").stage(
    "ROUTING",
    "The rewritten address is in docker0's network: the packet is for a container, not for the host.",
    route("172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1"),
  );
  p.headers.ip!.ttl = 63;
  p.stage(
    "FORWARDING",
    "Forwarding is on.",
    { kind: "sysctl", text: "net.ipv4.ip_forward = 1", name: "net.ipv4.ip_forward", value: "1" },
    { kind: "continue" },
    [{ field: "ip.ttl", before: "64", after: "63" }],
  );
  p.stage("MANGLE_FORWARD", "The chain is empty.", policy("mangle", "FORWARD"));
  const accept = `-A DOCKER -d ${c.address}/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport ${c.port} -j ACCEPT`;
  if (blocked) {
    const drop = "-A DOCKER-USER -i eth0 -j DROP";
    p.stage(
      "FILTER_FORWARD",
      "A rule in DOCKER-USER drops what comes in by eth0.",
      {
        kind: "rule",
        text: drop,
        table: "filter",
        chain: "FORWARD",
        verdict: "DROP",
        tried: [
          { chain: "FORWARD", number: 1, text: "-A FORWARD -j DOCKER-USER" },
          { chain: "DOCKER-USER", number: 1, text: drop },
        ],
      },
      {
        kind: "dropped",
        reason: "NETFILTER_DROP",
        telling: true,
      },
      undefined,
      "a rule before “-A DOCKER-USER -i eth0 -j DROP” in table filter that accepts it",
    );
    return p;
  }
  p.stage("FILTER_FORWARD", first ? "The engine opened exactly this port of this container." : "Part of a connection that was let in.", {
    kind: "rule",
    text: first ? accept : "-A DOCKER-CT -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
    table: "filter",
    chain: "FORWARD",
    verdict: "ACCEPT",
    tried: first
      ? [
          { chain: "FORWARD", number: 1, text: "-A FORWARD -j DOCKER-USER" },
          { chain: "FORWARD", number: 2, text: "-A FORWARD -j DOCKER-FORWARD" },
          {
            chain: "DOCKER-CT",
            number: 1,
            text: "-A DOCKER-CT -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
            failed: "--ctstate: wanted RELATED,ESTABLISHED, was NEW",
          },
          { chain: "DOCKER", number: 1, text: accept },
        ]
      : [{ chain: "DOCKER-CT", number: 1, text: "-A DOCKER-CT -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT" }],
  });
  p.stage(
    "NAT_POSTROUTING",
    "The source is not a container's: nothing to masquerade.",
    policy("nat", "POSTROUTING", [
      {
        chain: "POSTROUTING",
        number: 1,
        text: "-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE",
        failed: "-s: wanted 172.17.0.0/16, was 192.168.1.20",
      },
    ]),
  );
  if (first) {
    p.stage("CONFIRM", "The packet got through, so the connection enters the table.", {
      kind: "conntrack",
      text: `tcp ${original}`,
      state: "NEW",
    });
  }
  p.at("host", "", "docker0").stage("NEIGHBOUR", "docker0 knows the container's MAC address.", {
    kind: "neighbour",
    text: `${c.address} dev docker0 lladdr ${containerMac(c)} REACHABLE`,
  });
  p.headers.eth = { src: mac(90), dst: containerMac(c), type: 0x800 };
  p.stage("DEVICE_TX", "The frame goes to the bridge.");
  p.stage(
    "BRIDGE_FORWARD",
    "The bridge has learnt this MAC address at the container's port.",
    fdb(`${containerMac(c)} dev ${hostVeth(c)} master docker0`, hostVeth(c)),
  );
  p.at("host", "", hostVeth(c)).stage("DEVICE_TX", "In at this end of the pair, out at the other.");
  p.at("host", c.name, "eth0").stage("DEVICE_RX", "The other end of the veth pair is the container's eth0.");
  p.at("host", c.name).stage("RAW_PREROUTING", "The container has no rules of its own.", policy("raw", "PREROUTING"));
  p.stage("ROUTING", "The address is the container's own.", route(`local ${c.address} dev eth0 table local`, true));
  p.stage("FILTER_INPUT", "The container has no rules of its own.", policy("filter", "INPUT"));
  p.stage("SOCKET", "A program listens here.", { kind: "socket", text: `LISTEN 0.0.0.0:${c.port} my-app` }, { kind: "delivered" });
  return p;
}

/** Container → client, un-NATed on the way. */
export function response(r: Recorder, c: DevContainer, port: number, flags: TcpFlag[], payload: number, to: number): Walk {
  const p = r.packet({ cause: "REPLY_TO", packet: to, sender: "my-app" }, segment(port, flags, payload, c));
  const ct = (state: string): Decision => ({
    kind: "conntrack",
    text: `${state} tcp src=192.168.1.20 dst=192.168.1.10 sport=${port} dport=5001`,
    state,
    original: `src=192.168.1.20 dst=192.168.1.10 sport=${port} dport=5001`,
    reply: `src=${c.address} dst=192.168.1.20 sport=${c.port} dport=${port}`,
    isReply: true,
  });
  p.at("host", c.name).stage("SOCKET_SEND", "The program answers.", {
    kind: "socket",
    text: `ESTAB ${c.address}:${c.port} 192.168.1.20:${port}`,
  });
  p.stage("ROUTING", "Not in the container's network: by the gateway, docker0.", route("default via 172.17.0.1 dev eth0"));
  p.at("host", c.name, "eth0").stage("NEIGHBOUR", "The gateway's MAC address is known.", {
    kind: "neighbour",
    text: `172.17.0.1 dev eth0 lladdr ${mac(90)} REACHABLE`,
  });
  p.headers.eth = { src: containerMac(c), dst: mac(90), type: 0x800 };
  p.stage("DEVICE_TX", "Out of the container by eth0.");
  p.at("host", "", hostVeth(c)).stage("DEVICE_RX", "The bridge's end of the pair.");
  p.stage(
    "BRIDGE_INPUT",
    "The frame is for the bridge's own MAC address: up to the host's IP layer.",
    fdb(`${mac(90)} dev docker0 master docker0 permanent`, "docker0"),
  );
  p.at("host", "", "docker0").stage("RAW_PREROUTING", "No rule is about this packet.", policy("raw", "PREROUTING"));
  p.stage("CONNTRACK", "This is the second direction of a connection on record.", ct("ESTABLISHED"));
  p.at("host").stage("ROUTING", "192.168.1.20 is in the LAN.", route("192.168.1.0/24 dev eth0 proto kernel scope link src 192.168.1.10"));
  p.headers.ip!.ttl = 63;
  p.stage(
    "FORWARDING",
    "Forwarding is on.",
    { kind: "sysctl", text: "net.ipv4.ip_forward = 1", name: "net.ipv4.ip_forward", value: "1" },
    { kind: "continue" },
    [{ field: "ip.ttl", before: "64", after: "63" }],
  );
  p.stage("FILTER_FORWARD", "What leaves docker0 may go on.", {
    kind: "rule",
    text: "-A DOCKER-FORWARD -i docker0 -j ACCEPT",
    table: "filter",
    chain: "FORWARD",
    verdict: "ACCEPT",
    tried: [{ chain: "DOCKER-FORWARD", number: 4, text: "-A DOCKER-FORWARD -i docker0 -j ACCEPT" }],
  });
  const changes = p.rewrite("src", "192.168.1.10", 5001);
  p.stage(
    "NAT_POSTROUTING",
    "The translation is undone for the answer: the client sees the address it knocked at.",
    ct("ESTABLISHED"),
    { kind: "continue" },
    changes,
  );
  p.at("host", "", "eth0").stage("NEIGHBOUR", "The client's MAC address is known.", {
    kind: "neighbour",
    text: `192.168.1.20 dev eth0 lladdr ${mac(20)} REACHABLE`,
  });
  p.headers.eth = { src: mac(10), dst: mac(20), type: 0x800 };
  p.stage("DEVICE_TX", "The frame leaves by eth0.");
  p.at("lan", "", "host").stage("BRIDGE_INPUT", "The switch remembers where the host is.");
  p.at("lan", "", "client").stage("BRIDGE_FORWARD", "The client's port is known.", fdb(`${mac(20)} port client`, "client"));
  p.at("client", "", "eth0").stage("DEVICE_RX", "For the client's own MAC address.");
  p.at("client").stage("ROUTING", "The address is the client's own.", route("local 192.168.1.20 dev eth0 table local", true));
  p.stage(
    "SOCKET",
    "curl waits at this port.",
    { kind: "socket", text: `ESTAB 192.168.1.20:${port} 192.168.1.10:5001 curl` },
    { kind: "delivered" },
  );
  return p;
}
