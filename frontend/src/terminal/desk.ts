import { html, nothing, render } from "lit";
import type { Outgoing, ServerMessage, Topology } from "../protocol/messages";
import { recall, remember } from "../state/preferences";
import { takeTyping } from "../state/typing";
import { knownNames } from "./known-names";
import { NewTerminalMenu } from "./new-terminal";
import { type PaneOptions, type TerminalMessage, TerminalPane } from "./pane";

const WAITING_KEPT = 2000;
const READ_ALOUD = "vethlab-screen-reader";

interface Tab {
  id: string;
  node: string;
}

/** The terminals: a tab each, one or two of them side by side. */
export class Desk {
  private tabs: Tab[] = [];
  private readonly panes = new Map<string, TerminalPane>();
  private readonly waiting = new Map<string, TerminalMessage[]>();
  private active = "";
  private readonly menu: NewTerminalMenu;
  private containers: string[] = [];
  private topology: Topology | undefined;
  private readonly names = new Map<string, ReadonlyMap<string, string>>();
  private readAloud = recall(READ_ALOUD) === "true";
  private watchOnly = false;
  private readonly bar = document.createElement("div");
  private readonly body = document.createElement("div");
  /** What is shown, from left to right: one terminal, or two while split. */
  private shown: string[] = [];

  constructor(
    host: HTMLElement,
    private readonly send: (message: Outgoing) => string | undefined,
    private readonly inspect: (node: string) => void,
  ) {
    this.bar.className = "tab-bar";
    this.body.className = "terminals";
    host.append(this.bar, this.body);
    new ResizeObserver(() => this.fit()).observe(this.body);
    this.body.addEventListener("focusin", (event) => this.focused((event.target as Element).closest<HTMLElement>("[data-terminal]")));
    this.menu = new NewTerminalMenu(
      this.bar,
      () => this.draw(),
      (node) => this.activate(this.addTab({ id: this.freeId(node), node }).id, true),
    );
  }

  receive(message: ServerMessage): void {
    switch (message.type) {
      case "welcome":
        this.welcome(message);
        break;
      case "topology":
        this.follow(message.topology);
        break;
      case "output":
      case "echo":
      case "prompt":
      case "exited":
        this.deliver(message);
        break;
      case "completions":
        for (const pane of this.panes.values()) {
          pane.completions(message.request, message.from, message.candidates);
        }
        break;
      case "taken":
        for (const pane of this.panes.values()) {
          pane.taken(message.id);
        }
        break;
      case "opened":
        this.addTab({ id: message.terminal, node: message.node });
        break;
    }
  }

  /** What is for a terminal that was never shown waits until it is. */
  private deliver(message: TerminalMessage): void {
    const pane = this.panes.get(message.terminal);
    if (pane) {
      pane.receive(message);
      return;
    }
    const waiting = this.waiting.get(message.terminal) ?? [];
    waiting.push(message);
    this.waiting.set(message.terminal, waiting.slice(-WAITING_KEPT));
  }

  /** Shows a terminal on this machine or container and gives it the keys. */
  show(node: string, focus = true): void {
    const tab = this.tabs.find((t) => t.node === node) ?? this.addTab({ id: this.freeId(node), node });
    this.activate(tab.id, focus);
  }

  /** Types a command for the person on that machine. */
  run(node: string, command: string): void {
    this.show(node);
    this.panes.get(this.active)?.type(command);
  }

  fit(): void {
    for (const id of this.shown) {
      this.panes.get(id)?.fit();
    }
  }

  retheme(): void {
    for (const pane of this.panes.values()) {
      pane.retheme();
    }
  }

  /** In split view the terminal with the keys is the one that a tab is exchanged for. */
  private focused(pane: HTMLElement | null): void {
    const id = pane?.dataset.terminal;
    if (id !== undefined && id !== this.active && this.shown.includes(id)) {
      this.active = id;
      this.draw();
    }
  }

  private paneOptions(): PaneOptions {
    return {
      send: this.watchOnly ? () => undefined : this.send, // also what the page does by itself would be refused
      inspect: this.inspect,
      names: (node) => this.namesAt(node),
      screenReader: this.readAloud,
      watchOnly: this.watchOnly,
    };
  }

  private namesAt(node: string): ReadonlyMap<string, string> {
    const names = this.names.get(node) ?? (this.topology ? knownNames(this.topology, node) : new Map<string, string>());
    this.names.set(node, names);
    return names;
  }

  private welcome(message: ServerMessage & { type: "welcome" }): void {
    this.watchOnly = message.role === "viewer";
    if (!message.resumed) {
      for (const pane of this.panes.values()) {
        pane.clear();
      }
      this.waiting.clear();
    }
    for (const node of [...message.nodes].sort((a, b) => Number(b === "host") - Number(a === "host"))) {
      if (!this.tabs.some((t) => t.node === node)) {
        this.addTab({ id: `${node}-1`, node });
      }
    }
    for (const open of message.terminals) {
      this.addTab({ id: open.terminal, node: open.node });
    }
    if (this.active === "" && this.tabs[0]) {
      // within another page the keys stay where they are
      const own = window.parent === window;
      this.activate((this.tabs.find((t) => t.node === "host") ?? this.tabs[0]).id, own);
    } else if (!message.resumed) {
      for (const pane of this.panes.values()) {
        pane.attach();
      }
    }
    const typing = takeTyping(message.session);
    for (const line of typing?.lines ?? []) {
      this.run(typing!.node, line);
    }
  }

