import { describe, expect, it } from "vitest";
import { Recorder, request } from "../../dev/recorder";
import { blocked, curl, web, whoHas } from "../../dev/scenario";
import { world } from "../../dev/world";
import type { ServerMessage } from "../protocol/messages";
import { LaneLayout, sequenceAt, xAt } from "../timeline/lanes";
import { focusedPacket, goLive, inSight, select, stepPacket, stepStage } from "./moments";
import { Names } from "./names";
import { endsOf, isReply, kindOf, PacketLog, rewriteOf } from "./packets";
import { initialState, receive, type State, topologyAt } from "./store";

const welcome: ServerMessage = {
  v: 1,
  type: "welcome",
  session: "s",
  world: "lab",
  seq: 0,
  role: "owner",
  nodes: ["host", "client"],
  clock: { time: 0, pace: "live", held: false },
  resumed: false,
  terminals: [],
};

/** A lab with a container in which the client asked once. */
function afterCurl(): { state: State; recorder: Recorder } {
  const recorder = new Recorder();
  whoHas(recorder);
  curl(recorder, 39528);
  let state = receive(initialState("s"), welcome);
  state = receive(state, { v: 1, type: "topology", seq: 1, topology: world(1, 0, []) });
  state = receive(state, { v: 1, type: "topology", seq: 2, topology: world(2, 1_284_000_000, [web]) });
  state = receive(state, { v: 1, type: "events", seq: 3, events: recorder.events });
  return { state, recorder };
}

describe("the store", () => {
  it("takes in events once, however often they come", () => {
    const { state, recorder } = afterCurl();
    const before = state.packets.events.length;
    receive(state, { v: 1, type: "events", seq: 4, events: recorder.events });
    expect(state.packets.events).toHaveLength(before);
  });

  it("says that a session is being replayed until it is welcomed", () => {
    const asleep = receive(initialState("s"), { v: 1, type: "replaying", commands: 37 });
    expect(asleep.notices.map((notice) => notice.text)).toEqual(["This session was resting; replaying 37 commands."]);
    expect(receive(asleep, welcome).notices).toEqual([]);
  });

  it("knows what the organiser shows, also after the page was loaded again", () => {
    const shown = receive(receive(initialState("s"), welcome), { v: 1, type: "shown", seq: 5, link: "ksdf7Q2h" });
    expect(shown.shown).toBe("ksdf7Q2h");
    expect(receive(shown, { v: 1, type: "shown", seq: 6 }).shown).toBeUndefined();
    expect(receive(initialState("s"), { ...welcome, shown: "ksdf7Q2h" }).shown).toBe("ksdf7Q2h");
  });

  it("follows terminals from prompt to program and back", () => {
    let { state } = afterCurl();
    state = receive(state, { v: 1, type: "opened", seq: 5, terminal: "host-1", node: "host" });
    state = receive(state, { v: 1, type: "prompt", seq: 6, terminal: "host-1", prompt: "# " });
    state = receive(state, { v: 1, type: "echo", seq: 7, terminal: "host-1", prompt: "# ", text: "sleep 1" });
    expect(state.terminals).toEqual([{ id: "host-1", node: "host", prompt: undefined }]);
  });

  it("counts what was left out, and says refusals", () => {
    let { state } = afterCurl();
    state = receive(state, { v: 1, type: "events", seq: 9, events: [], dropped: 12 });
    state = receive(state, { v: 1, type: "error", code: "limit", text: "vethlab: this session may have 50 containers" });
    expect([state.left, state.notices.at(-1)?.text]).toEqual([12, "vethlab: this session may have 50 containers"]);
  });

  it("forgets packets beyond a bound, oldest first", () => {
    const { state } = afterCurl();
    const recorder = new Recorder();
    for (let i = 0; i < 200; i++) {
      request(recorder, web, 40000 + i, ["ACK"], 0);
    }
    const first = state.packets.events[0]!.packet;
    for (let round = 1; round < 20; round++) {
      const shifted = recorder.events.map((e) => ({ ...e, sequence: e.sequence + round * 1_000_000, packet: e.packet + round * 1000 }));
      state.packets.add(shifted);
    }
    expect(state.packets.size).toBeLessThanOrEqual(3000);
    expect(state.packets.get(first)).toBeUndefined();
  });
});

