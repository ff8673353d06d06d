import { html, render, type TemplateResult } from "lit";

/** A modal dialog with this content; it leaves the page when it is closed. */
export function openDialog(title: string, draw: (redraw: () => void, dialog: HTMLDialogElement) => TemplateResult): void {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-label", title);
  const redraw = () =>
    render(
      html`<header><h2>${title}</h2><button class="icon" aria-label="Close" @click=${() => dialog.close()}>×</button></header>${draw(redraw, dialog)}`,
      dialog,
    );
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  redraw();
  dialog.showModal();
}

export function openHelp(): void {
  const key = (keys: string, what: string) => html`<dt><kbd>${keys}</kbd></dt><dd>${what}</dd>`;
  openDialog(
    "Keys and signs",
    () => html`<dl class="keys-list">
        ${key("Space", "pause, go on, or play the past")} ${key("→", "one stage on")} ${key("←", "one stage back")} ${key("Shift →", "one packet on")} ${key("Shift ←", "one packet back")} ${key("L", "back to live")} ${key("N", "netfilter map, open or closed; Escape closes it, too")}
        ${key("+ − 0", "zoom in, out, all of the drawing")} ${key("/", "find a container, network or address")} ${key("F6", "on to the next part: terminal, timeline, journey, search")}
      </dl>
      <p class="w">In the terminal: Tab completes, Ctrl-R searches the history, Ctrl-Shift-C copies, Ctrl-Shift-V pastes; a click on a container’s name or an address opens the inspector. On a tab, Delete closes it.</p>
      <ul class="signs">
        <li class="dnat"><span>▲</span> destination rewritten (DNAT)</li>
        <li class="snat"><span>▼</span> source rewritten (SNAT, masquerade)</li>
        <li><svg width="34" height="8" aria-hidden="true"><path class="sign-line" d="M0 4H34" /></svg> request</li>
        <li><svg width="34" height="8" aria-hidden="true"><path class="sign-line dashed" d="M0 4H34" /></svg> reply</li>
        <li><svg width="34" height="8" aria-hidden="true"><path class="sign-line dotted" d="M0 4H34" /></svg> ARP</li>
        <li class="drop"><span>✕</span> dropped</li>
        <li class="pass"><span>✓</span> delivered</li>
      </ul>`,
  );
}
