import { render } from "lit";
import type { Outgoing, ServerMessage, Topology, TraceEvent } from "../protocol/messages";
import type { Status } from "../protocol/socket";
import { Attention } from "../state/attention";
import { beginning } from "../state/beginning";
import { focusedPacket, inSight, isChosen, select } from "../state/moments";
import { Names } from "../state/names";
import { kindOf, lineOf } from "../state/packets";
import { initialState, momentTime, receive, type State, topologyAt } from "../state/store";
import { Desk } from "../terminal/desk";
import { Stage } from "../terminal/stage";
import { LaneLayout } from "../timeline/lanes";
import type { Scene } from "../topology/scene";
import { type WayStep, wayOf } from "../topology/way";
import { BeginStrip } from "./begin-strip";
import { Canvas } from "./canvas";
import { connectTo } from "./connect";
import { openHelp } from "./dialogs";
import { Drawing } from "./drawing";
import { buildFrame, type Frame, showPicked, showTab } from "./frame";
import { drawHeader } from "./header";
import { sayHeld } from "./held";
import { Inspector } from "./inspector";
import { press } from "./keys";
import { Launches } from "./launches";
import { LessonHost } from "./lesson-host";
import { NetfilterMap } from "./netfilter-map";
import { type Parts, Pictures } from "./pictures";
import { openReset } from "./reset";
import { openShare } from "./share";
import { Side } from "./side";
import { drawStatus, dropWords } from "./status";
import { currentTheme, switchTheme } from "./theme";
import { TimeStrip } from "./time-strip";
import { TimeTravel } from "./time-travel";

/** The playground: keeps the state, draws it once a frame, turns what the person does into messages or another moment. */
export class Page {
  private state: State;
  private readonly frame: Frame;
  private readonly canvas: Canvas;
  private readonly map: NetfilterMap;
  private readonly desk: Desk;
  private readonly stage: Stage;
  private readonly inspector: Inspector;
  private readonly drawing = new Drawing();
  private readonly lesson: LessonHost;
  private readonly pictures = new Pictures(() => this.compose());
  private way: readonly WayStep[] = [];
  private readonly side: Side;
  private inspected: string | undefined;
  private hoveredNode: string | undefined;
  private hoveredEvent: number | undefined;
  private readonly launches = new Launches();
  private readonly attention = new Attention(() => this.pictures.stream());
  private readonly time = new TimeTravel({
    state: () => this.state,
    seen: () => inSight(this.state, this.attention.shown),
    go: (state) => {
      this.canvas.clearFlights();
      this.set(state);
    },
    send: (message) => this.send(message),
  });
  private names = new Names(undefined);
  private readonly lanes = new LaneLayout();
  private readonly strip: TimeStrip;
  private readonly begin: BeginStrip;

