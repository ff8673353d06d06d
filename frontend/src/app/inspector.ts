import { html, nothing, type TemplateResult } from "lit";
import type { Container, Device, Machine, Namespace, Topology } from "../protocol/messages";
import { namespaceLabel, switchLabel } from "../state/names";

export interface InspectorModel {
  topology: Topology | undefined;
  node: string | undefined;
  /** Runs a command on a terminal. */
  run(node: string, command: string): void;
  open(node: string): void;
}

const STATIONS: Record<string, { what: string; tables: string[]; chain: string }> = {
  PREROUTING: {
    what: "Before the routing decision. Destination addresses are rewritten here.",
    tables: ["raw", "mangle", "nat"],
    chain: "PREROUTING",
  },
  INPUT: { what: "What is for this machine itself.", tables: ["mangle", "filter", "nat"], chain: "INPUT" },
  FORWARD: { what: "What comes in and goes out again. Docker filters here.", tables: ["mangle", "filter"], chain: "FORWARD" },
  OUTPUT: { what: "What this machine’s own programs send.", tables: ["raw", "mangle", "nat", "filter"], chain: "OUTPUT" },
  POSTROUTING: { what: "Last before leaving. Source addresses are rewritten here.", tables: ["mangle", "nat"], chain: "POSTROUTING" },
};

/** What a box, port or cable of the drawing is, from the structure; and the commands that say more. */
export function drawInspector(model: InspectorModel): TemplateResult {
  const { topology, node } = model;
  if (!topology || !node) {
    return html`<div class="journey-empty"><h2>Inspector</h2><p>Click a box of the drawing: a machine, an interface, a bridge, a container.</p></div>`;
  }
  const [kind, rest] = split(node, ":");
  if (kind === "switch") {
    const ports = topology.switches.find((s) => s.name === rest)?.ports ?? [];
    return html`<h2>Switch</h2><h3>${switchLabel(rest)}</h3>
      <p class="w">Joins the machines of the LAN on layer 2. It learns which MAC address is at which port.</p>
      ${facts([["ports", ports.join(", ")]])}`;
  }
  const [machineName, path] = split(rest, "/");
  const machine = topology.machines.find((m) => m.name === machineName);
  if (kind === "container") {
    const container = topology.containers.find((c) => c.id === rest);
    return container ? drawContainer(container, undefined, model) : gone();
  }
  if (!machine) {
    return gone();
  }
  if (kind === "station") {
    return drawStation(machine, path, model);
  }
  if (kind === "device") {
    const [namespaceName, deviceName] = split(path, "/");
    const namespace = machine.namespaces.find((n) => n.name === namespaceName);
    const device = namespace?.devices.find((d) => d.name === deviceName);
    return namespace && device ? drawDevice(topology, machine, namespace, device, model) : gone();
  }
  if (kind === "namespace") {
    const namespace = machine.namespaces.find((n) => n.name === path);
    const container = topology.containers.find((c) => c.namespace === path && c.machine === machineName);
    return container ? drawContainer(container, namespace, model) : namespace ? drawNamespace(machine, namespace, topology, model) : gone();
  }
  return drawMachine(machine, model);
}

function gone(): TemplateResult {
  return html`<div class="journey-empty"><h2>Inspector</h2><p>This is no longer there.</p></div>`;
}

function drawMachine(machine: Machine, model: InspectorModel): TemplateResult {
  return html`<h2>Machine</h2><h3>${machine.name}</h3>
    ${facts([
      ["forwards packets", machine.forwards === undefined ? undefined : machine.forwards ? "yes (net.ipv4.ip_forward = 1)" : "no"],
      ["Docker engine", machine.docker ? "yes" : undefined],
      ["namespaces", String(machine.namespaces.length)],
    ])}
    ${drawDevices(machine.namespaces[0]?.devices ?? [])} ${looks(machine.name, ["ip addr", "ip route", "ip neigh", ...(machine.docker ? ["docker ps", "iptables -t nat -S"] : [])], model)}
    ${terminal(machine.name, model)}`;
}

function drawContainer(container: Container, namespace: Namespace | undefined, model: InspectorModel): TemplateResult {
  return html`<h2>Container</h2><h3>${container.name}</h3>
    ${facts([
      ["image", container.image],
      ["state", container.state],
      ["id", container.id.slice(0, 12)],
      ...container.networks.map((n): [string, string] => [
        `on ${n.network}`,
        [n.device, n.address, n.hostDevice && `⇄ ${n.hostDevice}`].filter(Boolean).join(" "),
      ]),
      ["listens", container.listens?.map((l) => `${l.proto} ${l.address ?? ""}:${l.port}`).join(", ")],
      ["publishes", container.publishes?.map((p) => `${p.hostAddress}:${p.hostPort} → ${p.port}/${p.proto}`).join(", ")],
    ])}
    ${namespace ? drawDevices(namespace.devices) : nothing}
    ${looks(container.machine, [`docker inspect ${container.name}`, ...(namespace ? [`docker exec ${container.name} ip route`] : [])], model)}
    ${namespace ? terminal(`container:${container.name}`, model) : nothing}`;
}