  private follow(topology: Topology): void {
    this.topology = topology;
    this.names.clear();
    this.containers = topology.containers.filter((c) => c.state === "running").map((c) => c.name);
    this.draw();
  }

  private addTab(tab: Tab): Tab {
    const known = this.tabs.find((t) => t.id === tab.id);
    if (known) {
      return known;
    }
    this.tabs = [...this.tabs, tab];
    this.draw();
    return tab;
  }

  private freeId(node: string): string {
    const base = node
      .replace("container:", "c-")
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]/g, "-");
    let n = 1;
    while (this.tabs.some((t) => t.id === `${base}-${n}`)) {
      n++;
    }
    return `${base}-${n}`;
  }

  private activate(id: string, focus: boolean): void {
    if (!this.shown.includes(id)) {
      this.shown = this.shown.length === 0 ? [id] : this.shown.map((s) => (s === this.active ? id : s));
    }
    this.active = id;
    this.place();
    this.bar.querySelector('[role="tab"][aria-selected="true"]')?.closest(".tab")?.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (focus) {
      this.panes.get(id)?.focus();
    }
  }

  /** Puts the shown panes into the page, opening those that never were. */
  private place(): void {
    for (const [id, pane] of this.panes) {
      pane.element.hidden = !this.shown.includes(id);
    }
    this.body.classList.toggle("split", this.shown.length > 1);
    for (const [i, id] of this.shown.entries()) {
      const tab = this.tabs.find((t) => t.id === id);
      const known = this.panes.get(id);
      const pane = known ?? (tab && new TerminalPane(tab.id, tab.node, this.paneOptions()));
      if (!pane) {
        continue;
      }
      pane.element.style.order = String(i);
      pane.element.classList.toggle("right", i > 0);
      if (!known) {
        this.panes.set(id, pane);
        pane.element.id = `panel-${id}`;
        pane.element.setAttribute("role", "tabpanel");
        pane.element.setAttribute("aria-labelledby", `tab-${id}`);
        this.body.append(pane.element);
        pane.open();
        for (const message of this.waiting.get(id) ?? []) {
          pane.receive(message);
        }
        this.waiting.delete(id);
      }
    }
    this.draw();
    this.fit();
  }

  private split(): void {
    const other = this.tabs.find((t) => t.id !== this.active);
    this.shown = this.shown.length > 1 || !other ? [this.active] : [this.active, other.id];
    this.place();
    this.panes.get(this.active)?.focus();
  }

  private close(id: string): void {
    this.send({ type: "close", terminal: id });
    this.panes.get(id)?.dispose();
    this.panes.delete(id);
    this.tabs = this.tabs.filter((t) => t.id !== id);
    this.shown = this.shown.filter((s) => s !== id);
    const next = this.active === id ? (this.shown[0] ?? this.tabs[0]?.id) : this.active;
    if (next !== undefined) {
      this.activate(next, false);
    }
  }

  /** Of every machine one terminal stays. */
  private isExtra(tab: Tab): boolean {
    return tab.node.startsWith("container:") || this.tabs.find((t) => t.node === tab.node)!.id !== tab.id;
  }

  private draw(): void {
    render(
      html`<div class="tabs" role="tablist" aria-label="Terminals">
          ${this.tabs.map(
            (tab) => html`<span class="tab ${this.shown.includes(tab.id) ? "on" : ""}" role="presentation"
              ><button
                role="tab"
                id=${`tab-${tab.id}`}
                aria-controls=${this.shown.includes(tab.id) ? `panel-${tab.id}` : nothing}
                aria-selected=${tab.id === this.active}
                tabindex=${tab.id === this.active ? 0 : -1}
                @click=${() => this.activate(tab.id, true)}
                @keydown=${(e: KeyboardEvent) => this.tabKey(e, tab)}
              >
                ${tab.node.replace("container:", "")}</button
              >${
                this.isExtra(tab)
                  ? html`<button class="close" tabindex="-1" aria-label=${`Close the terminal on ${tab.node.replace("container:", "")}`} @click=${() => this.close(tab.id)}>×</button>`
                  : nothing
              }</span
            >`,
          )}
        </div>
        ${this.menu.draw(this.machines(), this.containers)}
        <span class="grow"></span>
        <button class="icon read-aloud" aria-pressed=${this.readAloud} title="Screen reader mode: what terminals print is read out" @click=${() => this.switchReading()}>
          Screen reader mode
        </button>
        <button class="icon split-button" aria-pressed=${this.shown.length > 1} title="Two terminals side by side" aria-label="Two terminals side by side" @click=${() => this.split()}>
          <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><rect x="1.5" y="2.5" width="13" height="11" rx="2" /><path d="M8 2.5v11" /></svg>
        </button>`,
      this.bar,
    );
  }

  private switchReading(): void {
    this.readAloud = !this.readAloud;
    for (const pane of this.panes.values()) {
      pane.readAloud(this.readAloud);
    }
    remember(READ_ALOUD, String(this.readAloud));
    this.draw();
  }

  private machines(): string[] {
    return this.tabs.map((t) => t.node).filter((n, i, all) => !n.startsWith("container:") && all.indexOf(n) === i);
  }

  private tabKey(event: KeyboardEvent, tab: Tab): void {
    if (event.key === "Delete" && this.isExtra(tab)) {
      this.close(tab.id);
      this.bar.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
      return;
    }
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const next = this.tabs[(this.tabs.indexOf(tab) + step + this.tabs.length) % this.tabs.length]!;
    this.activate(next.id, false);
    this.bar.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
  }
}
