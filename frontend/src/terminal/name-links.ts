import type { ILink, Terminal } from "@xterm/xterm";
import { namesIn } from "./known-names";

/** The names in a row of the screen, counted from 1, as links; the row may be part of a longer line. */
export function linksIn(terminal: Terminal, row: number, names: ReadonlyMap<string, string>, inspect: (node: string) => void): ILink[] {
  const buffer = terminal.buffer.active;
  let first = row - 1;
  while (first > 0 && buffer.getLine(first)?.isWrapped) {
    first--;
  }
  let text = "";
  for (let y = first; y === first || buffer.getLine(y)?.isWrapped; y++) {
    text += buffer.getLine(y)?.translateToString(false) ?? "";
  }
  const at = (index: number) => ({ x: (index % terminal.cols) + 1, y: first + Math.floor(index / terminal.cols) + 1 });
  return namesIn(text, names).map(({ start, text: name, node }) => ({
    range: { start: at(start), end: at(start + name.length - 1) },
    text: name,
    activate: () => inspect(node),
  }));
}
