import { nothing, type SVGTemplateResult, svg } from "lit";
import { guard } from "lit/directives/guard.js";
import { repeat } from "lit/directives/repeat.js";
import type { LineStyle, Rewrite } from "../state/packets";
import type { Box, Point, Scene, Wire } from "./scene";
import type { Letters } from "./viewport";
import { type Lit, pathData } from "./way";
import { cableName, drawWords } from "./words";

export interface ViewModel {
  scene: Scene;
  lit: Lit | undefined;
  /** The lit packet is drawn dotted (ARP) or dashed (reply). */
  line: LineStyle;
  hovered: string | undefined;
  inspected: string | undefined;
  /** Boxes to mark. */
  focus: ReadonlySet<string>;
  /** Boxes that are only shown faintly, unless the packet passes them. */
  pale: ReadonlySet<string>;
  letters: Letters;
  /** What was looked for. */
  found: string | undefined;
  onFold(block: string, counted: boolean): void;
  onPick(node: string): void;
  onHover(node: string | undefined): void;
}

/** Everything but the packets, which travel on a layer of their own. */
export function drawScene(model: ViewModel): SVGTemplateResult {
  const { scene, lit } = model;
  const back = scene.boxes.filter((b) => b.kind === "host" || b.kind === "band");
  const front = scene.boxes.filter((b) => b.kind !== "host" && b.kind !== "band");
  const { far, least } = model.letters;
  const hovered = model.hovered?.includes(">") ? model.hovered : undefined;
  const boxes = (some: readonly Box[]) =>
    repeat(
      some,
      (b) => b.id,
      (b) => {
        const state = stateOf(b, model);
        return guard([b, state, wordsOf(b, lit), far, least], () => drawBox(b, state, model));
      },
    );
  return svg`
    ${boxes(back)}
    <g class="wires">${guard([scene, far, least, model.inspected, hovered], () =>
      repeat(
        scene.wires.filter((w) => w.kind !== "hidden" && w.kind !== "switched"),
        (w) => w.id,
        (w) => drawWire(w, model.letters, model),
      ),
    )}</g>
    <g class="lit ${model.line}">${(lit?.lines ?? []).map((line) => svg`<path d=${pathData(line)} />`)}</g>
    ${boxes(front)}
    ${far && lit ? [...lit.rewrites].map(([node, { which }]) => drawRewriteSign(scene.boxOf.get(node), which)) : nothing}
    ${lit?.dropped ? drawCross(scene.nodes.get(lit.dropped.node), scene.boxOf.get(lit.dropped.node), far) : nothing}`;
}

function drawWire(wire: Wire, { far, least }: Letters, model: ViewModel): SVGTemplateResult {
  const { label } = wire;
  const state = [
    wire.kind,
    wire.down ? "down" : "",
    model.inspected === wire.id ? "inspected" : "",
    model.hovered === wire.id ? "hovered" : "",
  ];
  return svg`<path class="wire ${state.filter(Boolean).join(" ")}" d=${pathData(wire.points)} />
    ${wire.kind === "path" ? drawArrow(wire.points) : drawGrip(wire, model)}
    ${label && !far ? svg`<text class="mono dim tiny" x=${label.x} y=${label.y}>${cableName(label.text, label.room, least)}</text>` : nothing}`;
}

/** Along a cable, as wide as a pointer needs it. */
function drawGrip(wire: Wire, model: ViewModel): SVGTemplateResult {
  return svg`<path
    class="grip"
    data-node=${wire.id}
    d=${pathData(wire.points)}
    @click=${(event: Event) => {
      event.stopPropagation();
      model.onPick(wire.id);
    }}
    @mouseenter=${() => model.onHover(wire.id)}
    @mouseleave=${() => model.onHover(undefined)}
  ><title>${wire.kind === "veth" ? "veth pair" : "cable"}</title></path>`;
}

function drawArrow(points: readonly Point[]): SVGTemplateResult | typeof nothing {
  const end = points.at(-1)!;
  const before = points.at(-2)!;
  const dx = Math.sign(end.x - before.x);
  const dy = Math.sign(end.y - before.y);
  const base = { x: end.x - dx * 6, y: end.y - dy * 6 };
  return svg`<path class="arrow" d="M${end.x} ${end.y}L${base.x + dy * 3} ${base.y + dx * 3}L${base.x - dy * 3} ${base.y - dx * 3}z" />`;
}

