import { describe, expect, it } from "vitest";
import { Recorder } from "../../dev/recorder";
import { curl, web, whoHas } from "../../dev/scenario";
import { type DevContainer, world } from "../../dev/world";
import type { Container } from "../protocol/messages";
import { beginning } from "./beginning";
import { initialState, receive, type State } from "./store";

/** A world just started, with this container and the ports it publishes. */
function started(name: string, container?: DevContainer, publishes: Container["publishes"] = []): State {
  const topology = world(1, 0, container ? [container] : []);
  const containers = topology.containers.map((c) => ({ ...c, publishes }));
  const state = receive(initialState("s"), {
    v: 1,
    type: "welcome",
    session: "s",
    world: name,
    seq: 0,
    role: "owner",
    nodes: ["host", "client"],
    clock: { time: 0, pace: "live", held: false },
    resumed: false,
    terminals: [],
  });
  return receive(state, { v: 1, type: "topology", seq: 1, topology: { ...topology, containers } });
}

describe("what to do first", () => {
  it("is to run a container, to reach its port, and to follow the packet", () => {
    expect(beginning(started("lab"))).toEqual({
      do: "type",
      node: "host",
      command: "docker run -d --name web -p 5001:5001 my-app",
      first: true,
    });
    const running = started("lab", web, [{ proto: "tcp", hostAddress: "0.0.0.0", hostPort: 8080, port: 80 }]);
    const recorder = new Recorder();
    whoHas(recorder);
    const announced = receive(running, { v: 1, type: "events", seq: 2, events: recorder.events });
    expect(beginning(announced)).toEqual({ do: "type", node: "client", command: "curl 192.168.1.10:8080", first: false });
    curl(recorder, 39528);
    const asked = receive(announced, { v: 1, type: "events", seq: 3, events: recorder.events });
    expect(beginning(asked)).toMatchObject({ do: "follow", kind: "TCP SYN" });
  });

  it("says nothing where no port is open to the client", () => {
    expect(beginning(started("lab", web))).toBeUndefined();
    const onLoopback = [{ proto: "tcp", hostAddress: "127.0.0.1", hostPort: 5001, port: 5001 }];
    expect(beginning(started("lab", web, onLoopback))).toBeUndefined();
  });

  it("is another thing in other worlds, and nothing in a lesson or for one who only watches", () => {
    expect(beginning(started("net"))).toMatchObject({ node: "client", command: "ping -c 1 192.168.1.10" });
    expect(beginning(started("bare"))).toMatchObject({ node: "host", command: "ping -c 1 127.0.0.1" });
    const progress = { lesson: "03", reached: 0, commands: 0, hints: 0, steps: [] };
    expect(beginning({ ...started("lab"), progress })).toBeUndefined();
    expect(beginning({ ...started("lab"), role: "viewer" })).toBeUndefined();
  });
});
