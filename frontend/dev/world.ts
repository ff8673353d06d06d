import type { Container, Device, Topology } from "../src/protocol/messages";

/** The lab world as the server would describe it, with these containers. */
export interface DevContainer {
  name: string;
  image: string;
  network: string;
  address: string;
  port?: number;
  publish?: number;
}

export interface DevNetwork {
  name: string;
  bridge: string;
  gateway: string;
}

export const defaultNetwork: DevNetwork = { name: "bridge", bridge: "docker0", gateway: "172.17.0.1" };

const lo: Device = { name: "lo", index: 1, kind: "loopback", up: true, state: "UNKNOWN", addresses: ["127.0.0.1/8"] };

export const mac = (n: number) => `52:54:00:00:01:${n.toString(16).padStart(2, "0")}`;
export const containerMac = (c: DevContainer) =>
  `0a:58:${c.address
    .split(".")
    .map((n) => Number(n).toString(16).padStart(2, "0"))
    .join(":")}`;
export const hostVeth = (c: DevContainer) =>
  `veth${[...c.name].reduce((n, ch) => (n * 31 + ch.charCodeAt(0)) % 0xfffffff, 7).toString(16)}`;
export const containerId = (c: DevContainer) => `4c1c${hostVeth(c).slice(4)}`.padEnd(64, "0");

function nic(n: number, name: string, address: string): Device {
  return { name, index: 2, kind: "nic", mac: mac(n), mtu: 1500, up: true, state: "UP", addresses: [address] };
}

export function world(version: number, time: number, containers: DevContainer[], networks = [defaultNetwork]): Topology {
  const simple = (name: string, devices: Device[], role: string) => ({
    name,
    role,
    namespaces: [{ name: "", kind: "root" as const, devices: [lo, ...devices] }],
  });
  const bridges: Device[] = networks.map((network, i) => ({
    name: network.bridge,
    index: 3 + i,
    kind: "bridge",
    mac: mac(90 + i),
    mtu: 1500,
    up: true,
    state: containers.some((c) => c.network === network.name) ? "UP" : "DOWN",
    addresses: [`${network.gateway}/16`],
  }));
  const ports: Device[] = containers.map((c, i) => ({
    name: hostVeth(c),
    index: 20 + i,
    kind: "veth",
    mac: mac(120 + i),
    mtu: 1500,
    up: true,
    state: "UP",
    addresses: [],
    master: networks.find((n) => n.name === c.network)!.bridge,
    peer: { machine: "host", namespace: c.name, device: "eth0" },
  }));
  return {
    version,
    time,
    machines: [
      simple("client", [nic(20, "eth0", "192.168.1.20/24")], "client"),
      {
        name: "host",
        role: "host",
        docker: true,
        forwards: true,
        namespaces: [
          { name: "", kind: "root", devices: [lo, nic(10, "eth0", "192.168.1.10/24"), ...bridges, ...ports] },
          ...containers.map((c) => ({
            name: c.name,
            kind: "container" as const,
            container: containerId(c),
            devices: [
              lo,
              {
                name: "eth0",
                index: 2,
                kind: "veth",
                mac: containerMac(c),
                mtu: 1500,
                up: true,
                state: "UP",
                addresses: [`${c.address}/16`],
                peer: { machine: "host", device: hostVeth(c) },
              },
            ],
          })),
        ],
      },
      simple("router", [nic(1, "eth0", "192.168.1.1/24"), { ...nic(2, "eth1", "198.51.100.1/24"), index: 3 }], "router"),
      simple("internet", [nic(80, "eth0", "198.51.100.80/24")], "server"),
    ],
    switches: [{ name: "lan", ports: ["client", "host", "router"] }],
    cables: [
      {
        ends: [
          { machine: "client", device: "eth0" },
          { machine: "lan", device: "client" },
        ],
      },
      {
        ends: [
          { machine: "host", device: "eth0" },
          { machine: "lan", device: "host" },
        ],
      },
      {
        ends: [
          { machine: "router", device: "eth0" },
          { machine: "lan", device: "router" },
        ],
      },
      {
        ends: [
          { machine: "router", device: "eth1" },
          { machine: "internet", device: "eth0" },
        ],
      },
    ],
    containers: containers.map(
      (c): Container => ({
        id: containerId(c),
        name: c.name,
        image: c.image,
        state: "running",
        machine: "host",
        namespace: c.name,
        networks: [{ network: c.network, device: "eth0", address: `${c.address}/16`, hostDevice: hostVeth(c) }],
        listens: c.port ? [{ proto: "tcp", port: c.port }] : [],
        publishes: c.publish && c.port ? [{ proto: "tcp", hostAddress: "0.0.0.0", hostPort: c.publish, port: c.port }] : [],
      }),
    ),
    networks: networks.map((n, i) => ({
      id: `9f31${i}`,
      name: n.name,
      driver: "bridge",
      bridge: n.bridge,
      subnet: n.gateway.replace(/\.1$/, ".0/16"),
      gateway: n.gateway,
    })),
  };
}
