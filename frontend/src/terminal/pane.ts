import { WebLinksAddon } from "@xterm/addon-web-links";
import type { Terminal } from "@xterm/xterm";
import type { Outgoing, ServerMessage } from "../protocol/messages";
import { commonPrefix, inColumns } from "./completion";
import { coloured, EditLine } from "./edit-line";
import { isForTerminal, SIGNALS } from "./keys";
import { type Effect, LineEditor } from "./line-editor";
import { linksIn } from "./name-links";
import { Room } from "./room";
import { newScreen } from "./screen";
import { withStyleSheets } from "./style-elements";
import { terminalTheme } from "./theme";
import { TypedAhead } from "./typed-ahead";

const RESIZE_QUIET = 150;
const LONGEST_COMPLETION = 2000;

export interface PaneOptions {
  /** Returns the message's id, by which it is told as taken. */
  send(message: Outgoing): string | undefined;
  /** The things drawn, by what they are called on this terminal. */
  names(node: string): ReadonlyMap<string, string>;
  inspect(node: string): void;
  /** What is shown is also read out. */
  screenReader: boolean;
  /** Keys have no effect: somebody else's session. */
  watchOnly: boolean;
}

/** What the server says to one terminal. */
export type TerminalMessage = Extract<ServerMessage, { type: "output" | "echo" | "prompt" | "exited" }>;

