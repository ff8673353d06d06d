import { describe, expect, it } from "vitest";
import type { ServerMessage } from "./messages";
import { PATIENCE, SessionSocket, type Status, type Wire, type WireEvents } from "./socket";

class FakeWire implements Wire {
  sent: Record<string, unknown>[] = [];
  constructor(readonly events: WireEvents) {}
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.events.closed(1000);
  }
  says(message: object): void {
    this.events.message(JSON.stringify({ v: 1, ...message }));
  }
}

const welcome = (seq: number, resumed: boolean) => ({ type: "welcome", seq, resumed });
const output = (seq: number) => ({ type: "output", seq, terminal: "host-1", data: `${seq}` });

function start(exists = true) {
  const wires: FakeWire[] = [];
  const messages: ServerMessage[] = [];
  const statuses: Status[] = [];
  const timers: (() => void)[] = [];
  const watches: (() => void)[] = [];
  const socket = new SessionSocket({
    connect: (events) => {
      const wire = new FakeWire(events);
      wires.push(wire);
      return wire;
    },
    onMessage: (m) => messages.push(m),
    onStatus: (s) => statuses.push(s),
    exists: async () => exists,
    later: (run, milliseconds) => (milliseconds === PATIENCE ? watches : timers).push(run),
  });
  socket.start();
  return { socket, wires, messages, statuses, timers, watches };
}

const settled = () => new Promise((done) => setTimeout(done, 0));

describe("the session's socket", () => {
  it("resumes after the last message it has, and shows none twice", async () => {
    const { wires, messages, statuses, timers } = start();
    wires[0]!.events.opened();
    expect(wires[0]!.sent).toEqual([{ v: 1, type: "hello" }]);
    wires[0]!.says(welcome(4, false));
    wires[0]!.says(output(5));
    wires[0]!.says(output(6));
    wires[0]!.events.closed(1006);
    await settled();
    timers[0]!();
    wires[1]!.events.opened();
    expect(wires[1]!.sent).toEqual([{ v: 1, type: "hello", resumeAfter: 6 }]);
    wires[1]!.says(welcome(6, true));
    wires[1]!.says(output(6));
    wires[1]!.says(output(7));
    expect(messages.filter((m) => m.type === "output").map((m) => m.seq)).toEqual([5, 6, 7]);
    expect(statuses).toEqual(["connecting", "open", "reconnecting", "open"]);
  });

  it("keeps what is sent while there is no connection", async () => {
    const { socket, wires } = start();
    socket.send({ type: "eof", terminal: "host-1" });
    wires[0]!.events.opened();
    wires[0]!.says(welcome(0, false));
    expect(wires[0]!.sent.map((m) => m.type)).toEqual(["hello", "eof"]);
  });

  it("sends again what the server has not said to have taken, under the same id and in order", async () => {
    const { socket, wires, timers } = start();
    wires[0]!.events.opened();
    wires[0]!.says(welcome(0, false));
    socket.send({ type: "input", terminal: "host-1", data: "a" });
    socket.send({ type: "input", terminal: "host-1", data: "b" });
    socket.send({ type: "step", by: "stage" });
    const [, a, b] = wires[0]!.sent;
    wires[0]!.says({ type: "taken", id: a!.id });
    wires[0]!.events.closed(1012);
    await settled();
    socket.send({ type: "input", terminal: "host-1", data: "c" });
    timers[0]!();
    wires[1]!.events.opened();
    wires[1]!.says(welcome(100, false));
    expect(wires[1]!.sent.map((m) => m.data)).toEqual([undefined, "b", "c"]);
    expect(wires[1]!.sent[1]!.id).toBe(b!.id);
    expect(wires[1]!.sent[2]!.id).not.toBe(b!.id);
  });

  it("knows each of hundreds of keys until it is taken", () => {
    const { socket, wires } = start();
    wires[0]!.events.opened();
    wires[0]!.says(welcome(0, false));
    const ids = Array.from({ length: 1000 }, () => socket.send({ type: "input", terminal: "host-1", data: "k" }));
    expect(new Set(ids).size).toBe(1000);
    expect(ids).not.toContain(undefined);
  });

  it("starts anew when the server cannot resume", () => {
    const { wires, messages } = start();
    wires[0]!.says(welcome(100, false));
    wires[0]!.says(output(101));
    wires[0]!.says(welcome(3, false));
    wires[0]!.says(output(4));
    expect(messages.filter((m) => m.type === "output").map((m) => m.seq)).toEqual([101, 4]);
  });

  it("gives up on a session that is gone", async () => {
    const { wires, statuses, timers } = start(false);
    wires[0]!.events.closed(1006);
    await settled();
    expect(statuses).toEqual(["connecting", "gone"]);
    expect(timers).toEqual([]);
  });

  it("connects again when the server does not answer, and only then", async () => {
    const { wires, statuses, timers, watches } = start();
    wires[0]!.events.opened();
    watches[0]!();
    await settled();
    timers[0]!();
    wires[1]!.events.opened();
    wires[1]!.says(welcome(0, false));
    watches[0]!();
    watches[1]!();
    await settled();
    expect(timers.length).toBe(1);
    expect(statuses).toEqual(["connecting", "connecting", "open"]);
  });

  it("gives up when told so", async () => {
    const { wires, statuses } = start();
    wires[0]!.says(welcome(0, false));
    wires[0]!.events.closed(4404);
    await settled();
    expect(statuses.at(-1)).toBe("gone");
  });
});