  constructor(
    root: HTMLElement,
    session: string,
    private readonly send: (message: Outgoing) => string | undefined,
  ) {
    this.state = initialState(session);
    this.frame = buildFrame(root, () => this.desk?.fit());
    this.canvas = new Canvas(this.frame.canvas);
    this.map = new NetfilterMap(this.frame.map, session, () => this.redraw());
    this.strip = new TimeStrip(this.frame.timeline);
    this.begin = new BeginStrip(this.frame.begin, {
      run: (node, command) => this.run(node, command),
      follow: (packet) => {
        showTab(this.frame.root, "topology", () => this.desk.fit());
        this.select(packet);
        this.time.toStart();
      },
      redraw: () => this.redraw(),
    });
    this.desk = new Desk(
      this.frame.desk,
      (message) => {
        if (message.type === "line" && this.state.moment !== "live") {
          this.time.live();
        }
        return this.send(message);
      },
      (node) => this.pick(node),
    );
    this.stage = new Stage(this.frame.stage, { connect: connectTo, onResize: () => this.desk.fit() });
    this.inspector = new Inspector(session, {
      run: (node, command) => this.run(node, command),
      open: (node) => {
        showTab(this.frame.root, "terminal", () => this.desk.fit());
        this.desk.show(node);
      },
      inspect: (node) => this.pick(node),
    });
    this.side = new Side(this.frame.side, this.inspector.element, () => {
      this.redraw();
      requestAnimationFrame(() => this.inspector.touch());
    });
    this.lesson = new LessonHost(session, this.frame, {
      run: (node, command) => this.run(node, command),
      note: (about, text) => this.send({ type: "note", about, text }),
      showPacket: (packet) => this.showPacket(packet),
      moved: () => this.redraw(),
      fit: () => this.desk.fit(),
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.retheme());
    this.redraw();
  }

  status(connection: Status): void {
    this.set({ ...this.state, connection });
  }

  message(message: ServerMessage): void {
    if (message.type === "welcome" && !message.resumed) {
      this.attention.of(undefined, true);
      this.launches.reset(message.clock.time);
      this.canvas.clearFlights();
    }
    const { held } = this.state.clock;
    this.set(receive(this.state, message), message.type === "events" && this.state.moment === "live");
    if (!held && this.state.clock.held) {
      this.canvas.clearFlights(); // the emulation stands, and with it all that is seen of it
    }
    this.desk.receive(message);
    this.stage.show(this.state.shown);
    this.lesson.update(this.state.progress);
    if (["welcome", "events", "topology", "prompt"].includes(message.type)) {
      this.inspector.touch();
      this.map.touch();
    }
    if (message.type === "events") {
      const words = dropWords(message.events, this.names);
      if (words !== "") {
        this.frame.live.textContent = words;
      }
    }
  }

  key(event: KeyboardEvent): void {
    if (press(event, { time: this.time, map: { toggle: () => this.toggleMap(), close: () => this.map.close() }, canvas: this.canvas })) {
      event.preventDefault();
    }
  }

  private set(state: State, stream = false): void {
    if (state !== this.state) {
      this.state = state;
      stream ? this.pictures.stream() : this.redraw();
    }
  }

  private redraw(): void {
    this.pictures.soon();
  }

  private retheme(): void {
    this.desk.retheme();
    this.stage.retheme();
  }

  private pick(node: string): void {
    this.inspected = node;
    this.side.shown = "inspector";
    this.inspector.show(node);
    showPicked(this.frame.root, () => this.desk.fit());
    this.redraw();
  }

  private select(packet: number): void {
    this.side.shown = "journey";
    this.time.to(select(this.state, this.state.packets.furthest(packet)));
  }

  /** It lies over the drawing, which is a tab on a narrow screen. */
  private toggleMap(): void {
    this.map.toggle();
    if (this.map.open) {
      showTab(this.frame.root, "topology", () => this.desk.fit());
    }
  }

  private showPacket(packet: number): void {
    showTab(this.frame.root, "journey", () => this.desk.fit());
    this.select(packet);
  }

  private run(node: string, command: string): void {
    showTab(this.frame.root, "terminal", () => this.desk.fit());
    this.desk.run(node, command);
  }

  private compose(): Parts {
    const { state } = this;
    const topology = topologyAt(state);
    this.drawing.layAside(this.lesson.aside());
    this.drawing.show(topology);
    if (topology && topology !== this.names.topology) {
      this.names = new Names(topology);
    }
    const { scene } = this.drawing;
    const newest = focusedPacket(state);
    const packet = this.attention.of(newest, isChosen(state) || newest === undefined);
    const journey = packet === undefined ? [] : state.packets.journey(packet);
    const here = state.moment === "live" ? Number.POSITIVE_INFINITY : state.moment.sequence;
    const passed = journey.filter((e) => e.sequence <= here);
    const way = scene ? wayOf(scene, passed) : [];
    this.way = way;
    const moment = state.moment === "live" ? undefined : state.moment.sequence;
    return [
      () => {
        this.drawCanvas(topology, packet);
        if (scene && state.moment === "live") {
          this.canvas.launch(this.launches.take(state, scene));
        }
      },
      () => {
        this.drawHeader();
        render(
          drawStatus(state, () => this.set({ ...this.state, notices: [], left: 0 })),
          this.frame.bar,
        );
        this.frame.root.classList.toggle("barred", this.frame.bar.childElementCount > 0);
        sayHeld(this.frame.desk, state);
        this.begin.draw(state);
        this.drawTime(packet, way.at(-1)?.event.time ?? momentTime(state));
      },
      () => {
        const words = packet === undefined ? undefined : `Packet ${packet} · ${kindOf(journey[0]!.headers)}`;
        this.map.draw({ topology, events: passed, packet: words, moment });
        this.inspector.at(moment);
        this.drawSide(packet, journey, here, scene);
      },
    ];
  }

  private drawCanvas(topology: Topology | undefined, packet: number | undefined): void {
    const { state } = this;
    const record = packet === undefined ? undefined : state.packets.get(packet);
    this.canvas.draw({
      topology,
      scene: this.drawing.scene,
      way: this.way,
      line: record ? lineOf(record) : "plain",
      flagged: state.moment !== "live" || state.clock.pace === "step",
      hovered: this.hoveredNode,
      inspected: this.side.shown === "inspector" ? this.inspected : undefined,
      focus: this.lesson.focus(),
      pale: this.drawing.scene ? this.lesson.pale(this.drawing.scene) : new Set(),
      onFold: (block, counted) => {
        this.drawing.fold(block, counted);
        this.redraw();
      },
      onFind: (node) => {
        this.drawing.reveal(node);
        this.redraw();
      },
      onPick: (node) => this.pick(node),
      onHover: (node) => this.hoverNode(node),
    });
  }

  private drawHeader(): void {
    render(
      drawHeader({
        world: this.state.world,
        lesson: this.lesson.panel?.title,
        clock: this.state.clock,
        theme: currentTheme(),
        mayAct: this.state.role !== "viewer",
        onPace: (pace) => this.time.pace(pace),
        mapOpen: this.map.open,
        onMap: () => this.toggleMap(),
        onReset: this.state.role === "owner" ? () => openReset(this.state.world, this.state.progress?.lesson) : undefined,
        onShare: () => openShare(this.state.session, this.state.role === "owner"),
        onHelp: openHelp,
        onTheme: () => {
          switchTheme();
          this.retheme();
          this.redraw();
        },
      }),
      this.frame.header,
    );
  }

  private drawTime(packet: number | undefined, time: number): void {
    const { state } = this;
    const next = state.packets.events.length === 0 && this.frame.begin.hidden ? beginning(state) : undefined;
    this.strip.draw({
      lanes: this.lanes.lay(state.packets, this.names),
      live: state.moment === "live",
      held: state.clock.held,
      focused: packet === undefined ? undefined : state.packets.root(packet),
      time,
      tryCommand: next?.do === "type" ? next.command : undefined,
      connected: this.state.connection === "open",
      playing: this.time.playing,
      moment: state.moment === "live" ? undefined : state.moment.sequence,
      onPlay: () => this.time.playOrPause(),
      onSeek: (sequence) => this.time.seek(sequence),
      onStart: () => this.time.toStart(),
      onStage: (d) => this.time.stage(d),
      onPacket: (d) => this.time.packet(d),
      onLive: () => this.time.live(),
      onSelect: (id) => this.select(id),
      onTry: () => next?.do === "type" && this.run(next.node, next.command),
    });
  }

  private drawSide(packet: number | undefined, journey: TraceEvent[], here: number, scene: Scene | undefined): void {
    this.side.draw(
      {
        packet,
        events: journey,
        here,
        names: this.names,
        hovered: this.hoveredEvent,
        onHover: (event) => {
          this.hoveredEvent = event?.sequence;
          this.hoveredNode = event && scene ? wayOf(scene, journey).find((s) => s.event === event)?.node : undefined;
          this.redraw();
        },
        onGo: (event) => this.time.to({ ...this.state, selected: packet, moment: { sequence: event.sequence } }),
      },
      this.state.moment === "live",
    );
  }

  private hoverNode(node: string | undefined): void {
    this.hoveredNode = node;
    this.hoveredEvent = node === undefined ? undefined : this.way.findLast((s) => s.node === node)?.event.sequence;
    this.redraw();
  }
}
