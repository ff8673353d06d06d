/** What the terminal must do after some keys. */
export type Effect =
  | { type: "redraw" }
  | { type: "submit"; text: string }
  | { type: "interrupt"; text: string }
  | { type: "eof" }
  | { type: "clear" }
  | { type: "complete" }
  | { type: "bell" };

const HISTORY_KEPT = 1000;

/** One key or one run of printable characters at the head of what was typed. */
const TOKEN = /^(\x1b\[[0-9;]*[A-Za-z~]|\x1bO[A-Za-z]|\x1b[\s\S]|[\x00-\x1f\x7f]|[^\x00-\x1f\x7f]+)/;

/**
 * The shell's line while it is typed, in the manner of readline's emacs keys. It knows nothing of the screen: keys in, effects out.
 * Keys after an Enter wait (as when several lines are pasted) until the next line may begin, and those after a Tab for what it completes.
 */
export class LineEditor {
  text = "";
  /** In UTF-16 units. */
  cursor = 0;
  search: { query: string; index: number } | undefined;
  private history: string[] = [];
  private index = 0;
  private draft = "";
  private killed = "";
  private waiting = "";

  /** Keys while the line may be edited. */
  feed(data: string): Effect[] {
    this.waiting += data;
    const effects: Effect[] = [];
    for (let token = this.next(); token !== undefined; token = this.next()) {
      const effect = this.search ? this.searchKey(token) : this.key(token);
      effects.push(effect);
      if (effect.type === "submit" || effect.type === "eof" || effect.type === "complete") {
        break;
      }
      if (effect.type === "interrupt") {
        this.waiting = "";
      }
    }
    return effects;
  }

  /** Keys that must wait. */
  hold(data: string): void {
    this.waiting += data;
  }

  /** Forgets what still waits of a paste. */
  discard(): void {
    this.waiting = "";
  }

  remember(line: string): void {
    if (line.trim() !== "" && this.history.at(-1) !== line) {
      this.history = [...this.history, line].slice(-HISTORY_KEPT);
    }
    this.index = this.history.length;
  }

  /** Replaces the text between `from` and the cursor. */
  replace(from: number, replacement: string): void {
    this.text = this.text.slice(0, from) + replacement + this.text.slice(this.cursor);
    this.cursor = from + replacement.length;
  }

  reset(): void {
    this.text = "";
    this.cursor = 0;
    this.search = undefined;
    this.index = this.history.length;
  }

  private next(): string | undefined {
    const token = TOKEN.exec(this.waiting)?.[0];
    if (token !== undefined) {
      this.waiting = this.waiting.slice(token.length);
    }
    return token;
  }

  private key(token: string): Effect {
    switch (token) {
      case "\r":
      case "\n": {
        const text = this.text;
        this.remember(text);
        this.reset();
        return { type: "submit", text };
      }
      case "\x03": {
        const text = this.text;
        this.reset();
        return { type: "interrupt", text };
      }
      case "\x04":
        return this.text === "" ? { type: "eof" } : this.erase(this.cursor, this.after(this.cursor));
      case "\x0c":
        return { type: "clear" };
      case "\t":
        return { type: "complete" };
      case "\x12":
        this.search = { query: "", index: this.history.length };
        return { type: "redraw" };
      case "\x7f":
      case "\b":
        return this.erase(this.previous(this.cursor), this.cursor);
      case "\x1b[3~":
        return this.erase(this.cursor, this.after(this.cursor));
      case "\x01":
      case "\x1b[H":
      case "\x1bOH":
      case "\x1b[1~":
        return this.go(0);
      case "\x05":
      case "\x1b[F":
      case "\x1bOF":
      case "\x1b[4~":
        return this.go(this.text.length);
      case "\x02":
      case "\x1b[D":
      case "\x1bOD":
        return this.go(this.previous(this.cursor));
      case "\x06":
      case "\x1b[C":
      case "\x1bOC":
        return this.go(this.after(this.cursor));
      case "\x1bb":
      case "\x1b[1;5D":
      case "\x1b[1;3D":
        return this.go(this.wordStart());
      case "\x1bf":
      case "\x1b[1;5C":
      case "\x1b[1;3C":
        return this.go(this.wordEnd());
      case "\x10":
      case "\x1b[A":
      case "\x1bOA":
        return this.recall(-1);
      case "\x0e":
      case "\x1b[B":
      case "\x1bOB":
        return this.recall(1);
      case "\x0b":
        return this.kill(this.cursor, this.text.length);
      case "\x15":
        return this.kill(0, this.cursor);
      case "\x17":
        return this.kill(this.blankBefore(), this.cursor);
      case "\x1b\x7f":
        return this.kill(this.wordStart(), this.cursor);
      case "\x1bd":
        return this.kill(this.cursor, this.wordEnd());
      case "\x19":
        return this.insert(this.killed);
    }
    return /^[\x00-\x1f]/.test(token) ? { type: "bell" } : this.insert(token);
  }

  private searchKey(token: string): Effect {
    const search = this.search!;
    if (token === "\x12") {
      return this.find(search.query, search.index - 1);
    }
    if (token === "\x7f" || token === "\b") {
      return this.find(search.query.slice(0, -1), this.history.length);
    }
    if (token === "\x03") {
      return this.key(token);
    }
    if (token === "\x07") {
      this.reset();
      return { type: "redraw" };
    }
    if (/^[^\x00-\x1f]/.test(token)) {
      return this.find(search.query + token, search.index);
    }
    this.search = undefined;
    return token === "\x1b" ? { type: "redraw" } : this.key(token);
  }

  private find(query: string, from: number): Effect {
    for (let i = Math.min(from, this.history.length - 1); i >= 0 && query !== ""; i--) {
      const at = this.history[i]!.indexOf(query);
      if (at >= 0) {
        this.search = { query, index: i };
        this.text = this.history[i]!;
        this.cursor = at;
        return { type: "redraw" };
      }
    }
    this.search = { query, index: Math.min(from, this.history.length) };
    return query === "" ? { type: "redraw" } : { type: "bell" };
  }

  private insert(text: string): Effect {
    this.text = this.text.slice(0, this.cursor) + text + this.text.slice(this.cursor);
    this.cursor += text.length;
    return { type: "redraw" };
  }

  private erase(from: number, to: number): Effect {
    this.text = this.text.slice(0, from) + this.text.slice(to);
    this.cursor = from;
    return { type: "redraw" };
  }

  private kill(from: number, to: number): Effect {
    if (to > from) {
      this.killed = this.text.slice(from, to);
    }
    return this.erase(from, to);
  }

  private go(to: number): Effect {
    this.cursor = to;
    return { type: "redraw" };
  }

  private recall(direction: -1 | 1): Effect {
    const to = this.index + direction;
    if (to < 0 || to > this.history.length) {
      return { type: "bell" };
    }
    if (this.index === this.history.length) {
      this.draft = this.text;
    }
    this.index = to;
    this.text = to === this.history.length ? this.draft : this.history[to]!;
    this.cursor = this.text.length;
    return { type: "redraw" };
  }

  private previous(at: number): number {
    return at - (/[\udc00-\udfff]/.test(this.text[at - 1] ?? "") ? 2 : at > 0 ? 1 : 0);
  }

  private after(at: number): number {
    return Math.min(this.text.length, at + (/[\ud800-\udbff]/.test(this.text[at] ?? "") ? 2 : 1));
  }

  private wordStart(): number {
    const head = this.text.slice(0, this.cursor);
    return head.length - (/[A-Za-z0-9]*[^A-Za-z0-9]*$/.exec(head)?.[0].length ?? 0);
  }

  private wordEnd(): number {
    return this.cursor + (/^[^A-Za-z0-9]*[A-Za-z0-9]*/.exec(this.text.slice(this.cursor))?.[0].length ?? 0);
  }

  private blankBefore(): number {
    const head = this.text.slice(0, this.cursor);
    return head.length - (/\S*\s*$/.exec(head)?.[0].length ?? 0);
  }
}
