import { html, type TemplateResult } from "lit";
import type { Machine, Namespace, Topology } from "../protocol/messages";
import { namespaceLabel, switchLabel } from "../state/names";
import { deviceId, machineId, namespaceId, switchId } from "./scene";

/** The topology as nested lists: for screen readers, and for the keyboard (the drawing marks what has the focus). */
export function drawOutline(topology: Topology, pick: (node: string) => void, mark: (node: string | undefined) => void): TemplateResult {
  const item = (node: string, text: string) =>
    html`<button @click=${() => pick(node)} @focus=${() => mark(node)} @blur=${() => mark(undefined)}>${text}</button>`;
  return html`<ul class="unseen" aria-label="Topology">
    ${topology.switches.map((s) => html`<li>${item(switchId(s.name), `${switchLabel(s.name)}, ${s.ports.length} ports`)}</li>`)}
    ${topology.machines.map(
      (m) => html`<li>
        ${item(machineId(m.name), `Machine ${m.name}`)}
        <ul>
          ${m.namespaces.map((n) => drawNamespace(topology, m, n, item))}
        </ul>
      </li>`,
    )}
  </ul>`;
}

function drawNamespace(
  topology: Topology,
  machine: Machine,
  namespace: Namespace,
  item: (node: string, text: string) => TemplateResult,
): TemplateResult {
  const root = namespace.kind === "root";
  const label = root
    ? "Its own network namespace"
    : `${namespace.kind === "container" ? "Container" : "Namespace"} ${namespaceLabel(machine.name, namespace, topology.containers)}`;
  return html`<li>
    ${root ? html`<span>${label}</span>` : item(namespaceId(machine.name, namespace.name), label)}
    <ul>
      ${namespace.devices.map((d) => {
        const words = [`${d.kind} ${d.name}`, d.addresses.join(", "), d.up ? "" : "down", d.master ? `port of ${d.master}` : ""];
        return html`<li>${item(deviceId(machine.name, namespace.name, d.name), words.filter(Boolean).join(", "))}</li>`;
      })}
    </ul>
  </li>`;
}
