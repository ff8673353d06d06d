import { html, nothing, render } from "lit";
import type { Topology } from "../protocol/messages";
import { type Hit, search } from "../topology/search";

/** Finds a container, a network, a machine or an address in the drawing, by pointer or keys. */
export class Finder {
  readonly element = document.createElement("div");
  private hits: Hit[] = [];
  private at = 0;
  private typed = "";
  private open = false;
  /** In which the hits were found. */
  private searched: Topology | undefined;

  constructor(
    private readonly topology: () => Topology | undefined,
    private readonly onFind: (node: string | undefined) => void,
  ) {
    this.element.className = "finder";
    this.draw();
  }

  focus(): void {
    this.element.querySelector("input")?.focus();
  }

  /** Looks again when what is drawn has changed since the query was typed. */
  refresh(): void {
    if (this.open && this.typed.trim() !== "" && this.topology() !== this.searched) {
      this.look();
      this.at = Math.max(0, Math.min(this.at, this.hits.length - 1));
      this.draw();
    }
  }

  private look(): void {
    this.searched = this.topology();
    this.hits = this.searched ? search(this.searched, this.typed) : [];
  }

  private draw(): void {
    const active = this.open && this.hits.length > 0;
    render(
      html`<svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true"><circle cx="6" cy="6" r="4.5" /><path d="M9.5 9.5L13 13" /></svg>
        <input
          type="search"
          role="combobox"
          aria-label="Find in the drawing"
          aria-autocomplete="list"
          aria-expanded=${active}
          aria-controls="found"
          aria-activedescendant=${active ? `found-${this.at}` : nothing}
          placeholder="container, network, address"
          title="A container, network, machine or address (/)"
          spellcheck="false"
          autocomplete="off"
          .value=${this.typed}
          @input=${(event: Event) => this.type((event.target as HTMLInputElement).value)}
          @keydown=${(event: KeyboardEvent) => this.key(event)}
          @blur=${() => this.show(false)}
        />
        <ul id="found" role="listbox" aria-label="Found" ?hidden=${!active}>
          ${this.hits.map(
            (
              hit,
              i,
            ) => html`<li id="found-${i}" role="option" aria-selected=${i === this.at} @pointerdown=${(event: Event) => this.pick(event, i)}>
              <b>${hit.name}</b> <span>${hit.what}</span>
            </li>`,
          )}
        </ul>
        <p class="nothing" role="status" ?hidden=${!this.open || this.typed.trim() === "" || this.hits.length > 0}>Nothing goes by that.</p>`,
      this.element,
    );
  }

  private show(open: boolean): void {
    this.open = open;
    this.draw();
  }

  private type(typed: string): void {
    this.typed = typed;
    this.look();
    this.at = 0;
    this.show(true);
    if (typed === "") {
      this.onFind(undefined);
    }
  }

  private key(event: KeyboardEvent): void {
    const last = this.hits.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.at = event.key === "ArrowDown" ? Math.min(last, this.at + 1) : Math.max(0, this.at - 1);
      this.draw();
    } else if (event.key === "Enter") {
      this.pick(event, this.at);
    } else if (event.key === "Escape") {
      this.type("");
    } else {
      return;
    }
    event.preventDefault();
  }

  private pick(event: Event, at: number): void {
    event.preventDefault();
    const hit = this.hits[at];
    if (hit) {
      this.typed = hit.name;
      this.show(false);
      this.onFind(hit.node);
    }
  }
}
