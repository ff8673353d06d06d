import type { State } from "../state/store";

/** A terminal whose program waits for a step says so, as long as the emulation stands. */
export function sayHeld(desk: HTMLElement, { clock, terminals }: State): void {
  for (const terminal of desk.querySelectorAll<HTMLElement>(".terminal[data-terminal]")) {
    const waits = clock.held && terminals.some((t) => t.id === terminal.dataset.terminal && t.prompt === undefined);
    const said = terminal.querySelector(".terminal-held");
    if (waits && !said) {
      const words = document.createElement("p");
      words.className = "terminal-held";
      words.textContent = "… held: the network is being stepped";
      words.setAttribute("role", "status");
      terminal.append(words);
    } else if (!waits) {
      said?.remove();
    }
  }
}
