import { describe, expect, it } from "vitest";
import { Recorder, request } from "../../dev/recorder";
import { web, whoHas } from "../../dev/scenario";
import { HOOKS, LINES, stationsOf, track, travel } from "./lines";
import { chainsFrom, type RuleChain, short } from "./tables";

const chain = (name: string, ...leads: string[]): RuleChain => ({
  name,
  policy: "",
  packets: 0,
  bytes: 0,
  references: 0,
  rules: leads.map((to, i) => ({ number: i + 1, text: `-j ${to || "DROP"}`, chain: to, packets: 0, bytes: 0 })),
});

describe("the rules of a station", () => {
  it("are the hook's chain and all that its rules lead to, each once", () => {
    const chains = [chain("FORWARD", "DOCKER-USER", "DOCKER"), chain("DOCKER-USER", ""), chain("DOCKER", "DOCKER-USER"), chain("OTHER")];
    const netfilter = { machine: "host", namespace: "", tables: [{ name: "filter", chains }] };
    expect(chainsFrom(netfilter, "filter", "FORWARD").map((c) => c.name)).toEqual(["FORWARD", "DOCKER-USER", "DOCKER"]);
    expect(chainsFrom(netfilter, "nat", "PREROUTING")).toEqual([]);
  });

  it("count in few letters", () => {
    expect([9_999, 12_345, 12_345_678].map(short)).toEqual(["9999", "12k", "12M"]);
  });
});

describe("the map", () => {
  it("has no line that runs up or down through a hook's area", () => {
    const upright = LINES.flatMap((line) => {
      const ends = [...track(line, stationsOf(line), true).matchAll(/[MLQ]([\d. -]+)/g)].map(([, at]) =>
        at!.split(" ").map(Number).slice(-2),
      );
      return ends
        .slice(1)
        .map(([x, y], i) => ({ x: x!, y: y!, before: ends[i]! }))
        .filter(({ x, before }) => x === before[0]);
    });
    expect(upright.length).toBeGreaterThan(2);
    const through = upright.flatMap(({ x, y, before }) =>
      HOOKS.filter((h) => x > h.x && x < h.x + h.w && Math.max(y, before[1]!) > h.y && Math.min(y, before[1]!) < h.y + h.h),
    );
    expect(through.map((h) => h.name)).toEqual([]);
  });
});

describe("a packet's line", () => {
  const r = new Recorder();
  whoHas(r);
  const syn = request(r, web, 39528, ["SYN"], 0);
  const events = r.events.filter((e) => e.packet === syn.id);

  it("begins at the processes where it is sent, from the first stage on", () => {
    const sent = events.filter((e) => e.place.machine === "client");
    expect(travel(sent.slice(0, 1), "client", "").ways.map((w) => w.line)).toEqual(["output"]);
    expect(travel(sent, "client", "").ways.map((w) => w.line)).toEqual(["output"]);
  });

  it("leads through the host, and stops where a rule rewrote it", () => {
    const { ways, stops } = travel(events, "host", "");
    expect(ways.map((w) => w.line)).toEqual(["forward"]);
    expect(stops.get("PREROUTING/nat")?.rewrite?.after).toBe("172.17.0.2:5001");
  });

  const HOOKS_SEEN = ["RAW_PREROUTING", "CONNTRACK", "NAT_PREROUTING"];
  const frame = (...stages: string[]) => {
    const recorded = new Recorder();
    const walk = recorded.packet({ cause: "SENT_BY_PROCESS" }, syn.copy()).at("host");
    stages.forEach((stage) => void walk.stage(stage, ""));
    return travel(recorded.events, "host", "");
  };
  const names = (stations: readonly { id: string }[]) => stations.map((s) => s.id.replace(/.*\//, ""));

  it("leads past routing where a bridge switches the frame and br_netfilter shows it to the rules", () => {
    const { ways, here } = frame("BRIDGE_INPUT", ...HOOKS_SEEN, "BRIDGE_FORWARD", "FILTER_FORWARD", "NAT_POSTROUTING", "CONFIRM");
    expect(ways.map((w) => w.line)).toEqual(["bridged"]);
    const passed = ["raw", "conntrack", "mangle", "nat", "bridge", "mangle", "filter", "security", "mangle", "nat", "confirm"];
    expect(names(ways[0]!.stations)).toEqual(passed);
    expect(here?.id).toBe("POSTROUTING/confirm");
  });

  it("leads over the bridge to routing where the frame is for the bridge itself", () => {
    const { ways } = frame("BRIDGE_INPUT", ...HOOKS_SEEN, "BRIDGE_FORWARD", "DEVICE_RX", "ROUTING", "FILTER_INPUT", "SOCKET");
    expect(ways.map((w) => w.line)).toEqual(["input"]);
    expect(names(ways[0]!.stations).slice(0, 7)).toEqual(["raw", "conntrack", "mangle", "nat", "bridge", "routing", "mangle"]);
  });

  it("does not come by where a bridge switches a frame and no rules are asked", () => {
    expect(frame("BRIDGE_INPUT", "BRIDGE_FORWARD", "DEVICE_TX").ways).toEqual([]);
  });

  it("does not lead to the bridge again where a frame goes out by one", () => {
    const { ways } = frame("SOCKET_SEND", "ROUTING", "NAT_OUTPUT", "NAT_POSTROUTING", "CONFIRM", "DEVICE_TX", "BRIDGE_FORWARD");
    expect(names(ways[0]!.stations)).not.toContain("bridge");
  });
});
