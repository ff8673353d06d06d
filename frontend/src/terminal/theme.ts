import type { ITheme } from "@xterm/xterm";

/** The page's tokens as colours, resolved for the theme that is on now. */
export function terminalTheme(): ITheme {
  const probe = document.createElement("span");
  document.body.append(probe);
  const token = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const ink = token("--ink");
  const dim = token("--ink-2");
  const theme: ITheme = {
    background: token("--sunk"),
    foreground: ink,
    cursor: token("--accent"),
    cursorAccent: token("--sunk"),
    selectionBackground: token("--selection"),
    red: token("--drop"),
    brightRed: token("--drop"),
    green: token("--pass"),
    brightGreen: token("--pass"),
    yellow: token("--dnat"),
    brightYellow: token("--dnat"),
    blue: token("--accent"),
    brightBlue: token("--accent"),
    magenta: token("--snat"),
    brightMagenta: token("--snat"),
    cyan: token("--accent"),
    brightCyan: token("--accent"),
    black: dim,
    brightBlack: dim,
    white: ink,
    brightWhite: ink,
  };
  probe.remove();
  return theme;
}
