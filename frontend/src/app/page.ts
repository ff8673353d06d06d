import { html, render } from "lit";
import { drawJourney } from "../journey/view";
import type { Outgoing, ServerMessage, TraceEvent } from "../protocol/messages";
import type { Status } from "../protocol/socket";
import { focusedPacket, goLive, select } from "../state/moments";
import { Names } from "../state/names";
import { isReply, kindOf } from "../state/packets";
import { initialState, momentTime, receive, type State, topologyAt } from "../state/store";
import { Desk } from "../terminal/desk";
import { type Lanes, layLanes } from "../timeline/lanes";
import { drawTimeline } from "../timeline/view";
import type { Scene } from "../topology/scene";
import { type WayStep, wayOf } from "../topology/way";
import { Canvas } from "./canvas";
import { openHelp } from "./dialogs";
import { Drawing } from "./drawing";
import { buildFrame, type Frame, showTab } from "./frame";
import { drawHeader } from "./header";
import { sayHeld } from "./held";
import { Inspector } from "./inspector";
import { press } from "./keys";
import { Launches } from "./launches";
import { LessonHost } from "./lesson-host";
import { NetfilterMap } from "./netfilter-map";
import { openShare } from "./share";
import { drawStatus, dropWords } from "./status";
import { currentTheme, switchTheme } from "./theme";
import { TimeTravel } from "./time-travel";

const TRY = "curl 192.168.1.10:5001";

/** The playground: keeps the state, draws it once a frame, turns what the person does into messages or another moment. */
export class Page {
  private state: State;
  private readonly frame: Frame;
  private readonly canvas: Canvas;
  private readonly map: NetfilterMap;
  private readonly desk: Desk;
  private readonly inspector: Inspector;
  private readonly drawing = new Drawing();
  private readonly lesson: LessonHost;
  private awaitsFrame = false;
  private side: "journey" | "inspector" = "journey";
  private inspected: string | undefined;
  private hoveredNode: string | undefined;
  private hoveredEvent: number | undefined;
  private shownPacket: number | undefined;
  private readonly launches = new Launches();
  private readonly time = new TimeTravel({
    state: () => this.state,
    go: (state) => {
      this.canvas.clearFlights();
      this.set(state);
    },
    send: (message) => this.send(message),
  });
  private cache: { names: Names; packets: number; lanes: Lanes } = {
    names: new Names(undefined),
    packets: -1,
    lanes: { lanes: [], width: 0, breaks: [], xOf: new Map(), marks: [] },
  };

