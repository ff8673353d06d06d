import type { Clock, Progress, ServerMessage, Topology } from "../protocol/messages";
import type { Status } from "../protocol/socket";
import { PacketLog } from "./packets";

export interface TerminalState {
  id: string;
  node: string;
  /** Present while the shell waits for a line. */
  prompt: string | undefined;
}

export interface Notice {
  kind: "info" | "asleep" | "limit";
  text: string;
}

/** Where one looks from: the newest event, or the moment just after one. */
export type Moment = "live" | { sequence: number };

export interface State {
  connection: Status;
  session: string;
  world: string;
  role: "owner" | "participant" | "viewer";
  nodes: string[];
  clock: Clock;
  topologies: Topology[];
  packets: PacketLog;
  left: number;
  terminals: TerminalState[];
  notices: Notice[];
  moment: Moment;
  /** Of the session's lesson, if it has one. */
  progress: Progress | undefined;
  /** The link by which the session that the organiser of a workshop shows can be watched. */
  shown: string | undefined;
  /** The packet the journey shows; undefined follows what is newest. */
  selected: number | undefined;
}

const TOPOLOGIES_KEPT = 100;
const NOTICES_KEPT = 3;

export function initialState(session: string): State {
  return {
    connection: "connecting",
    session,
    world: "",
    role: "viewer",
    nodes: [],
    clock: { time: 0, pace: "live", held: false },
    topologies: [],
    packets: new PacketLog(),
    left: 0,
    terminals: [],
    notices: [],
    moment: "live",
    progress: undefined,
    shown: undefined,
    selected: undefined,
  };
}

/** Takes in one server message. The packet log is shared and grows in place; everything else is new where it changed. */
export function receive(state: State, message: ServerMessage): State {
  switch (message.type) {
    case "welcome": {
      if (!message.resumed) {
        state.packets.clear();
      }
      return {
        ...state,
        session: message.session,
        world: message.world,
        role: message.role,
        nodes: message.nodes,
        clock: message.clock,
        progress: message.progress,
        shown: message.shown,
        terminals: message.terminals.map((t) => ({ id: t.terminal, node: t.node, prompt: t.prompt })),
        notices: state.notices.filter((notice) => notice.kind !== "asleep"),
        ...(message.resumed ? {} : { topologies: [], left: 0, moment: "live", selected: undefined }),
      };
    }
    case "topology":
      return { ...state, topologies: [...state.topologies, message.topology].slice(-TOPOLOGIES_KEPT) };
    case "events":
      state.packets.add(message.events);
      return { ...state, left: state.left + (message.dropped ?? 0) };
    case "journey":
      return state;
    case "opened":
      return withTerminal(state, message.terminal, { node: message.node, prompt: undefined });
    case "echo":
      return withTerminal(state, message.terminal, { prompt: undefined });
    case "prompt":
      return withTerminal(state, message.terminal, { prompt: message.prompt });
    case "exited":
      return { ...state, terminals: state.terminals.filter((t) => t.id !== message.terminal) };
    case "clock":
      return { ...state, clock: message.clock };
    case "progress":
      return { ...state, progress: message.progress };
    case "notice":
      return withNotice(state, { kind: message.kind, text: message.text });
    case "shown":
      return { ...state, shown: message.link };
    case "error":
      return withNotice(state, { kind: "limit", text: message.text });
    case "replaying":
      return withNotice(state, {
        kind: "asleep",
        text: `This session was resting; replaying ${message.commands} ${message.commands === 1 ? "command" : "commands"}.`,
      });
    case "output":
    case "completions":
    case "taken":
      return state;
  }
}

function withNotice(state: State, notice: Notice): State {
  return { ...state, notices: [...state.notices, notice].slice(-NOTICES_KEPT) };
}

function withTerminal(state: State, id: string, change: Partial<TerminalState>): State {
  if (!state.terminals.some((t) => t.id === id)) {
    return { ...state, terminals: [...state.terminals, { id, node: change.node ?? id, prompt: change.prompt }] };
  }
  return { ...state, terminals: state.terminals.map((t) => (t.id === id ? { ...t, ...change } : t)) };
}

/** Virtual time of the moment looked at. */
export function momentTime(state: State): number {
  if (state.moment === "live") {
    return state.clock.time;
  }
  return state.packets.events[state.packets.indexAt(state.moment.sequence)]?.time ?? state.clock.time;
}

/** The structure as it was at the moment looked at. */
export function topologyAt(state: State): Topology | undefined {
  if (state.moment === "live") {
    return state.topologies.at(-1);
  }
  const time = momentTime(state);
  return state.topologies.findLast((t) => t.time <= time) ?? state.topologies[0];
}
