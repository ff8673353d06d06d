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
  const cables = new Map(
    scene?.wires
      .filter((w) => w.kind === "veth" || w.kind === "cable")
      .flatMap((w) => [
        [w.from, w.id],
        [w.to, w.id],
      ]),
  );
  const cable = (node: string, device: string) => {
    const wire = cables.get(node);
    return wire === undefined ? nothing : item(wire, `cable of ${device}`);
  };
  return html`<ul class="unseen" aria-label="Topology">
    ${topology.switches.map((s) => html`<li>${item(switchId(s.name), `${switchLabel(s.name)}, ${s.ports.length} ports`)}</li>`)}
    ${topology.machines.map(
      (m) => html`<li>
        ${item(machineId(m.name), `Machine ${m.name}`)}
        <ul>
          ${m.namespaces.map((n) => drawNamespace(topology, m, n, item, cable))}
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
  cable: (node: string, device: string) => TemplateResult | typeof nothing,
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
        const node = deviceId(machine.name, namespace.name, d.name);
        return html`<li>${item(node, words.filter(Boolean).join(", "))}${cable(node, d.name)}</li>`;
      })}
    </ul>
  </li>`;
}
