import { Terminal } from "@xterm/xterm";
import { keepEnd } from "./keep-end";
import { terminalTheme } from "./theme";

const SCROLLBACK = 10_000;

/** A screen of xterm.js in the page's type and colours, whose end stays in sight. */
export function newScreen(element: HTMLElement, screenReaderMode: boolean, watchOnly: boolean): Terminal {
  const terminal = new Terminal({
    fontFamily: '"JetBrains Mono", ui-monospace, "SF Mono", Menlo, Consolas, monospace',
    fontSize: 12.5,
    lineHeight: 1.35,
    cursorBlink: false, // its animation would have the browser work on every frame, whether or not anything moves
    convertEol: true,
    scrollback: SCROLLBACK,
    screenReaderMode,
    disableStdin: watchOnly,
    theme: terminalTheme(),
  });
  keepEnd(terminal, element);
  return terminal;
}
