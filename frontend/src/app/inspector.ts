import { ApiError, UNREACHED } from "./api";
import { placeFragment } from "./fragment";

export interface InspectorActions {
  /** Runs a command on a terminal. */
  run(node: string, command: string): void;
  open(node: string): void;
  inspect(node: string): void;
}

/** Between two looks of which the second was not asked for by a person. */
const QUIET = 400;
const EMPTY = `<h2>Inspector</h2><p class="w">Click a box, port or cable of the drawing: a machine, an interface, a bridge, a container.</p>`;
/** Instead of another thing than was asked for: what it is comes with the next answer. */
const UNANSWERED = `<h2 tabindex="-1">Inspector</h2><p class="w">${UNREACHED} What you chose is shown when it can.</p>`;

/**
 * What a thing of the drawing is and holds: a fragment that the server makes of the kernel's tables, asked for again when something
 * happened. Which tables are folded, where the focus is and how far it is scrolled stay as they are.
 */
export class Inspector {
  readonly element = document.createElement("div");
  private node: string | undefined;
  private shown = "";
  private asking = false;
  private stale = false;
  private moment: number | undefined;
  private readonly folds = new Map<string, boolean>();

  constructor(
    private readonly session: string,
    private readonly actions: InspectorActions,
  ) {
    this.element.className = "inspector";
    placeFragment(this.element, EMPTY);
    this.element.addEventListener("click", (event) => this.click(event.target as HTMLElement));
    this.element.addEventListener("toggle", (event) => this.toggle(event.target as HTMLElement), true);
  }

  /** Another thing; its name gets the focus once it is there. */
  show(node: string): void {
    this.node = node;
    void this.look(true);
  }

  /** As of which trace event all is shown; undefined for now. */
  at(moment: number | undefined): void {
    if (moment !== this.moment) {
      this.moment = moment;
      this.touch();
    }
  }

  /** Something happened: what is shown may have changed. */
  touch(): void {
    this.stale = true;
    if (this.node !== undefined && !this.asking && this.element.isConnected && this.element.checkVisibility()) {
      void this.look(false);
    }
  }

  private async look(focus: boolean): Promise<void> {
    const node = this.node!;
    this.asking = true;
    this.stale = false;
    const html = await this.fetch(node, this.moment);
    if (node === this.node) {
      if (html !== undefined || focus) {
        this.draw(html ?? UNANSWERED, focus);
      }
      setTimeout(() => {
        this.asking = false;
        if (this.stale) {
          this.touch();
        }
      }, QUIET);
    }
  }

  /** Undefined when there is no answer: what is shown stays, if it is of this thing. */
  private async fetch(node: string, moment: number | undefined): Promise<string | undefined> {
    const query = new URLSearchParams({ node, ...(moment === undefined ? {} : { at: String(moment) }) });
    try {
      const response = await fetch(`/api/v1/sessions/${encodeURIComponent(this.session)}/inspect?${query}`, {
        headers: { Accept: "text/html" },
      });
      if (!response.headers.get("Content-Type")?.startsWith("text/html")) {
        throw new ApiError(response.status, "no fragment");
      }
      return await response.text();
    } catch {
      return undefined;
    }
  }

  private draw(html: string, focus: boolean): void {
    if (html !== this.shown) {
      const counts = this.counts();
      const focused = this.focusable().indexOf(document.activeElement as HTMLElement);
      this.shown = html;
      placeFragment(this.element, html);
      for (const fold of this.element.querySelectorAll<HTMLDetailsElement>("details[data-fold]")) {
        fold.open = this.folds.get(fold.dataset.fold!) ?? fold.open;
      }
      for (const [key, count] of this.counts()) {
        const known = counts.get(key);
        count.classList.toggle("counted", known !== undefined && known.textContent !== count.textContent);
      }
      if (focused >= 0 && !focus) {
        this.focusable()[focused]?.focus({ preventScroll: true });
      }
    }
    if (focus) {
      this.element.querySelector<HTMLElement>("h3, h2")?.focus({ preventScroll: true });
      this.element.parentElement?.scrollTo({ top: 0 });
    }
  }

  private counts(): Map<string, HTMLElement> {
    return new Map([...this.element.querySelectorAll<HTMLElement>("[data-count]")].map((count) => [count.dataset.count!, count]));
  }

  private focusable(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>("button, summary, a, h3")];
  }

  private toggle(fold: HTMLElement): void {
    if (fold instanceof HTMLDetailsElement && fold.dataset.fold !== undefined) {
      this.folds.set(fold.dataset.fold, fold.open);
    }
  }

  private click(target: HTMLElement): void {
    const act = target.closest<HTMLElement>("[data-inspect], [data-run], [data-open]");
    if (act?.dataset.inspect !== undefined) {
      this.actions.inspect(act.dataset.inspect);
    } else if (act?.dataset.run !== undefined) {
      this.actions.run(act.dataset.on!, act.dataset.run);
    } else if (act?.dataset.open !== undefined) {
      this.actions.open(act.dataset.open);
    }
  }
}