/** One terminal: at a prompt it edits the line itself, while a program runs it hands on the keys. */
export class TerminalPane {
  readonly element = document.createElement("div");
  private readonly terminal: Terminal;
  private readonly room: Room;
  private readonly editor = new LineEditor();
  private readonly line = new EditLine();
  private prompt: string | undefined;
  /** How often a prompt was left. */
  private left = 0;
  private lines = 0;
  private readonly typed = new Set<string>();
  private request = 0;
  private listed = "";
  /** What a Tab asked for is still to come: keys wait for it. */
  private completing: ReturnType<typeof setTimeout> | undefined;
  private readonly ahead = new TypedAhead();
  private queue: string[] = [];
  private ended = false;
  private resizing: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly id: string,
    readonly node: string,
    private readonly options: PaneOptions,
  ) {
    this.element.className = "terminal";
    this.element.dataset.terminal = id;
    this.terminal = newScreen(this.element, options.screenReader, options.watchOnly);
    this.room = new Room(this.terminal, this.element);
    this.terminal.loadAddon(new WebLinksAddon());
    this.terminal.registerLinkProvider({
      provideLinks: (row, found) => found(linksIn(this.terminal, row, options.names(node), (drawn) => options.inspect(drawn))),
    });
    this.terminal.onData((data) => this.keys(data));
    this.terminal.attachCustomKeyEventHandler((event) => isForTerminal(event, this.terminal));
    this.terminal.onResize(({ cols, rows }) => {
      clearTimeout(this.resizing);
      this.resizing = setTimeout(() => this.options.send({ type: "resize", terminal: this.id, cols, rows }), RESIZE_QUIET);
    });
  }

  /** To be called once, when the element is in the page. */
  open(label = `Terminal on ${this.node.replace("container:", "container ")}`): void {
    withStyleSheets(() => this.terminal.open(this.element));
    this.terminal.textarea?.setAttribute("aria-label", label);
    this.terminal.textarea?.setAttribute("aria-description", "Tab completes; F6 leads on to the next part of the page");
    this.room.open();
    this.attach();
  }

  /** Opens the terminal on the server, or attaches to it. */
  attach(): void {
    this.ended = false;
    this.options.send({ type: "open", terminal: this.id, node: this.node, cols: this.terminal.cols, rows: this.terminal.rows });
  }

  fit(): void {
    this.room.fit();
  }

  focus(): void {
    this.terminal.focus();
  }

  retheme(): void {
    this.terminal.options.theme = terminalTheme();
  }

  readAloud(on: boolean): void {
    this.terminal.options.screenReaderMode = on;
  }

  dispose(): void {
    clearTimeout(this.resizing);
    this.completed();
    this.room.dispose();
    this.terminal.dispose();
    this.element.remove();
  }

  /** The session starts anew: what is on the screen comes again. */
  clear(): void {
    this.leavePrompt();
    this.line.begin(0);
    this.completed();
    this.typed.clear();
    this.ahead.forget();
    this.terminal.reset();
  }

  receive(message: TerminalMessage): void {
    switch (message.type) {
      case "output":
        this.output(message.data);
        break;
      case "echo":
        this.echo(message.prompt, message.text, message.line);
        break;
      case "prompt":
        this.prompted(message.prompt, message.pending);
        break;
      case "exited":
        this.exited(message.status);
        break;
    }
  }

  private output(data: string): void {
    if (this.prompt === undefined) {
      this.terminal.write(data);
    } else {
      const fresh = data.endsWith("\n") || data.endsWith("\r") ? "" : "\r\n";
      this.terminal.write(this.line.wipe() + data + fresh);
      this.line.begin(0);
      this.redraw();
    }
  }

  private echo(prompt: string, text: string, line: string | undefined): void {
    if (line !== undefined && this.typed.delete(line)) {
      return;
    }
    this.terminal.write(`${this.prompt === undefined ? "" : this.line.wipe()}${coloured(prompt)}${text}\r\n`);
    this.leavePrompt();
    this.editor.remember(text);
  }

  /** A prompt comes behind whatever was printed, so all of it must be on the screen before the line is drawn. */
  private prompted(prompt: string, pending: string | undefined): void {
    this.ahead.cameBack(pending ?? "");
    const { left } = this;
    // what came back may have made a line meanwhile: then the shell no longer waits at this prompt
    this.terminal.write("", () => left === this.left && this.begin(prompt));
  }

  private leavePrompt(): void {
    this.prompt = undefined;
    this.left++;
  }

  private begin(prompt: string): void {
    const fresh = this.prompt === undefined;
    if (fresh) {
      this.line.begin(this.terminal.buffer.active.cursorX);
    } else {
      this.terminal.write(this.line.wipe());
    }
    this.prompt = prompt;
    if (fresh) {
      this.editor.reset();
    }
    this.redraw();
    this.settle();
  }

  /** The server has dealt with that message; what came back of it is here. */
  taken(id: string): void {
    if (this.ahead.taken(id)) {
      this.settle();
    }
  }

  /** Once nothing more can come back, the line gets its keys in the order in which they were pressed: first those that the last one left. */
  private settle(): void {
    const keys = this.prompt === undefined || this.completing !== undefined ? undefined : this.ahead.release();
    if (keys !== undefined) {
      this.perform(this.editor.feed(keys));
    }
    if (this.prompt !== undefined && !this.ahead.unsettled && this.queue.length > 0) {
      this.type(this.queue.shift()!);
    }
  }

  private exited(status: number): void {
    this.leavePrompt();
    this.terminal.write(`\r\n\x1b[2mThe shell ended (${status}). Press Enter for a new one.\x1b[0m\r\n`);
    this.ended = true;
  }

  completions(request: number, from: number, candidates: readonly string[]): void {
    if (request !== this.request || this.prompt === undefined || this.completing === undefined) {
      return;
    }
    this.completed();
    const word = this.editor.text.slice(from, this.editor.cursor);
    const common = commonPrefix(candidates);
    if (candidates.length === 1) {
      this.editor.replace(from, candidates[0]! + (/[/=:]$/.test(candidates[0]!) ? "" : " "));
    } else if (common.length > word.length) {
      this.editor.replace(from, common);
    } else if (candidates.length > 1 && this.listed === this.editor.text) {
      this.terminal.write(this.line.leave(this.prompt, this.editor.text, this.terminal.cols));
      this.terminal.write(inColumns(candidates, this.terminal.cols));
    } else {
      this.listed = this.editor.text;
      this.terminal.write("\x07");
    }
    this.redraw();
    this.settle();
  }

  private completed(): void {
    clearTimeout(this.completing);
    this.completing = undefined;
  }

  /** Types a line for the person and runs it, now or when the shell is ready. */
  type(text: string): void {
    this.terminal.scrollToBottom();
    if (this.prompt === undefined || this.ahead.unsettled) {
      this.queue.push(text);
      return;
    }
    this.editor.reset();
    this.editor.replace(0, text);
    this.keys("\r");
  }

  private keys(data: string): void {
    if (this.options.watchOnly) {
      return;
    }
    if (this.ended) {
      if (data.includes("\r")) {
        this.attach();
      }
      return;
    }
    if (this.completing !== undefined && !data.includes("\x03")) {
      this.editor.hold(data);
      return;
    }
    this.completed();
    if (this.prompt !== undefined && this.ahead.unsettled) {
      this.ahead.hold(data);
    } else if (this.prompt !== undefined) {
      this.perform(this.editor.feed(data));
    } else {
      this.handOn(data);
    }
  }

  /** Keys for the program that runs. */
  private handOn(data: string): void {
    for (const part of data.split(/([\x03\x04\x1a\x1c])/)) {
      const signal = SIGNALS[part];
      if (signal) {
        this.editor.discard();
        this.queue = [];
        this.options.send({ type: "signal", terminal: this.id, signal });
      } else if (part === "\x04") {
        this.options.send({ type: "eof", terminal: this.id });
      } else if (part !== "") {
        this.ahead.sent(this.options.send({ type: "input", terminal: this.id, data: part.replaceAll("\r", "\n") }));
      }
    }
  }

  private perform(effects: readonly Effect[]): void {
    for (const effect of effects) {
      switch (effect.type) {
        case "submit": {
          const id = `${this.id}-${Date.now().toString(36)}-${this.lines++}`;
          this.typed.add(id);
          this.terminal.write(this.line.drawSent(this.prompt ?? "", effect.text, this.terminal.cols));
          this.terminal.write(this.line.leave(this.prompt ?? "", effect.text, this.terminal.cols));
          this.leavePrompt();
          this.ahead.lineSent();
          this.options.send({ type: "line", terminal: this.id, line: id, text: effect.text });
          return;
        }
        case "interrupt":
          this.terminal.write(this.line.drawSent(this.prompt ?? "", effect.text, this.terminal.cols));
          this.terminal.write(`^C${this.line.leave(this.prompt ?? "", `${effect.text}^C`, this.terminal.cols)}`);
          if (this.prompt?.startsWith(">")) {
            this.leavePrompt();
            this.options.send({ type: "signal", terminal: this.id, signal: "INT" });
            return;
          }
          break;
        case "eof":
          this.options.send({ type: "eof", terminal: this.id });
          break;
        case "clear":
          this.line.begin(0);
          this.terminal.write("\x1b[H\x1b[2J\x1b[3J");
          break;
        case "complete":
          this.completing = setTimeout(() => {
            this.completed();
            this.settle();
          }, LONGEST_COMPLETION);
          this.options.send({
            type: "complete",
            terminal: this.id,
            request: ++this.request,
            text: this.editor.text,
            cursor: this.editor.cursor,
          });
          break;
        case "bell":
        case "redraw":
          break;
      }
    }
    if (effects.length > 0) {
      this.redraw();
    }
  }

  private redraw(): void {
    if (this.prompt !== undefined) {
      this.terminal.write(this.line.draw(this.prompt, this.editor, this.terminal.cols));
    }
  }
}
