import type { Outgoing, ServerMessage } from "./messages";

export type Status = "connecting" | "open" | "reconnecting" | "gone";

/** The part of a WebSocket that is used; a test gives its own. */
export interface Wire {
  send(text: string): void;
  close(): void;
}

export interface WireEvents {
  opened(): void;
  message(text: string): void;
  closed(code: number): void;
}

export interface SocketOptions {
  connect(events: WireEvents): Wire;
  onMessage(message: ServerMessage): void;
  onStatus(status: Status): void;
  /** Is the session still there? Asked after a connection that could not be made. */
  exists(): Promise<boolean>;
  later(run: () => void, milliseconds: number): void;
}

/** Close codes after which trying again makes no sense: no such session, not allowed. */
const FINAL_CODES = [4404, 4403];
const FIRST_DELAY = 250;
const LONGEST_DELAY = 5000;
const OUTBOX_LIMIT = 200;

/** So many messages wait to be taken before more go out without a name; each key that is typed ahead is one. */
const UNTAKEN_LIMIT = 5000;

/** How long an open connection may be silent, in milliseconds, before it is given up: somebody between here and the server has lost it. */
export const PATIENCE = 10_000;

/** What the session's log keeps: it is sent again until the server has it. */
const LOGGED: readonly string[] = ["open", "line", "input", "signal", "eof", "resize", "close", "note"];

/**
 * The session's connection. After a loss it connects again and asks for what came after the last message it has, so that state sees
 * each numbered message exactly once. What a person typed has an id, by which the server knows it, and goes out again after the next
 * welcome unless the server has said that it took it: nothing is lost, nothing happens twice.
 */
export class SessionSocket {
  private wire: Wire | undefined;
  private ready = false;
  private welcomedOnce = false;
  private lastSeq: number | undefined;
  private delay = FIRST_DELAY;
  private outbox: Outgoing[] = [];
  private untaken: (Outgoing & { id: string })[] = [];
  private readonly name = [...crypto.getRandomValues(new Uint32Array(2))].map((n) => n.toString(36)).join("");
  private count = 0;
  private connections = 0;
  private heard = 0;
  private closed = false;

  constructor(private readonly options: SocketOptions) {}

  start(): void {
    this.options.onStatus("connecting");
    this.connect();
  }

  stop(): void {
    this.closed = true;
    this.wire?.close();
  }

  /** Returns the message's id, by which "taken" answers it; none if it is not answered. */
  send(message: Outgoing): string | undefined {
    if (LOGGED.includes(message.type) && this.untaken.length < UNTAKEN_LIMIT) {
      const named = { ...message, id: `${this.name}-${++this.count}` };
      this.untaken.push(named);
      if (this.ready) {
        this.write(named);
      }
      return named.id;
    }
    if (this.ready) {
      this.write(message);
    } else if (this.outbox.length < OUTBOX_LIMIT) {
      this.outbox.push(message);
    }
    return undefined;
  }

  private connect(): void {
    const connection = ++this.connections;
    this.wire = this.options.connect({
      opened: () => {
        this.write(this.lastSeq === undefined ? { type: "hello" } : { type: "hello", resumeAfter: this.lastSeq });
        this.options.later(() => this.giveUp(connection), PATIENCE);
      },
      message: (text) => this.receive(JSON.parse(text) as ServerMessage),
      closed: (code) => void this.lost(code),
    });
  }

  private giveUp(connection: number): void {
    if (connection === this.connections && this.heard !== connection) {
      this.wire?.close();
    }
  }

  private receive(message: ServerMessage): void {
    this.heard = this.connections;
    if (message.type === "welcome") {
      if (!message.resumed) {
        this.lastSeq = message.seq;
      }
      this.ready = true;
      this.welcomedOnce = true;
      this.delay = FIRST_DELAY;
      this.options.onStatus("open");
      const again = [...this.untaken];
      this.options.onMessage(message);
      for (const lost of again) {
        this.write(lost);
      }
      for (const waiting of this.outbox.splice(0)) {
        this.write(waiting);
      }
      return;
    }
    if (message.type === "taken") {
      this.untaken = this.untaken.filter((sent) => sent.id !== message.id);
    }
    if ("seq" in message) {
      if (this.lastSeq !== undefined && message.seq <= this.lastSeq) {
        return;
      }
      this.lastSeq = message.seq;
    }
    this.options.onMessage(message);
  }

  private async lost(code: number): Promise<void> {
    const wasReady = this.ready;
    this.ready = false;
    if (this.closed) {
      return;
    }
    if (FINAL_CODES.includes(code) || (!wasReady && !(await this.options.exists()))) {
      this.options.onStatus("gone");
      return;
    }
    this.options.onStatus(this.welcomedOnce ? "reconnecting" : "connecting");
    this.options.later(() => this.connect(), this.delay);
    this.delay = Math.min(LONGEST_DELAY, this.delay * 2);
  }

  private write(message: Outgoing): void {
    this.wire?.send(JSON.stringify({ v: 1, ...message }));
  }
}

/** A browser's WebSocket as a wire. */
export function webSocketWire(url: string, events: WireEvents): Wire {
  const socket = new WebSocket(url);
  socket.addEventListener("open", () => events.opened());
  socket.addEventListener("message", (event) => events.message(String(event.data)));
  socket.addEventListener("close", (event) => events.closed(event.code));
  return socket;
}
