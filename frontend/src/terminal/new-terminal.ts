import { html, nothing, type TemplateResult } from "lit";

/** The menu behind +: where another terminal can be had. Worked with the arrow keys, closed with Escape. */
export class NewTerminalMenu {
  private open = false;

  /** @param host what the menu is drawn in */
  constructor(
    private readonly host: HTMLElement,
    private readonly redraw: () => void,
    private readonly choose: (node: string) => void,
  ) {
    host.addEventListener("keydown", (event) => this.open && this.key(event));
    document.addEventListener("click", (event) => {
      if (this.open && !(event.target as Element).closest?.(".add")) {
        this.open = false;
        this.redraw();
      }
    });
  }

  draw(machines: readonly string[], containers: readonly string[]): TemplateResult {
    const item = (node: string, label: string) => html`<button
      role="menuitem"
      tabindex="-1"
      @click=${() => {
        this.open = false;
        this.choose(node);
      }}
    >
      ${label}
    </button>`;
    return html`<span class="add">
      <button class="icon" aria-label="Open a terminal" title="Open a terminal" aria-haspopup="menu" aria-expanded=${this.open} @click=${() => this.toggle()}>+</button>
      ${
        this.open
          ? html`<div class="menu" role="menu" aria-label="Open a terminal on">
              ${containers.map((name) => item(`container:${name}`, `${name} (container)`))}
              ${containers.length === 0 ? html`<p role="none">No container is running.</p>` : nothing} ${machines.map((m) => item(m, `${m}, another one`))}
            </div>`
          : nothing
      }
    </span>`;
  }

  private toggle(): void {
    this.open = !this.open;
    this.redraw();
    this.host.querySelector<HTMLElement>(this.open ? "[role=menuitem]" : ".add > button")?.focus();
  }

  private key(event: KeyboardEvent): void {
    const items = [...this.host.querySelectorAll<HTMLElement>("[role=menuitem]")];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
    if (event.key === "Escape" || event.key === "Tab") {
      this.toggle();
    } else if (event.key in to) {
      items[(to[event.key]! + items.length) % items.length]?.focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}
