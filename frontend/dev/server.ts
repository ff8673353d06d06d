import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import type { ClientMessage, ServerMessage, TraceEvent } from "../src/protocol/messages";
import { Recorder } from "./recorder";
import { blocked, cache, curl, db, web, whoHas } from "./scenario";
import { type DevContainer, type DevNetwork, defaultNetwork, world } from "./world";

type Body<M> = M extends { type: "welcome" } ? Omit<M, "v"> : M extends { v: 1 } ? Omit<M, "v" | "seq"> : never;

/** A recorded server: enough of the protocol to show the page without the back end. It emulates nothing. */
export function serveFixture(http: Server): void {
  const sockets = new WebSocketServer({ noServer: true });
  http.on("upgrade", (request, socket, head) => {
    if (request.url?.startsWith("/ws/v1/sessions/")) {
      sockets.handleUpgrade(request, socket, head, (ws) => new FixtureSession(ws));
    }
  });
}

class FixtureSession {
  private seq = 0;
  private version = 1;
  private containers: DevContainer[] = [];
  private networks: DevNetwork[] = [defaultNetwork];
  private readonly nodes = new Map<string, string>();
  private readonly recorder = new Recorder();
  private sent = 0;
  private port = 39528;

  constructor(private readonly socket: WebSocket) {
    socket.on("message", (data) => this.receive(JSON.parse(String(data)) as ClientMessage));
  }

  private say(message: Body<ServerMessage>): void {
    const numbered = !["welcome", "completions", "journey", "error"].includes(message.type);
    this.socket.send(JSON.stringify({ v: 1, ...(numbered ? { seq: ++this.seq } : {}), ...message }));
  }

  private receive(message: ClientMessage): void {
    switch (message.type) {
      case "hello":
        this.say({
          type: "welcome",
          session: "demo",
          world: "lab",
          seq: this.seq,
          role: "owner",
          nodes: ["host", "client", "router", "internet"],
          clock: { time: 0, pace: "live", held: false },
          resumed: false,
          terminals: [],
        });
        this.topology();
        break;
      case "open":
        this.nodes.set(message.terminal, message.node);
        this.say({ type: "opened", terminal: message.terminal, node: message.node });
        this.prompt(message.terminal);
        break;
      case "line":
        this.say({ type: "echo", terminal: message.terminal, prompt: "", text: message.text, line: message.line });
        this.run(message.terminal, message.text);
        break;
      case "signal":
        this.prompt(message.terminal);
        break;
      case "pace":
        this.say({
          type: "clock",
          clock: { time: this.recorder.time, pace: message.pace, held: false, ...(message.factor ? { factor: message.factor } : {}) },
        });
        break;
      case "complete": {
        const from = message.text.lastIndexOf(" ") + 1;
        const words = ["curl", "docker", "ping", "run", "rm", "ps"].filter((w) => w.startsWith(message.text.slice(from)));
        this.say({ type: "completions", request: message.request, from, candidates: words });
        break;
      }
    }
  }

  private topology(): void {
    this.say({ type: "topology", topology: world(this.version++, this.recorder.time, this.containers, this.networks) });
  }

  private prompt(terminal: string): void {
    const node = this.nodes.get(terminal) ?? "host";
    this.say({ type: "prompt", terminal, prompt: node.startsWith("container:") ? "/ # " : `root@${node}:~# ` });
  }

  private run(terminal: string, line: string): void {
    const [program, ...args] = line.trim().split(/\s+/);
    if (program === "docker") {
      this.containers = args.includes("cache") ? [...this.containers, cache] : args.includes("db") ? [...this.containers, db] : [web];
      if (args.includes("db")) {
        this.networks = [defaultNetwork, { name: "app", bridge: "br-9f31c2d4e5f6", gateway: "172.18.0.1" }];
      }
      this.topology();
      this.say({ type: "output", terminal, data: "4c1c8e6c5b6d0d7f3c0a5b0a9f1e2d3c4b5a69788796a5b4c3d2e1f00112233\n" });
    } else if (program === "curl") {
      if (this.sent === 0) {
        whoHas(this.recorder);
      }
      this.recorder.time += 2_400_000_000;
      curl(this.recorder, this.port++);
      this.events(this.recorder.events.slice(this.sent));
      this.say({ type: "output", terminal, data: "4c1c8e6c5b6d saw 192.168.1.20:39528\n" });
    } else if (program === "ls") {
      this.say({ type: "output", terminal, data: "\x1b[34mbin\x1b[0m  etc  \x1b[32mrun.sh\x1b[0m\n" });
    } else if (program === "blocked") {
      blocked(this.recorder, this.port++);
      this.events(this.recorder.events.slice(this.sent));
    } else if (program === "sleep") {
      setTimeout(() => this.prompt(terminal), 2000);
      return;
    } else if (program) {
      this.say({ type: "output", terminal, data: `${program}: this is a recording\n` });
    }
    this.prompt(terminal);
  }

  private events(events: TraceEvent[]): void {
    this.sent = this.recorder.events.length;
    this.say({ type: "events", events });
  }
}
