import { arp, type Recorder, request, response } from "./recorder";
import type { DevContainer } from "./world";

export const web: DevContainer = { name: "web", image: "my-app", network: "bridge", address: "172.17.0.2", port: 5001, publish: 5001 };
export const cache: DevContainer = { name: "cache", image: "redis", network: "bridge", address: "172.17.0.3", port: 6379 };
export const db: DevContainer = { name: "db", image: "nicolaka/netshoot", network: "app", address: "172.18.0.2" };

/** The client asks for the host's MAC address; the switch floods the question. */
export function whoHas(r: Recorder): void {
  const client: [string, number] = ["192.168.1.20", 20];
  const host: [string, number] = ["192.168.1.10", 10];
  const q = r.packet({ cause: "ASKED_FOR" }, arp("request", client, host));
  q.at("client", "", "eth0").stage("ARP", "The host's MAC address is not known yet, so the first packet waits.");
  q.stage("DEVICE_TX", "To everybody in this network.");
  q.at("lan", "", "client").stage("BRIDGE_INPUT", "The switch learns where the client is.");
  q.stage(
    "BRIDGE_FORWARD",
    "A broadcast goes out of every other port.",
    { kind: "flooded", text: "flooded to host, router", ports: ["host", "router"] },
    { kind: "delivered" },
  );
  const h = r.packet({ cause: "FLOODED", packet: q.id }, q.headers);
  h.at("host", "", "eth0").stage("DEVICE_RX", "A broadcast is for everybody.");
  h.stage("ARP", "192.168.1.10 is the host's own address: it answers.", undefined, { kind: "delivered" });
  const o = r.packet({ cause: "FLOODED", packet: q.id }, q.headers);
  o.at("router", "", "eth0").stage("DEVICE_RX", "A broadcast is for everybody.");
  o.stage("ARP", "The question is about another machine's address.", undefined, {
    kind: "dropped",
    reason: "OTHERHOST",
  });
  const a = r.packet({ cause: "REPLY_TO", packet: h.id }, arp("reply", host, client));
  a.at("host", "", "eth0").stage("ARP", "The host tells its MAC address.");
  a.stage("DEVICE_TX", "To the client alone.");
  a.at("lan", "", "host").stage("BRIDGE_INPUT", "The switch learns where the host is.");
  a.at("lan", "", "client").stage("BRIDGE_FORWARD", "The client's port was learnt a moment ago.", {
    kind: "fdb",
    text: "52:54:00:00:01:14 port client",
    port: "client",
  });
  a.at("client", "", "eth0").stage("DEVICE_RX", "For the client's own MAC address.");
  a.stage("ARP", "The neighbour table has its entry; the waiting packet goes.", undefined, { kind: "delivered" });
}

/** curl http://192.168.1.10:5001/ on the client, and the answer. */
export function curl(r: Recorder, port: number, c = web): void {
  const syn = request(r, c, port, ["SYN"], 0);
  const synAck = response(r, c, port, ["SYN", "ACK"], 0, syn.id);
  request(r, c, port, ["ACK"], 0);
  const get = request(r, c, port, ["PSH", "ACK"], 81);
  response(r, c, port, ["ACK"], 0, get.id);
  const answer = response(r, c, port, ["PSH", "ACK"], 146, get.id);
  request(r, c, port, ["ACK"], 0);
  const fin = request(r, c, port, ["FIN", "ACK"], 0);
  response(r, c, port, ["FIN", "ACK"], 0, fin.id);
  request(r, c, port, ["ACK"], 0);
  void synAck;
  void answer;
}

/** The same with a rule in DOCKER-USER that drops it. */
export function blocked(r: Recorder, port: number): void {
  r.time += 5_000_000_000;
  request(r, web, port, ["SYN"], 0, true);
}
