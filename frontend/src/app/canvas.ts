import { html, nothing, render } from "lit";
import { guard } from "lit/directives/guard.js";
import type { Topology } from "../protocol/messages";
import type { LineStyle } from "../state/packets";
import type { Flight } from "../topology/convoys";
import { drawFlag } from "../topology/flag";
import { Flights } from "../topology/flights";
import type { Seen } from "../topology/glide";
import { drawMinimap } from "../topology/minimap";
import { drawOutline } from "../topology/outline";
import type { Point, Scene } from "../topology/scene";
import { drawScene } from "../topology/view";
import { around, enlargement, legibleView, lettersAt, pan, seenOf, type View, type Wanted, wholeView, zoom } from "../topology/viewport";
import { litBy, type WayStep } from "../topology/way";
import { Finder } from "./finder";
import { followPointers } from "./gestures";

export interface CanvasModel {
  topology: Topology | undefined;
  scene: Scene | undefined;
  way: readonly WayStep[];
  line: LineStyle;
  /** The packet's label is shown where it stands. */
  flagged: boolean;
  hovered: string | undefined;
  inspected: string | undefined;
  /** What the lesson is about just now. */
  focus: ReadonlySet<string>;
  /** What it is not about. */
  pale: ReadonlySet<string>;
  onFold(block: string, counted: boolean): void;
  /** A thing was looked for and is to be seen. */
  onFind(node: string): void;
  onPick(node: string): void;
  onHover(node: string | undefined): void;
}

const STEP = 1.25;

/** How much it matters where a packet is, beside a thing that the lesson is about: somebody looks at it, or it is only the last one. */
const LOOKED_AT = 4;
const PASSING = 0.8;

const wanted = ({ x, y, w, h }: Omit<Wanted, "weight">, weight: number): Wanted => ({ x, y, w, h, weight });

/** What should be seen where not all has room: what the lesson is about, and where the packet is, above all if it is looked at. */
function wantedIn(scene: Scene, at: string | undefined, { focus, flagged }: CanvasModel): Wanted[] {
  const boxes = [...focus].flatMap((id) => scene.boxOf.get(id) ?? []).map((box) => wanted(box, 1));
  const box = at === undefined ? undefined : (scene.boxOf.get(at) ?? { ...scene.nodes.get(at)!, w: 1, h: 1 });
  return box ? [...boxes, wanted(box, flagged ? LOOKED_AT : PASSING)] : boxes;
}

/** The drawing with its zoom, and the layer on which packets travel. */
export class Canvas {
  private view: View | undefined;
  /** Set once the person has zoomed or moved; until then all is shown. */
  private moved = false;
  private model: CanvasModel | undefined;
  /** Stays where it is while all around it is drawn anew. */
  private readonly layer = document.createElementNS("http://www.w3.org/2000/svg", "g");
  private readonly flights = new Flights(
    this.layer,
    () => this.model?.scene,
    () => this.seen(),
  );
  private enlarged = 1;
  /** Of the drawing in pixels, known without asking for a layout. */
  private size = { width: 1000, height: 500 };
  private found: string | undefined;
  /** To be brought into the middle by the next drawing. */
  private sought: string | undefined;
  private readonly finder = new Finder(
    () => this.model?.topology,
    (node) => this.find(node),
  );

