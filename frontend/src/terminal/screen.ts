import type { FitAddon } from "@xterm/addon-fit";
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

/**
 * Gives it the size of its element. xterm.js takes that in when it sees itself in sight, a frame late: what is written meanwhile would
 * leave its end out of sight.
 */
export function fitScreen(terminal: Terminal, fitter: FitAddon): void {
  const { viewportY, baseY } = terminal.buffer.active;
  fitter.fit();
  if (viewportY === baseY) {
    requestAnimationFrame(() => requestAnimationFrame(() => terminal.scrollToBottom()));
  }
}
