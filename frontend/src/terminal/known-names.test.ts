import { expect, test } from "vitest";
import type { Topology } from "../protocol/messages";
import { knownNames, namesIn } from "./known-names";

const device = (name: string, addresses: string[] = [], mac = "") => ({
  name,
  index: 1,
  kind: "veth",
  mac,
  up: true,
  state: "UP",
  addresses,
});
const ID = "a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90";
const world: Topology = {
  version: 1,
  time: 0,
  machines: [
    {
      name: "host",
      namespaces: [
        {
          name: "",
          kind: "root",
          devices: [device("lo", ["127.0.0.1/8"]), device("eth0", ["192.168.1.10/24"], "52:54:00:00:01:10"), device("docker0")],
        },
        { name: "web", kind: "container", devices: [device("eth0", ["172.17.0.2/16"])] },
      ],
    },
    { name: "client", namespaces: [{ name: "", kind: "root", devices: [device("eth0", ["192.168.1.20/24"])] }] },
  ],
  switches: [],
  cables: [],
  containers: [{ id: ID, name: "web", image: "my-app", state: "running", machine: "host", namespace: "web", networks: [] }],
  networks: [],
};

const nodes = (line: string, at = "host") => namesIn(line, knownNames(world, at)).map((n) => [n.text, n.node]);

test("containers by name and by id, short and long", () => {
  expect(nodes(`${ID.slice(0, 12)}   my-app   Up 2 seconds   web`)).toEqual([
    [ID.slice(0, 12), "namespace:host/web"],
    ["web", "namespace:host/web"],
  ]);
  expect(nodes(ID)).toEqual([[ID, "namespace:host/web"]]);
});

test("addresses, with a port behind them or not, as curl, ss and tcpdump write them", () => {
  expect(nodes("192.168.1.20:43637 > 172.17.0.2.5001: Flags")).toEqual([
    ["192.168.1.20", "device:client//eth0"],
    ["172.17.0.2", "device:host/web/eth0"],
  ]);
  expect(nodes("inet 192.168.1.10/24 brd 192.168.1.255")).toEqual([["192.168.1.10", "device:host//eth0"]]);
  expect(nodes("link/ether 52:54:00:00:01:10 brd")).toEqual([["52:54:00:00:01:10", "device:host//eth0"]]);
});

test("an interface is that of the terminal's own machine or container", () => {
  expect(nodes("dev eth0", "client")).toEqual([["eth0", "device:client//eth0"]]);
  expect(nodes("dev eth0", "container:web")).toEqual([["eth0", "device:host/web/eth0"]]);
  expect(nodes("3: eth0@if7: <UP>", "host")).toEqual([["eth0", "device:host//eth0"]]);
  expect(nodes("dev docker0", "client")).toEqual([]);
  expect(nodes("lo 127.0.0.1 website my-web")).toEqual([]);
});
