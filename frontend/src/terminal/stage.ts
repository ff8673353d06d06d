import { html, nothing, render } from "lit";
import type { ServerMessage } from "../protocol/messages";
import type { SessionSocket, Status } from "../protocol/socket";
import { type TerminalMessage, TerminalPane } from "./pane";

export interface StageOptions {
  /** A connection to the session of a link, not yet started. */
  connect(link: string, onMessage: (message: ServerMessage) => void, onStatus: (status: Status) => void): SessionSocket;
  /** There is more or less room for the rest. */
  onResize(): void;
}

/**
 * What the organiser of a workshop shows: the terminals of another session, to be watched beside one's own. Of several it shows the one in
 * which something was typed last, until a person chooses.
 */
export class Stage {
  private readonly bar = document.createElement("div");
  private readonly body = document.createElement("div");
  private readonly panes = new Map<string, TerminalPane>();
  private link: string | undefined;
  private socket: SessionSocket | undefined;
  private status: Status = "connecting";
  private active: string | undefined;
  private folded = false;

  constructor(
    private readonly host: HTMLElement,
    private readonly options: StageOptions,
  ) {
    this.bar.className = "tab-bar";
    this.body.className = "stage-terminals";
    host.append(this.bar, this.body);
    new ResizeObserver(() => this.fit()).observe(this.body);
  }

  /** Shows the session of this link; undefined for none. */
  show(link: string | undefined): void {
    if (link === this.link) {
      return;
    }
    this.socket?.stop();
    this.socket = undefined;
    this.forget();
    this.link = link;
    this.folded = false;
    if (link !== undefined) {
      this.socket = this.options.connect(
        link,
        (message) => this.receive(message),
        (status) => this.connected(status),
      );
      this.socket.start();
    }
    this.place();
  }

  retheme(): void {
    for (const pane of this.panes.values()) {
      pane.retheme();
    }
  }

  private connected(status: Status): void {
    this.status = status;
    this.draw();
  }

  private receive(message: ServerMessage): void {
    switch (message.type) {
      case "welcome":
        if (!message.resumed) {
          this.forget();
        }
        for (const open of message.terminals) {
          this.pane(open.terminal, open.node);
        }
        break;
      case "opened":
        this.pane(message.terminal, message.node);
        break;
      case "echo":
        this.activate(message.terminal);
        this.deliver(message);
        break;
      case "output":
      case "prompt":
        this.deliver(message);
        break;
      case "exited":
        this.drop(message.terminal);
        break;
    }
    this.draw();
  }

  private deliver(message: TerminalMessage): void {
    this.panes.get(message.terminal)?.receive(message);
  }

  private pane(id: string, node: string): void {
    if (this.panes.has(id)) {
      return;
    }
    const pane = new TerminalPane(id, node, {
      send: () => undefined,
      inspect: () => undefined,
      names: () => new Map(),
      screenReader: false,
      watchOnly: true,
    });
    this.panes.set(id, pane);
    this.body.append(pane.element);
    pane.open(`The organiser’s terminal on ${node.replace("container:", "container ")}`);
    this.activate(this.active ?? id);
  }

  private drop(id: string): void {
    this.panes.get(id)?.dispose();
    this.panes.delete(id);
    if (this.active === id) {
      this.active = undefined;
      this.activate([...this.panes.keys()].at(-1));
    }
  }

  private forget(): void {
    for (const pane of this.panes.values()) {
      pane.dispose();
    }
    this.panes.clear();
    this.active = undefined;
  }

  /** All have their size, whichever is in front. */
  private activate(id: string | undefined): void {
    this.active = id;
    for (const [other, pane] of this.panes) {
      pane.element.classList.toggle("behind", other !== id);
    }
  }

  private choose(id: string): void {
    this.activate(id);
    this.draw();
  }

  private fold(folded: boolean): void {
    this.folded = folded;
    this.place();
  }

  /** Takes its room, or none. */
  private place(): void {
    this.host.hidden = this.link === undefined;
    const page = this.host.closest("#app");
    page?.classList.toggle("staged", this.link !== undefined);
    page?.classList.toggle("stage-folded", this.folded);
    this.draw();
    this.options.onResize();
    this.fit();
  }

  private fit(): void {
    for (const pane of this.panes.values()) {
      pane.fit();
    }
  }

  private draw(): void {
    const empty = this.panes.size === 0 ? "no terminal open yet" : "";
    const words = this.status === "open" ? empty : this.status === "gone" ? "ended" : "connecting…";
    render(
      html`<button class="stage-fold" aria-expanded=${!this.folded} title=${this.folded ? "Watch the organiser’s terminal" : "Fold it away"} @click=${() => this.fold(!this.folded)}>
          <span class="on-air" aria-hidden="true"></span>Organiser
        </button>
        <div class="tabs" role="group" aria-label="The organiser’s terminals" ?hidden=${this.folded}>
          ${[...this.panes].map(
            ([id, pane]) =>
              html`<span class="tab ${id === this.active ? "on" : ""}"
                ><button aria-pressed=${id === this.active} @click=${() => this.choose(id)}>${pane.node.replace("container:", "")}</button></span
              >`,
          )}
        </div>
        <span class="w" role="status">${words}</span>
        <span class="grow"></span>
        ${
          this.link === undefined || this.folded
            ? nothing
            : html`<a class="icon" href=${`/s/${this.link}`} target="_blank" rel="noopener" title="The organiser’s whole lab, in a tab of its own" aria-label="The organiser’s whole lab, in a tab of its own"
                ><svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d="M9.500 2.500h4v4M13.500 2.500L8 8M6.500 3.500h-4v10h10v-4" /></svg
              ></a>`
        }`,
      this.bar,
    );
  }
}
