import { Terminal } from "@xterm/xterm";
import { terminalTheme } from "./theme";

const SCROLLBACK = 10_000;

/** A screen of xterm.js in the page's type and colours. */
export function newScreen(screenReaderMode: boolean, watchOnly: boolean): Terminal {
  return new Terminal({
    fontFamily: '"JetBrains Mono", ui-monospace, "SF Mono", Menlo, Consolas, monospace',
    fontSize: 12.5,
    lineHeight: 1.35,
    cursorBlink: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    convertEol: true,
    scrollback: SCROLLBACK,
    screenReaderMode,
    disableStdin: watchOnly,
    theme: terminalTheme(),
  });
}
