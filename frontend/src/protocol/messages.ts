// The wire's types, one for one those of protocol.schema.json; messages.test.ts holds the two together.

/** Virtual time in nanoseconds since the world booted. */
export type Time = number;
export type PaceName = "live" | "slow" | "step" | "fast";

export interface Clock {
  time: Time;
  pace: PaceName;
  factor?: number;
  held: boolean;
}

export interface Place {
  machine: string;
  namespace?: string;
  device?: string;
}

export interface Headers {
  length: number;
  eth?: { src: string; dst: string; type: number };
  arp?: { op: "request" | "reply"; senderMac: string; senderIp: string; targetMac: string; targetIp: string };
  ip?: { src: string; dst: string; proto: string; ttl: number; id?: number; df?: boolean; fragment?: number; length?: number };
  tcp?: { src: number; dst: number; flags: TcpFlag[]; seq?: number; ack?: number; window?: number };
  udp?: { src: number; dst: number };
  icmp?: { type: number; code: number; text: string; id?: number; sequence?: number };
  payload?: number;
  note?: string;
}
export type TcpFlag = "SYN" | "ACK" | "FIN" | "RST" | "PSH" | "URG";

export interface FieldChange {
  field: string;
  before: string;
  after: string;
}

export interface TriedRule {
  chain: string;
  number: number;
  text: string;
  failed?: string;
}

export interface Decision {
  kind: string;
  text: string;
  table?: string;
  chain?: string;
  verdict?: string;
  tried?: TriedRule[];
  local?: boolean;
  port?: string;
  ports?: string[];
  state?: string;
  original?: string;
  reply?: string;
  isReply?: boolean;
  name?: string;
  value?: string;
}

export interface Outcome {
  kind: "continue" | "delivered" | "held" | "dropped";
  waitsFor?: string;
  reason?: string;
  telling?: true;
}

/** What happened and why, in the server’s words. */
export interface Explanation {
  title: string;
  detail?: string;
  why?: string;
  wouldLetThrough?: string;
}

export interface Origin {
  cause: string;
  packet?: number;
  sender?: string;
}

export interface TraceEvent {
  sequence: number;
  time: Time;
  packet: number;
  origin?: Origin;
  place: Place;
  stage: string;
  headers: Headers;
  changes?: FieldChange[];
  decision?: Decision;
  outcome: Outcome;
  explanation: Explanation;
}

export interface End {
  machine: string;
  namespace?: string;
  device: string;
}

export interface Device {
  name: string;
  index: number;
  kind: string;
  mac?: string;
  mtu?: number;
  up: boolean;
  state: string;
  addresses: string[];
  master?: string;
  peer?: End;
}

export interface Namespace {
  name: string;
  kind: "root" | "container" | "named";
  label?: string;
  container?: string;
  devices: Device[];
}

export interface Machine {
  name: string;
  role?: string;
  docker?: boolean;
  forwards?: boolean;
  namespaces: Namespace[];
}

export interface Switch {
  name: string;
  ports: string[];
}

export interface Cable {
  ends: [End, End];
}

export interface Endpoint {
  network: string;
  device: string;
  address?: string;
  hostDevice?: string;
}

export interface Container {
  id: string;
  name: string;
  image: string;
  state: "created" | "running" | "paused" | "restarting" | "removing" | "exited" | "dead";
  machine: string;
  namespace?: string;
  networks: Endpoint[];
  listens?: { proto: string; port: number; address?: string; process?: string }[];
  publishes?: { proto: string; hostAddress: string; hostPort: number; port: number }[];
}

export interface Network {
  id: string;
  name: string;
  driver: string;
  bridge?: string;
  subnet?: string;
  gateway?: string;
  internal?: boolean;
}

export interface Topology {
  version: number;
  time: Time;
  machines: Machine[];
  switches: Switch[];
  cables: Cable[];
  containers: Container[];
  networks: Network[];
}

export interface Packets {
  events: TraceEvent[];
  next: number;
  lost?: number;
}

export interface QuestionProgress {
  name: string;
  answer?: string;
  truth?: string;
  right?: boolean;
  packet?: number;
}

export interface StepProgress {
  done: boolean;
  goals: boolean[];
  questions: QuestionProgress[];
  hints: number;
}

/** How far a learner has come with the session's lesson. */
export interface Progress {
  lesson: string;
  reached: number;
  commands: number;
  hints: number;
  steps: StepProgress[];
}

type Message<T extends string, Body = object> = { v: 1; type: T } & Body;
type Numbered<T extends string, Body = object> = Message<T, { seq: number } & Body>;

/** What goes into the session's log; the socket gives it an id. */
type Typed<T extends string, Body> = Message<T, { id?: string } & Body>;

export type ClientMessage =
  | Message<"hello", { resumeAfter?: number }>
  | Typed<"open", { terminal: string; node: string; cols: number; rows: number }>
  | Typed<"line", { terminal: string; line: string; text: string }>
  | Typed<"input", { terminal: string; data: string }>
  | Typed<"signal", { terminal: string; signal: "INT" | "TSTP" | "QUIT" }>
  | Typed<"eof", { terminal: string }>
  | Message<"complete", { terminal: string; request: number; text: string; cursor: number }>
  | Typed<"resize", { terminal: string; cols: number; rows: number }>
  | Typed<"close", { terminal: string }>
  | Message<"pace", { pace: PaceName; factor?: number }>
  | Message<"step", { by: "stage" | "packet" }>
  | Message<"journey", { packet: number }>
  | Typed<"note", { about: string; text: string }>;

export interface Welcome {
  session: string;
  world: string;
  seq: number;
  role: "owner" | "participant" | "viewer";
  nodes: string[];
  clock: Clock;
  resumed: boolean;
  terminals: { terminal: string; node: string; prompt?: string }[];
  progress?: Progress;
  /** What the organiser shows, as in the message "shown". */
  shown?: string;
}

export type ServerMessage =
  | Message<"welcome", Welcome>
  | Numbered<"topology", { topology: Topology }>
  | Numbered<"events", { events: TraceEvent[]; dropped?: number }>
  | Numbered<"opened", { terminal: string; node: string }>
  | Numbered<"echo", { terminal: string; prompt: string; text: string; line?: string }>
  | Numbered<"output", { terminal: string; data: string }>
  | Numbered<"prompt", { terminal: string; prompt: string; pending?: string }>
  | Numbered<"exited", { terminal: string; status: number }>
  | Numbered<"clock", { clock: Clock }>
  | Numbered<"progress", { progress: Progress }>
  | Numbered<"notice", { kind: "info" | "asleep" | "limit"; text: string }>
  | Numbered<"shown", { link?: string }>
  | Message<"completions", { request: number; from: number; candidates: string[] }>
  | Message<"journey", { packet: number; events: TraceEvent[] }>
  | Message<"taken", { id: string }>
  | Message<"replaying", { commands: number }>
  | Message<"error", { code: string; text: string; terminal?: string }>;

/** A client message without its version, which the socket adds. */
export type Outgoing = ClientMessage extends infer M ? (M extends ClientMessage ? Omit<M, "v"> : never) : never;