function drawNamespace(machine: Machine, namespace: Namespace, topology: Topology, model: InspectorModel): TemplateResult {
  return html`<h2>Network namespace</h2><h3>${namespaceLabel(machine.name, namespace, topology.containers)}</h3>
    ${drawDevices(namespace.devices)} ${looks(machine.name, [`ip netns exec ${namespace.name} ip route`], model)}`;
}

function drawDevice(topology: Topology, machine: Machine, namespace: Namespace, device: Device, model: InspectorModel): TemplateResult {
  const root = namespace.kind === "root";
  const owner = namespaceLabel(machine.name, namespace, topology.containers);
  const ports = namespace.devices.filter((d) => d.master === device.name).map((d) => d.name);
  const prefix = root
    ? ""
    : topology.containers.some((c) => c.name === owner)
      ? `docker exec ${owner} `
      : `ip netns exec ${namespace.name} `;
  const commands = [`${prefix}ip -s link show dev ${device.name}`, `${prefix}ip neigh show dev ${device.name}`];
  if (device.kind === "bridge") {
    commands.push(`bridge fdb show br ${device.name}`);
  }
  return html`<h2>${KINDS[device.kind] ?? device.kind} in ${owner}</h2><h3>${device.name}</h3>
    ${device.kind === "bridge" ? html`<p class="w">A layer-2 switch whose ports are other interfaces, and at the same time an interface of ${owner} with an address of its own.</p>` : nothing}
    ${device.kind === "veth" ? html`<p class="w">One end of a cable: what goes in here comes out at the other end.</p>` : nothing}
    ${facts([
      ["addresses", device.addresses.join(", ") || "none"],
      ["MAC", device.mac],
      ["state", `${device.state}${device.up ? "" : " (set down)"}`],
      ["MTU", device.mtu === undefined ? undefined : String(device.mtu)],
      ["index", String(device.index)],
      ["port of", device.master],
      ["other end", device.peer && `${device.peer.device} in ${peerName(topology, device.peer)}`],
      ["ports", device.kind === "bridge" ? ports.join(", ") || "none" : undefined],
    ])}
    ${looks(machine.name, commands, model)}`;
}

const KINDS: Record<string, string> = { bridge: "Bridge", nic: "Network card", veth: "veth end", loopback: "Loopback" };

function peerName(topology: Topology, peer: { machine: string; namespace?: string }): string {
  const machine = topology.machines.find((m) => m.name === peer.machine);
  const namespace = machine?.namespaces.find((n) => n.name === (peer.namespace ?? ""));
  return namespace ? namespaceLabel(peer.machine, namespace, topology.containers) : (peer.namespace ?? peer.machine);
}

function drawStation(machine: Machine, station: string, model: InspectorModel): TemplateResult {
  const known = STATIONS[station];
  if (known) {
    return html`<h2>netfilter on ${machine.name}</h2><h3>${station}</h3><p class="w">${known.what}</p>
      ${facts([["tables", known.tables.join(" → ")]])}
      ${looks(
        machine.name,
        known.tables.map((t) => `iptables -t ${t} -vnL ${known.chain}`),
        model,
      )}`;
  }
  return station === "routing"
    ? html`<h2>Routing on ${machine.name}</h2><h3>routing decision</h3><p class="w">For this machine itself, or out of which interface and to which next hop: the longest matching prefix decides.</p>
        ${looks(machine.name, ["ip route", "ip route show table local"], model)}`
    : html`<h2>Sockets on ${machine.name}</h2><h3>processes</h3><p class="w">Programs that send and receive.</p>${looks(machine.name, ["ss -tlnp", "conntrack -L"], model)}`;
}

function drawDevices(devices: readonly Device[]): TemplateResult {
  return html`<table class="facts"><caption>Interfaces</caption>
    <tbody>${devices.map((d) => html`<tr><th scope="row">${d.name}</th><td>${d.addresses.join(", ") || "no address"}${d.master ? html` <span class="w">port of ${d.master}</span>` : nothing}${d.up ? nothing : html` <span class="w">down</span>`}</td></tr>`)}</tbody>
  </table>`;
}

function facts(rows: [string, string | undefined][]): TemplateResult {
  const known = rows.filter((row): row is [string, string] => row[1] !== undefined && row[1] !== "");
  return html`<dl class="facts">${known.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

function looks(node: string, commands: readonly string[], model: InspectorModel): TemplateResult {
  return html`<p class="grp">Look closer, on <b>${node}</b></p>
    <ul class="commands">${commands.map((c) => html`<li><button class="cmd" @click=${() => model.run(node, c)}><code>${c}</code><span class="k">run ▸</span></button></li>`)}</ul>`;
}

function terminal(node: string, model: InspectorModel): TemplateResult {
  return html`<p><button class="btn" @click=${() => model.open(node)}>Open a terminal here</button></p>`;
}

function split(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