  constructor(
    root: HTMLElement,
    session: string,
    private readonly send: (message: Outgoing) => string | undefined,
  ) {
    this.state = initialState(session);
    this.frame = buildFrame(root, () => this.desk?.fit());
    this.canvas = new Canvas(this.frame.canvas);
    this.map = new NetfilterMap(this.frame.map, session, () => this.redraw());
    this.desk = new Desk(
      this.frame.desk,
      (message) => {
        if (message.type === "line" && this.state.moment !== "live") {
          this.set(goLive(this.state));
        }
        return this.send(message);
      },
      (node) => this.pick(node),
    );
    this.inspector = new Inspector(session, {
      run: (node, command) => this.run(node, command),
      open: (node) => {
        showTab(this.frame.root, "terminal", () => this.desk.fit());
        this.desk.show(node);
      },
      inspect: (node) => this.pick(node),
    });
    this.lesson = new LessonHost(session, this.frame, {
      run: (node, command) => this.run(node, command),
      note: (about, text) => this.send({ type: "note", about, text }),
      showPacket: (packet) => this.showPacket(packet),
      moved: () => this.redraw(),
      fit: () => this.desk.fit(),
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.desk.retheme());
    this.redraw();
  }

  status(connection: Status): void {
    this.set({ ...this.state, connection });
  }

  message(message: ServerMessage): void {
    if (message.type === "welcome" && !message.resumed) {
      this.launches.reset(message.clock.time);
      this.canvas.clearFlights();
    }
    this.set(receive(this.state, message));
    this.desk.receive(message);
    this.lesson.update(this.state.progress);
    if (["welcome", "events", "topology", "prompt"].includes(message.type)) {
      this.inspector.touch();
      this.map.touch();
    }
    if (message.type === "events") {
      const words = dropWords(message.events, this.cache.names);
      if (words !== "") {
        this.frame.live.textContent = words;
      }
    }
  }

  key(event: KeyboardEvent): void {
    if (press(event, { time: this.time, map: this.map, canvas: this.canvas })) {
      event.preventDefault();
    }
  }

  private set(state: State): void {
    if (state !== this.state) {
      this.state = state;
      this.redraw();
    }
  }

  private redraw(): void {
    if (!this.awaitsFrame) {
      this.awaitsFrame = true;
      requestAnimationFrame(() => {
        this.awaitsFrame = false;
        this.draw();
      });
    }
  }

  private pick(node: string): void {
    this.inspected = node;
    this.side = "inspector";
    this.inspector.show(node);
    showTab(this.frame.root, this.frame.root.dataset.tab === "topology" ? "journey" : "topology", () => this.desk.fit());
    this.redraw();
  }

  private select(packet: number): void {
    this.canvas.clearFlights();
    this.side = "journey";
    this.set(select(this.state, this.state.packets.furthest(packet)));
  }

  private showPacket(packet: number): void {
    showTab(this.frame.root, "journey", () => this.desk.fit());
    this.select(packet);
  }

  private run(node: string, command: string): void {
    showTab(this.frame.root, "terminal", () => this.desk.fit());
    this.desk.run(node, command);
  }

  private draw(): void {
    const { state } = this;
    const topology = topologyAt(state);
    if (this.drawing.show(topology)) {
      this.cache = { ...this.cache, names: new Names(topology), packets: -1 };
    }
    if (state.packets.version !== this.cache.packets) {
      this.cache.lanes = layLanes(state.packets, this.cache.names);
      this.cache.packets = state.packets.version;
    }
    const { scene } = this.drawing;
    const packet = focusedPacket(state);
    const journey = packet === undefined ? [] : state.packets.journey(packet);
    const here = state.moment === "live" ? Number.POSITIVE_INFINITY : state.moment.sequence;
    const way = scene
      ? wayOf(
          scene,
          journey.filter((e) => e.sequence <= here),
        )
      : [];
    this.drawHeader();
    render(
      drawStatus(state, () => this.set({ ...this.state, notices: [], left: 0 })),
      this.frame.bar,
    );
    const record = packet === undefined ? undefined : state.packets.get(packet);
    this.canvas.draw({
      topology,
      scene,
      way,
      line: journey[0]?.headers.arp ? "dotted" : record && isReply(record) ? "dashed" : "plain",
      flagged: state.moment !== "live" || state.clock.pace === "step",
      hovered: this.hoveredNode,
      inspected: this.side === "inspector" ? this.inspected : undefined,
      focus: this.lesson.focus(),
      onFold: (block, counted) => {
        this.drawing.fold(block, counted);
        this.redraw();
      },
      onFind: (node) => {
        this.drawing.reveal(node);
        this.redraw();
      },
      onPick: (node) => this.pick(node),
      onHover: (node) => this.hoverNode(node, way),
    });
    this.map.draw({
      topology,
      events: journey.filter((e) => e.sequence <= here),
      packet: packet === undefined ? undefined : `Packet ${packet} · ${kindOf(journey[0]!.headers)}`,
      moment: state.moment === "live" ? undefined : state.moment.sequence,
    });
    this.inspector.at(state.moment === "live" ? undefined : state.moment.sequence);
    sayHeld(this.frame.desk, state);
    this.drawTime(packet, way.at(-1)?.event.time ?? momentTime(state));
    this.drawSide(packet, journey, here, scene);
    if (scene && state.moment === "live") {
      this.canvas.launch(this.launches.take(state, scene));
    }
  }

  private drawHeader(): void {
    render(
      drawHeader({
        world: this.state.world,
        lesson: this.lesson?.panel?.title,
        clock: this.state.clock,
        theme: currentTheme(),
        mayAct: this.state.role !== "viewer",
        onPace: (pace) => this.time.pace(pace),
        mapOpen: this.map.open,
        onMap: () => this.map.toggle(),
        onShare: () => openShare(this.state.session, this.state.role === "owner"),
        onHelp: openHelp,
        onTheme: () => {
          switchTheme();
          this.desk.retheme();
          this.redraw();
        },
      }),
      this.frame.header,
    );
  }

  private drawTime(packet: number | undefined, time: number): void {
    const { state } = this;
    const scroller = this.frame.timeline.querySelector(".lane-scroll");
    const atEnd = !scroller || scroller.scrollLeft + scroller.clientWidth >= scroller.scrollWidth - 40;
    render(
      drawTimeline({
        lanes: this.cache.lanes,
        live: state.moment === "live",
        held: state.clock.held,
        focused: packet === undefined ? undefined : state.packets.root(packet),
        time,
        tryCommand: TRY,
        playing: this.time.playing,
        moment: state.moment === "live" ? undefined : state.moment.sequence,
        onPlay: () => this.time.playOrPause(),
        onSeek: (sequence) => this.time.seek(sequence),
        onStart: () => this.time.toStart(),
        onStage: (d) => this.time.stage(d),
        onPacket: (d) => this.time.packet(d),
        onLive: () => this.time.live(),
        onSelect: (id) => this.select(id),
        onTry: () => this.run("client", TRY),
      }),
      this.frame.timeline,
    );
    const after = this.frame.timeline.querySelector(".lane-scroll");
    if (after && atEnd && state.moment === "live") {
      after.scrollLeft = after.scrollWidth;
    }
  }

  private drawSide(packet: number | undefined, journey: TraceEvent[], here: number, scene: Scene | undefined): void {
    const tab = (name: "journey" | "inspector", label: string) => html`<button
      aria-pressed=${this.side === name}
      @click=${() => {
        this.side = name;
        this.redraw();
        requestAnimationFrame(() => this.inspector.touch());
      }}
    >
      ${label}
    </button>`;
    const body =
      this.side === "journey"
        ? drawJourney({
            packet,
            events: journey,
            here,
            names: this.cache.names,
            hovered: this.hoveredEvent,
            onHover: (event) => {
              this.hoveredEvent = event?.sequence;
              this.hoveredNode = event && scene ? wayOf(scene, journey).find((s) => s.event === event)?.node : undefined;
              this.redraw();
            },
            onGo: (event) => this.set({ ...this.state, selected: packet, moment: { sequence: event.sequence } }),
          })
        : this.inspector.element;
    render(
      html`<div class="side-tabs">${tab("journey", "Journey")}${tab("inspector", "Inspector")}</div><div class="side-body" tabindex="0" role="region" aria-label=${this.side === "journey" ? "Packet journey" : "Inspector"}>${body}</div>`,
      this.frame.side,
    );
    this.scrollSide(packet);
  }

  /** To the stage one stands at; live, to the drop or the beginning of a packet newly shown. */
  private scrollSide(packet: number | undefined): void {
    const live = this.state.moment === "live";
    const stage = this.frame.side.querySelector(live ? ".hop.dropped" : ".hop.now");
    if (this.hoveredEvent === undefined && stage && (!live || packet !== this.shownPacket)) {
      stage.scrollIntoView({ block: "nearest" });
    } else if (packet !== this.shownPacket) {
      this.frame.side.querySelector(".side-body")?.scrollTo({ top: 0 });
    }
    this.shownPacket = packet;
  }

  private hoverNode(node: string | undefined, way: readonly WayStep[]): void {
    this.hoveredNode = node;
    this.hoveredEvent = node === undefined ? undefined : way.findLast((s) => s.node === node)?.event.sequence;
    this.redraw();
  }
}