  constructor(private readonly host: HTMLElement) {
    new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect;
      if (width === 0 || height === 0) {
        return; // on a narrow screen another part is shown
      }
      this.size = { width, height };
      this.redraw();
    }).observe(host);
    followPointers(host, {
      pan: (across, down) => this.panBy(across, down),
      zoom: (factor, at) => this.zoomAt(factor, at),
    });
  }

  draw(model: CanvasModel): void {
    this.model = model;
    const { scene, topology } = model;
    if (!scene || !topology) {
      render(html`<p class="canvas-wait">Starting the world …</p>`, this.host);
      return;
    }
    this.finder.refresh();
    const lit = model.way.length > 0 ? litBy(scene, model.way) : undefined;
    const at = lit?.at;
    const { width, height } = this.size;
    const sought = this.sought === undefined ? undefined : scene.boxOf.get(this.sought);
    this.sought = undefined;
    if (sought) {
      this.view = around(sought, width, height, this.whole());
    } else if (!this.moved || !this.view) {
      this.view = legibleView(scene, this.size, wantedIn(scene, at?.node, model), this.view);
    }
    const view = this.view!;
    const letters = lettersAt(Math.min(width / view.w, height / view.h));
    this.enlarged = enlargement(letters);
    this.host.style.setProperty("--least", `${letters.least}px`);
    this.host.style.setProperty("--enlarged", String(this.enlarged));
    render(
      html`<svg class="scene" viewBox="${view.x} ${view.y} ${view.w} ${view.h}" aria-hidden="true">
          ${drawScene({ ...model, scene, lit, letters, found: this.found })} ${model.flagged && at ? drawFlag(scene, at, model.line, this.seen()) : nothing}
        </svg>
        <svg class="flights" viewBox="${view.x} ${view.y} ${view.w} ${view.h}" aria-hidden="true">${this.layer}</svg>
        ${guard([topology, scene], () => drawOutline(topology, model))}
        <div class="zoom" role="group" aria-label="Zoom">
          <button class="icon" aria-label="Zoom in" title="Zoom in (+)" @click=${() => this.zoomBy(1 / STEP)}>+</button>
          <button class="icon" aria-label="Zoom out" title="Zoom out (−)" @click=${() => this.zoomBy(STEP)}>−</button>
          <button class="icon" aria-label="Show all" title="Show all (0)" ?disabled=${!this.moved} @click=${() => this.showAll()}>⤢</button>
          ${this.finder.element}
        </div>
        ${this.moved && view.w < scene.width * 0.9 ? drawMinimap(scene, view, (to) => this.centre(to)) : nothing}`,
      this.host,
    );
  }

  private seen(): Seen {
    return { ...seenOf(this.view ?? wholeView(0, 0), this.size), enlarged: this.enlarged };
  }

  launch(flights: readonly Flight[]): void {
    this.flights.launch(flights);
  }

  clearFlights(): void {
    this.flights.clear();
  }

  zoomBy(factor: number): void {
    if (this.view) {
      this.change(zoom(this.view, factor, { x: this.view.x + this.view.w / 2, y: this.view.y + this.view.h / 2 }, this.whole()));
    }
  }

  /** Puts the keys into the search box. */
  search(): void {
    this.finder.focus();
  }

  private find(node: string | undefined): void {
    this.found = node;
    if (node === undefined) {
      this.redraw();
      return;
    }
    this.sought = node;
    this.moved = true;
    this.model?.onFind(node);
  }

  private centre(to: Point): void {
    if (this.view) {
      this.change({ ...this.view, x: to.x - this.view.w / 2, y: to.y - this.view.h / 2 });
    }
  }

  showAll(): void {
    this.moved = false;
    this.found = undefined;
    this.redraw();
  }

  private whole(): View {
    return wholeView(this.model?.scene?.width ?? 1, this.model?.scene?.height ?? 1);
  }

  private change(view: View): void {
    this.view = view;
    this.moved = true;
    this.redraw();
  }

  private redraw(): void {
    if (this.model) {
      this.draw(this.model);
    }
  }

  private scale(): number {
    const matrix = this.host.querySelector<SVGSVGElement>("svg.scene")?.getScreenCTM();
    return matrix ? matrix.a : 1;
  }

  private zoomAt(factor: number, { x, y }: Point): void {
    const matrix = this.host.querySelector<SVGSVGElement>("svg.scene")?.getScreenCTM();
    if (this.view && matrix) {
      this.change(zoom(this.view, factor, new DOMPoint(x, y).matrixTransform(matrix.inverse()), this.whole()));
    }
  }

  private panBy(across: number, down: number): void {
    if (this.view) {
      this.change(pan(this.view, -across / this.scale(), -down / this.scale(), this.whole()));
    }
  }
}
