import { html, nothing, type TemplateResult } from "lit";
import type { Machine, Namespace, Topology } from "../protocol/messages";
import { namespaceLabel, switchLabel } from "../state/names";
import { deviceId, foldId, machineId, namespaceId, type Scene, switchId } from "./scene";

interface Outlined {
  scene: Scene | undefined;
  onPick(node: string): void;
  onHover(node: string | undefined): void;
  onFold(block: string, counted: boolean): void;
}

/** The topology as nested lists: for screen readers, and for the keyboard (the drawing marks what has the focus). */
export function drawOutline(topology: Topology, { scene, onPick, onHover, onFold }: Outlined): TemplateResult {
  const folds = (node: string) => {
    const fold = scene?.boxOf.get(node)?.fold;
    const counted = fold && scene.boxOf.get(foldId(fold.block));
    return fold
      ? html`<button aria-expanded=${counted === undefined} @click=${() => onFold(fold.block, counted !== undefined)}>${fold.cells} on it</button>`
      : nothing;
  };
  const item = (node: string, text: string) =>
    html`<button @click=${() => onPick(node)} @focus=${() => onHover(node)} @blur=${() => onHover(undefined)}>${text}</button>${folds(node)}`;
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
