import { html, nothing, svg, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import { clockText, type Lanes, sequenceAt, type Tick, xAt } from "./lanes";

export interface TimelineModel {
  lanes: Lanes;
  /** The left end of what is seen. */
  left: number;
  /** The part of it that is seen, or soon may be. */
  from: number;
  to: number;
  live: boolean;
  /** To the server, from which what is new comes. */
  connected: boolean;
  /** Time goes on: the engine’s, or the past is played. */
  playing: boolean;
  /** The event one stands at; undefined live. */
  moment: number | undefined;
  held: boolean;
  focused: number | undefined;
  time: number;
  /** What would move something, where that is known. */
  tryCommand: string | undefined;
  onPlay(): void;
  onSeek(sequence: number): void;
  onStart(): void;
  onStage(direction: 1 | -1): void;
  onPacket(direction: 1 | -1): void;
  onLive(): void;
  onSelect(packet: number): void;
  onTry(): void;
}

const LANE_H = 16;
/** Half of what a silence's words are wide: live none is cut off at the edge. */
const GAP_HALF = 22;
/** Above the lanes, for what is said of silences and of the moment. */
const TOP = 14;

/** How far the lanes, of which so much is seen at once, are to be scrolled down from where they are for this one to be seen. */
export function scrolledTo(lane: number, now: number, seen: number): number {
  return Math.min(Math.max(now, TOP + (lane + 1) * LANE_H - seen), lane * LANE_H);
}

export function drawTimeline(model: TimelineModel): TemplateResult {
  const { lanes } = model;
  const empty = lanes.lanes.length === 0;
  return html`<div class="keys" role="group" aria-label="Stepping">
      <button class="key play" title=${`${playWords(model)} (Space)`} aria-label=${playWords(model)} @click=${model.onPlay}>${model.playing ? "❚❚" : "▶"}</button>
      <button class="key" title="To the packet’s first stage" aria-label="To the packet’s first stage" ?disabled=${empty} @click=${model.onStart}>|◀</button>
      <button class="key" title="One stage back (←)" ?disabled=${empty} @click=${() => model.onStage(-1)}>◀<span class="step-word"> stage</span></button>
      <button class="key" title="One stage on (→)" ?disabled=${empty && !model.held} @click=${() => model.onStage(1)}><span class="step-word">stage </span>▶</button>
      <button class="key" title="One packet on (Shift →)" ?disabled=${empty && !model.held} @click=${() => model.onPacket(1)}><span class="step-word">packet </span>▶▶</button>
    </div>
    ${
      empty
        ? html`<p class="timeline-empty">Nothing has moved yet.${model.tryCommand === undefined ? nothing : html` Try: <button class="link" @click=${model.onTry}><code>${model.tryCommand}</code></button>`}</p>`
        : html`<div class="lanes">
          <div class="lane-names" aria-hidden="true">${lanes.lanes.map((lane) => html`<span>${lane.label}</span>`)}</div>
          <div class="lane-window"><div class="lane-scroll" tabindex="0" role="group" aria-label="Packets over time">${drawTicks(model)}</div></div>
        </div>`
    }
    <button class="btn back-live ${model.live ? (model.playing && model.connected ? "is-live" : "is-held") : ""}" ?disabled=${model.live} aria-label=${model.live ? nothing : "Back to live (L)"} @click=${model.onLive}>
      ${model.live ? (model.connected ? (model.playing ? "Live" : "Held") : "Waiting") : html`<span class="if-wide">Back to</span> live <span class="if-wide">(L)</span>`}
    </button>`;
}

function drawTicks(model: TimelineModel): TemplateResult {
  const { lanes } = model;
  const height = lanes.lanes.length * LANE_H + TOP;
  const cursor =
    model.moment !== undefined ? xAt(lanes, model.moment) : model.focused === undefined ? undefined : lanes.xOf.get(model.focused);
  const seen = (x: number) => x >= model.from && x <= model.to;
  return html`<svg class="ticks" @click=${(event: MouseEvent) => pick(event, model)} @pointerdown=${(event: PointerEvent) => drag(event, model)} width=${lanes.width} height=${height} viewBox="${lanes.left} 0 ${lanes.width} ${height}" preserveAspectRatio="xMinYMin" role="img" aria-label="Packets over time, a lane for each flow">
    ${lanes.lanes.map((lane, i) => {
      const y = TOP + i * LANE_H + LANE_H / 2;
      return svg`<path class="lane-line" d="M${model.from} ${y}H${model.to}" />
        ${repeat(
          lane.ticks.filter((tick) => seen(tick.x)),
          (tick) => tick.packet,
          (tick) => guard([tick, y, tick.packet === model.focused], () => drawTick(tick, y, tick.packet === model.focused)),
        )}`;
    })}
    ${cursor === undefined ? nothing : svg`<path class="cursor" d="M${cursor} 0V${height}" />`}
    <g class="times"><rect x=${model.from} y="0" width=${Math.max(0, model.to - model.from)} height=${TOP} />
    ${lanes.breaks
      .filter((b) => seen(b.x) && (b.x > model.left + GAP_HALF || !model.live))
      .filter((b) => cursor === undefined || b.x < cursor - 20 || b.x > cursor + 100)
      .map((b) => svg`<text class="gap" x=${b.x} y="9" text-anchor="middle">${b.text}</text>`)}
    ${
      cursor === undefined
        ? nothing
        : svg`<path class="cursor" d="M${cursor} 0V${TOP}" /><text class="cursor-time" visibility=${cursor < model.left ? "hidden" : "visible"} x=${cursor + 5} y="9">${clockText(model.time)}</text>`
    }</g>
  </svg>`;
}

/** One element each: in a stream of packets there are hundreds. A line has a little width, without which it would count as invisible. */
function drawTick({ kind, packet, x, label }: Tick, y: number, focused: boolean): TemplateResult {
  const line = kind === "dropped" ? `M${x - 4} ${y - 4}l8 8M${x + 4} ${y - 4}l-8 8` : `M${x} ${y - 6}V${y + 6}m.1 0h0`;
  return svg`<path class="tick ${kind}${focused ? " focused" : ""}" data-packet=${packet} d=${line}><title>${label}</title></path>`;
}

function playWords({ live, playing }: TimelineModel): string {
  return live ? (playing ? "Pause: hold the network" : "Let the network go on") : playing ? "Pause" : "Play what happened";
}

const FAR = 4;

/** Dragging shows any moment; a press without moving picks the packet under it. */
function drag(down: PointerEvent, model: TimelineModel): void {
  if (down.button !== 0) {
    return;
  }
  const ticks = down.currentTarget as SVGSVGElement;
  let far = false;
  const move = (event: PointerEvent) => {
    far ||= Math.abs(event.clientX - down.clientX) > FAR;
    if (far) {
      model.onSeek(sequenceAt(model.lanes, model.lanes.left + event.clientX - ticks.getBoundingClientRect().left));
    }
  };
  const dragging = new AbortController();
  const up = (event: PointerEvent) => {
    dragging.abort();
    if (far && event.type === "pointerup") {
      window.addEventListener("click", (click) => click.stopPropagation(), { capture: true, once: true });
    }
  };
  window.addEventListener("pointermove", move, { signal: dragging.signal });
  for (const end of ["pointerup", "pointercancel"] as const) {
    window.addEventListener(end, up, { signal: dragging.signal });
  }
}

/** A tick is narrower than a pointer needs it: the nearest one of its lane is meant. */
const REACH = 5;

function pick(event: MouseEvent, { lanes, onSelect }: TimelineModel): void {
  const corner = (event.currentTarget as SVGSVGElement).getBoundingClientRect();
  if ((event.target as Element).closest(".times")) {
    return; // they may lie over a lane
  }
  const x = lanes.left + event.clientX - corner.left;
  const lane = lanes.lanes[Math.floor((event.clientY - corner.top - TOP) / LANE_H)];
  const nearest = lane?.ticks.reduce<Tick | undefined>((a, b) => (a && Math.abs(a.x - x) <= Math.abs(b.x - x) ? a : b), undefined);
  if (nearest && Math.abs(nearest.x - x) <= REACH) {
    onSelect(nearest.packet);
  }
}
