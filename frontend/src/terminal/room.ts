import { FitAddon } from "@xterm/addon-fit";
import type { Terminal } from "@xterm/xterm";

/**
 * Gives a terminal as many rows and columns as its element has room for. xterm.js takes in a new size only while it is in sight: given one
 * before, it goes on scrolling within the old one, and its last lines can not be reached.
 */
export class Room {
  private readonly fitter = new FitAddon();
  private inSight = false;
  private readonly sight = new IntersectionObserver((seen) => {
    this.inSight = seen.at(-1)!.isIntersecting;
    this.fit();
  });

  constructor(
    terminal: Terminal,
    private readonly element: HTMLElement,
  ) {
    terminal.loadAddon(this.fitter);
  }

  /** To be called once, when the terminal is in the page: it is to know first what is in sight. */
  open(): void {
    this.take();
    this.sight.observe(this.element);
  }

  fit(): void {
    if (this.inSight) {
      this.take();
    }
  }

  dispose(): void {
    this.sight.disconnect();
  }

  private take(): void {
    if (this.element.clientWidth > 0 && this.element.clientHeight > 0) {
      this.fitter.fit();
    }
  }
}