describe("moments", () => {
  it("of a packet that is forgotten show another", () => {
    const { state } = afterCurl();
    expect(focusedPacket({ ...state, selected: 987_654 })).toBe(focusedPacket(state));
    expect(focusedPacket({ ...initialState("s"), selected: 987_654, moment: { sequence: 1 } })).toBeUndefined();
  });

  it("live, shows the packet that tells most of the latest burst", () => {
    const { state } = afterCurl();
    const shown = state.packets.get(focusedPacket(state)!)!;
    expect(kindOf(shown.events[0]!.headers)).toBe("TCP SYN");
    expect(shown.events.some((e) => rewriteOf(e)?.after === "172.17.0.2:5001")).toBe(true);
  });

  it("live, shows a drop before all", () => {
    const { state, recorder } = afterCurl();
    const had = recorder.events.length;
    blocked(recorder, 40112);
    const after = receive(state, { v: 1, type: "events", seq: 4, events: recorder.events.slice(had) });
    expect(after.packets.get(focusedPacket(after)!)!.events.at(-1)!.outcome.reason).toBe("NETFILTER_DROP");
  });

  it("steps back and on along a packet's way, then to the next packet, then live", () => {
    const { state } = afterCurl();
    let at = select(state, focusedPacket(state)!);
    const end = at.moment;
    at = stepStage(at, -1) as State;
    expect(at.moment).not.toEqual(end);
    at = stepStage(at, 1) as State;
    expect(at.moment).toEqual(end);
    const next = stepStage(at, 1) as State;
    expect(next.selected).not.toBe(at.selected);
    let last: State | "end" = next;
    for (let i = 0; i < 50 && last !== "end"; i++) {
      last = stepPacket(last, 1);
    }
    expect(last).toBe("end");
    expect(goLive(next).moment).toBe("live");
  });

  it("shows the structure of the moment looked at", () => {
    const { state } = afterCurl();
    expect(topologyAt(state)?.containers).toHaveLength(1);
    const early: State = { ...state, topologies: [world(1, 0, []), world(2, 9_000_000_000, [web])], moment: { sequence: 1 } };
    expect(topologyAt(early)?.containers).toHaveLength(0);
  });

  it("joins a copy's way to that of the packet it is a copy of", () => {
    const { state } = afterCurl();
    const question = [...state.packets.packets()].find((p) => p.events[0]!.headers.arp?.op === "request")!;
    const way = state.packets.journey(state.packets.furthest(question.id));
    expect(way.map((e) => `${e.place.machine} ${e.stage}`)).toEqual([
      "client ARP",
      "client DEVICE_TX",
      "lan BRIDGE_INPUT",
      "lan BRIDGE_FORWARD",
      "host DEVICE_RX",
      "host ARP",
    ]);
  });
});