/** The classes of a box: what the packet did there, and what the person looks at. */
function stateOf(box: Box, model: ViewModel): string {
  const { lit } = model;
  const rewrite = lit?.rewrites.get(box.id);
  const stands = (node: string | undefined) => node !== undefined && model.scene.boxOf.get(node)?.id === box.id;
  return [
    lit?.nodes.has(box.id) ? "on" : "",
    stands(lit?.at?.node) ? "here" : "",
    rewrite ? (rewrite.which === "dst" ? "dnat" : "snat") : "",
    stands(lit?.dropped?.node) ? "dropped" : "",
    model.hovered === box.id ? "hovered" : "",
    model.inspected === box.id ? "inspected" : "",
    stands(model.found) ? "found" : "",
    box.down ? "down" : "",
    model.focus.has(box.id) ? "focus" : "",
    model.pale.has(box.id) ? "pale" : "",
  ]
    .filter(Boolean)
    .join(" ");
}

/** What the packet has written into a box. */
function wordsOf(box: Box, lit: Lit | undefined): string {
  const mark = lit?.marks.get(box.id);
  return mark || lit?.rewrites.has(box.id) ? `${mark?.table} ${mark?.rule} ${lit?.back}` : "";
}

function drawBox(box: Box, state: string, model: ViewModel): SVGTemplateResult {
  const radius = box.kind === "switch" ? box.h / 2 : box.kind === "host" ? 12 : box.kind === "namespace" || box.kind === "ghost" ? 10 : 7;
  const pick = (event: Event) => {
    event.stopPropagation();
    box.kind === "fold" ? model.onFold(box.fold!.block, true) : model.onPick(box.id);
  };
  return svg`<g
      class="box ${box.kind} ${state}"
      data-node=${box.id}
      @click=${box.kind === "band" ? nothing : pick}
      @mouseenter=${() => model.onHover(box.id)}
      @mouseleave=${() => model.onHover(undefined)}
    ><title>${[box.title, box.address, ...(box.lines ?? [])].filter(Boolean).join(" · ")}</title>
    <rect x=${box.x} y=${box.y} width=${box.w} height=${box.h} rx=${radius} />
    ${drawWords(box, model.lit, model.letters)}${box.kind === "bridge" && box.fold ? drawFold(box, model) : nothing}</g>`;
}

/** Folds away what hangs on a bridge, or draws it again. */
function drawFold(box: Box, model: ViewModel): SVGTemplateResult {
  const { block, cells, folded } = box.fold!;
  const x = box.x + box.w - 22;
  const y = box.y + box.h / 2;
  const toggle = (event: Event) => {
    event.stopPropagation();
    model.onFold(block, false);
  };
  return svg`<g class="fold-toggle" data-fold=${block} @click=${toggle}>
    <title>${folded ? `Draw the ${cells} on it` : `Fold away the ${cells} on it`}</title>
    <rect x=${x - 11} y=${y - 11} width="22" height="22" rx="5" />
    <path d=${folded ? `M${x - 3} ${y - 5}l5 5l-5 5` : `M${x - 5} ${y - 2}l5 5l5 -5`} />
  </g>`;
}

/** From afar signs stand a little outside, so that the names in the boxes can be read, and are larger. */
const AFAR = 1.3;
const beside = (x: number, y: number, far: boolean) => `translate(${far ? x + 3 : x} ${far ? y - 3 : y}) scale(${far ? AFAR : 1})`;

/** Seen from afar, where a box has only its name: the sign that its colour has. */
function drawRewriteSign(box: Box | undefined, which: Rewrite["which"]): SVGTemplateResult | typeof nothing {
  return box
    ? svg`<g class="rewrite-sign ${which === "dst" ? "dnat" : "snat"}" transform=${beside(box.x + box.w, box.y, true)}><circle r="9" /><path d=${which === "dst" ? "M-5 4L0 -5L5 4z" : "M-5 -4L0 5L5 -4z"} /></g>`
    : nothing;
}

function drawCross(at: Point | undefined, box: Box | undefined, far: boolean): SVGTemplateResult | typeof nothing {
  if (!at) {
    return nothing;
  }
  const x = box ? box.x + box.w : at.x;
  const y = box ? box.y : at.y;
  return svg`<g class="cross" transform=${beside(x, y, far)}><circle r="9" /><path d="M-4 -4L4 4M4 -4L-4 4" /></g>`;
}
