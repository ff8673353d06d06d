import { html, nothing, render, type TemplateResult } from "lit";
import { type Beginning, beginning } from "../state/beginning";
import { recall, remember } from "../state/preferences";
import type { State } from "../state/store";

const KEPT = "vethlab-begun";

interface Begun {
  run(node: string, command: string): void;
  follow(packet: number): void;
  redraw(): void;
}

/** One line above the terminals for who is here for the first time: what to do next, until a packet was followed or it is put away. */
export class BeginStrip {
  private done = recall(KEPT) === "true";

  constructor(
    private readonly host: HTMLElement,
    private readonly begun: Begun,
  ) {}

  draw(state: State): void {
    if (!this.done && state.moment !== "live") {
      this.finish();
    }
    const next = this.done ? undefined : beginning(state);
    this.host.hidden = next === undefined;
    render(next === undefined ? nothing : this.line(next), this.host);
  }

  private line(next: Beginning): TemplateResult {
    return html`<p>${this.words(next)}</p>
      <button class="icon" aria-label="Put this line away" title="Put this line away" @click=${() => this.putAway()}>×</button>`;
  }

  private words(next: Beginning): TemplateResult {
    if (next.do === "follow") {
      return html`Packets have moved. <button class="link" @click=${() => this.begun.follow(next.packet)}>Follow the ${next.kind} from its start</button>, then stage ▶ (→) leads on.`;
    }
    const { node, command } = next;
    return html`${next.first ? "Begin" : "Then,"} on <b>${node}</b>: <button class="link" aria-label=${`Run on ${node}: ${command}`} @click=${() => this.begun.run(node, command)}><code>${command}</code></button>`;
  }

  private putAway(): void {
    this.finish();
    this.begun.redraw();
  }

  private finish(): void {
    this.done = true;
    remember(KEPT, "true");
  }
}