describe("the timeline", () => {
  it("has a lane for what a bridge reports of groups, which is no loss and takes the page nowhere", () => {
    const { state, recorder } = afterCurl();
    const focused = focusedPacket(state);
    const had = recorder.events.length;
    const ip = { src: "172.18.0.1", dst: "224.0.0.22", proto: "igmp", ttl: 1 };
    const report = recorder.packet({ cause: "SENT" }, { ip, length: 40 });
    report.at("host", "", "br0").stage("DEVICE_TX", "Made by the kernel.");
    report.stage("BRIDGE_FORWARD", "The bridge has no port.", undefined, { kind: "dropped", reason: "BRIDGE_NO_EGRESS_PORT" });
    const after = receive(state, { v: 1, type: "events", seq: 4, events: recorder.events.slice(had) });
    const lanes = new LaneLayout().lay(after.packets, new Names(topologyAt(after)));
    expect(lanes.lanes.find((l) => l.label === "IGMP")?.ticks.map((t) => t.kind)).toEqual(["plain"]);
    expect(focusedPacket(after)).toBe(focused);
  });

  it("has a lane for ARP and one for each direction, replies dashed, a silence said", () => {
    const { state, recorder } = afterCurl();
    const had = recorder.events.length;
    blocked(recorder, 40112);
    const after = receive(state, { v: 1, type: "events", seq: 4, events: recorder.events.slice(had) });
    const lanes = new LaneLayout().lay(after.packets, new Names(topologyAt(after)));
    expect(lanes.lanes.map((l) => l.label)).toEqual(["ARP", "client→web", "web→client"]);
    expect(lanes.lanes[1]!.ticks.map((t) => t.kind)).toContain("dropped");
    expect(new Set(lanes.lanes[2]!.ticks.map((t) => t.kind))).toEqual(new Set(["dashed"]));
    expect(lanes.breaks.map((b) => b.text)).toEqual(["5.0 s"]);
  });

  it("comes out the same whether the packets came at once or event by event, and keeps its places", () => {
    const { state, recorder } = afterCurl();
    blocked(recorder, 40112);
    const names = new Names(topologyAt(state));
    const slowly = new PacketLog();
    const layout = new LaneLayout();
    let before = layout.lay(slowly, names);
    for (const event of recorder.events) {
      slowly.add([event]);
      const after = layout.lay(slowly, names);
      for (const [packet, x] of before.xOf) {
        expect(after.xOf.get(packet)).toBe(x);
      }
      before = after;
    }
    const atOnce = new PacketLog();
    atOnce.add(recorder.events);
    const whole = new LaneLayout().lay(atOnce, names);
    const byKey = (lanes: typeof whole) => Object.fromEntries(lanes.lanes.map((lane) => [lane.key, lane.ticks]));
    expect(byKey(before)).toEqual(byKey(whole));
    expect(before.marks).toEqual(whole.marks);
    for (const { x, sequence } of whole.marks) {
      expect([sequenceAt(whole, x), xAt(whole, sequence)]).toEqual([sequence, x]);
    }
  });

  it("forgets the oldest ticks and moves no other", () => {
    const recorder = new Recorder();
    const names = new Names(world(1, 0, [web]));
    const log = new PacketLog();
    const layout = new LaneLayout();
    for (let i = 0; i < 500; i++) {
      request(recorder, web, 40000 + i, ["ACK"], 0);
    }
    log.add(recorder.events);
    const before = layout.lay(log, names);
    const had = recorder.events.length;
    for (let i = 0; i < 300; i++) {
      request(recorder, web, 41000 + i, ["ACK"], 0);
    }
    log.add(recorder.events.slice(had));
    const after = layout.lay(log, names);
    expect(after.xOf.size).toBe(600);
    expect(after.left).toBeGreaterThan(before.left);
    expect([...after.xOf].filter(([packet, x]) => before.xOf.has(packet) && before.xOf.get(packet) !== x)).toEqual([]);
    expect(Math.min(...after.xOf.values())).toBeGreaterThan(after.left);
  });

  it("names a packet and its ends in few words", () => {
    const { state } = afterCurl();
    const words = [...state.packets.packets()].map((p) => kindOf(p.events[0]!.headers));
    expect(words).toEqual(expect.arrayContaining(["ARP request", "ARP reply", "TCP SYN", "TCP SYN-ACK", "TCP ACK", "TCP data", "TCP FIN"]));
    const syn = [...state.packets.packets()].find((p) => kindOf(p.events[0]!.headers) === "TCP SYN")!;
    expect(endsOf(syn.events[0]!.headers)).toEqual({ src: "192.168.1.20:39528", dst: "192.168.1.10:5001" });
    expect(isReply(syn)).toBe(false);
  });
});

it("steps from the packet in sight, unless a person has chosen another", () => {
  const live = { ...initialState("s"), selected: undefined, moment: "live" as const };
  expect(inSight(live, 3).selected).toBe(3);
  expect(inSight({ ...live, selected: 5 }, 3).selected).toBe(5);
  expect(inSight({ ...live, moment: { sequence: 1 } }, 3).selected).toBeUndefined();
  expect(inSight(live, undefined)).toBe(live);
});
