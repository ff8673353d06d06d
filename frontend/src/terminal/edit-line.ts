import { LineEditor } from "./line-editor";

const GREEN = "\x1b[32m";
const PLAIN = "\x1b[0m";

/** Columns a text takes: East Asian wide characters and emoji take two. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    columns += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}]/u.test(character)
      ? 2
      : 1;
  }
  return columns;
}

/** Draws prompt and line as escape sequences, over as many rows as they take, and finds its way back to draw them again. */
export class EditLine {
  private row = 0;
  /** The column where the prompt begins: behind what a program printed without a line break. */
  private origin = 0;

  begin(origin: number): void {
    this.origin = origin;
    this.row = 0;
  }

  /** From wherever the cursor is within the drawn line: wipe it and draw it anew. */
  draw(prompt: string, editor: LineEditor, columns: number): string {
    const shown = editor.search ? `(reverse-i-search)\`${editor.search.query}': ` : prompt;
    const start = this.origin + columnsOf(shown);
    const total = start + columnsOf(editor.text);
    const target = start + columnsOf(editor.text.slice(0, editor.cursor));
    const lastRow = Math.floor(total / columns);
    const targetRow = Math.floor(target / columns);
    // A row that is exactly full leaves the cursor pending at its end; the line break brings it down.
    const wrap = total > 0 && total % columns === 0 ? "\r\n" : "";
    const out = `${this.wipe()}${editor.search ? shown : coloured(shown)}${editor.text}${wrap}${up(lastRow - targetRow)}\r${right(target % columns)}`;
    this.row = targetRow;
    return out;
  }

  /** The line as it was sent, without the search prompt it may have been found under. */
  drawSent(prompt: string, text: string, columns: number): string {
    const sent = new LineEditor();
    sent.replace(0, text);
    return this.draw(prompt, sent, columns);
  }

  /** Takes the drawn line away; the cursor stands where it began. */
  wipe(): string {
    const out = `${up(this.row)}\r${right(this.origin)}\x1b[J`;
    this.row = 0;
    return out;
  }

  /** Leaves the line standing and goes to the row below it. */
  leave(prompt: string, text: string, columns: number): string {
    const total = this.origin + columnsOf(prompt) + columnsOf(text);
    const lastRow = Math.floor(total / columns);
    const out = `${down(lastRow - this.row)}\r\n`;
    this.begin(0);
    return out;
  }
}

export function coloured(prompt: string): string {
  const match = /^(\S+@\S+[#$])([\s\S]*)$/.exec(prompt);
  return match ? `${GREEN}${match[1]}${PLAIN}${match[2]}` : prompt;
}

const up = (n: number) => (n > 0 ? `\x1b[${n}A` : "");
const down = (n: number) => (n > 0 ? `\x1b[${n}B` : "");
const right = (n: number) => (n > 0 ? `\x1b[${n}C` : "");
