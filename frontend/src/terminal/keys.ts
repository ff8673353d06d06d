import type { Terminal } from "@xterm/xterm";

/** Keys that signal the program that runs. */
export const SIGNALS: Record<string, "INT" | "TSTP" | "QUIT"> = { "\x03": "INT", "\x1a": "TSTP", "\x1c": "QUIT" };

/** Whether a key goes to the program; copying it is done here, and F6 and the browser's paste are left to the browser. */
export function isForTerminal(event: KeyboardEvent, terminal: Terminal): boolean {
  if (event.type === "keydown" && event.ctrlKey && event.shiftKey && event.code === "KeyC") {
    void navigator.clipboard?.writeText(terminal.getSelection());
    event.preventDefault();
    return false;
  }
  // Ctrl-Shift-V is the browser's paste; F6 leaves the terminal by keyboard.
  return !(event.ctrlKey && event.shiftKey && event.code === "KeyV") && event.key !== "F6";
}
